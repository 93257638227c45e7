import { expect, type Page } from "@playwright/test";

/** Everything that can be used, but for what stands in for something else. */
const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/** Tabs through the whole page, on a small screen: every control that can be seen gets the focus, shows it, and lies under nothing. */
export async function tabThrough(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 568 });
  const count = await page.evaluate(prepare, CONTROLS);
  for (let presses = 0; presses <= count; presses++) await page.keyboard.press("Tab");
  const wrong = await page.evaluate(() => (window as any).wrongWithFocus());
  expect(wrong, page.url()).toEqual([]);
  await page.setViewportSize(before!);
}

/** In the page: notes each control as it gets the focus; gives how many there are. */
function prepare(controls: string): number {
  (document.activeElement as HTMLElement | null)?.blur();
  // A radio button or box shows the focus on its label.
  const look = (one: HTMLElement) => {
    const label = (one as HTMLInputElement).labels?.[0];
    const drawn = [getComputedStyle(one), ...(label ? [getComputedStyle(label, "::before")] : [])];
    return drawn.map((style) => [style.outline, style.boxShadow, style.backgroundColor].join()).join();
  };
  const name = (one: HTMLElement) => one.outerHTML.slice(0, 120);
  const group = (one: HTMLElement) => ((one as HTMLInputElement).type === "radio" ? (one as HTMLInputElement).name : one);
  const isCovered = (one: HTMLElement) => {
    const shown = (one as HTMLInputElement).labels?.[0] ?? one;
    const box = shown.getClientRects()[0]!;
    const top = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height / 2, 20));
    return !top || !(shown.contains(top) || top.contains(shown) || one.contains(top));
  };
  const all = [...document.querySelectorAll<HTMLElement>(controls)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const plain = new Map(all.map((one) => [one, look(one)]));
  const [reached, wrong] = [new Set<unknown>(), [] as string[]];
  document.addEventListener("focusin", ({ target }) => {
    const one = target as HTMLElement;
    if (reached.has(group(one))) return;
    reached.add(group(one));
    if (look(one) === plain.get(one)) wrong.push(`shows no focus: ${name(one)}`);
    if (isCovered(one)) wrong.push(`is covered: ${name(one)}`);
  });
  (window as any).wrongWithFocus = () => [...wrong, ...all.filter((one) => !reached.has(group(one))).map((one) => `is not reached: ${name(one)}`)];
  return all.length;
}
