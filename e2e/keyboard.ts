import { expect, type Page } from "@playwright/test";
import { heading, home } from "./people.ts";
import { type SignIn, visit } from "./portal.ts";

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

/** Tabs until the focus is on the control with this name. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  // What is still to come would take the focus with it.
  await expect(page.locator(".candour-loading")).toHaveCount(0);
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement;
      if (one === document.body) return "";
      const labels = [...((one as HTMLInputElement).labels ?? [])].map((label) => label.innerText);
      return [one.innerText, one.getAttribute("aria-label"), ...labels].filter(Boolean).join(" ");
    });
    if (name.test(focused)) {
      const covered = await page.evaluate(() => {
        const box = document.activeElement!.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height / 2, 20));
        return !(top && (document.activeElement!.contains(top) || top.contains(document.activeElement)));
      });
      // A radio's own box lies under its drawn one.
      if (!covered || (await page.evaluate(() => (document.activeElement as HTMLInputElement).type === "radio"))) return;
      throw new Error(`${name} has the focus and is covered`);
    }
  }
  throw new Error(`no ${name} within 80 tabs`);
}

/** Goes on from a page of the form, to the page of this heading. */
export async function saveByKeys(page: Page, to = "Tell us about a concern"): Promise<void> {
  await tabTo(page, /Save and continue/);
  await page.keyboard.press("Enter");
  await expect(heading(page, to)).toBeFocused();
}

/** Tabs to a link or a button, and uses it. */
export async function press(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

/** Tabs to a field and writes into it, in place of what it holds. */
export async function write(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** Chooses a radio button: Tab leads to its group, and arrows to the button. */
export async function pick(page: Page, name: string, question?: string): Promise<void> {
  const within = question ? page.getByRole("group", { name: question }) : page;
  const button = within.getByRole("radio", { name, exact: true });
  const group = await button.getAttribute("name");
  const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement).name);
  for (let presses = 0; presses < 80 && (await focused()) !== group; presses++) await page.keyboard.press("Tab");
  const there = () => button.evaluate((one) => one === document.activeElement);
  for (let presses = 0; presses < 30 && !(await there()); presses++) await page.keyboard.press("ArrowDown");
  if (!(await button.isChecked())) await page.keyboard.press("Space");
  await expect(button).toBeChecked();
}

/** Signs in, from the address on. */
export async function signInByKeys(page: Page, person: SignIn, prefix = ""): Promise<void> {
  await visit(page, `${prefix}/sign-in`);
  await tabTo(page, /Sign-in name/);
  await page.keyboard.type(person.name);
  await tabTo(page, /^(Password|Cyfrinair)/);
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(heading(page, home(person))).toBeVisible();
}

/** Whoever asked for less motion gets none. */
export async function expectStill(page: Page): Promise<void> {
  const moving = await page.evaluate(() => document.getAnimations().map((one) => (one as CSSAnimation).animationName));
  expect(moving, page.url()).toEqual([]);
}
