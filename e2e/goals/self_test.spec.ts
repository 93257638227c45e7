import type { Page } from "@playwright/test";
import { tabThrough } from "../keyboard.ts";
import { heading, named, signIn } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

const TESTS = [
  "Secure connection",
  "WebAssembly with vector instructions",
  "Keys in a worker of their own",
  "128 MB of memory for a password",
  "Clock",
  "Cookies",
  "A note on the device",
];

/** What stands beside the name of a test. */
const result = (page: Page, name: string) => page.locator(".govuk-summary-list__row").filter({ hasText: name }).locator("dd");

async function run(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run the tests" }).click();
  await expect(page.getByRole("button", { name: "Run the tests again" })).toBeVisible({ timeout: 60_000 });
}

test("a unit's IT team tries a device, and every test says that it works", async ({ page }) => {
  await visit(page, "/how-it-works");
  await page.getByRole("link", { name: "Test this device" }).click();
  await expect(heading(page, "Test this device")).toBeVisible();
  for (const name of TESTS) await expect(result(page, name)).toHaveText("Not run");
  await expect(page.locator("main")).toContainText(`Compare it with what the browser shows for ${new URL(page.url()).host}`);
  await expect(page.getByText(/^sha256-/)).toBeVisible();
  await look(page);
  await tabThrough(page);
  await page.getByRole("button", { name: "Run the tests" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("All tests passed.").first()).toBeVisible({ timeout: 60_000 });
  await expect(page.locator("#status")).toHaveText("All tests passed.");
  await expect(page.getByRole("button", { name: "Run the tests again" })).toBeFocused();
  for (const name of TESTS) await expect(result(page, name)).toContainText("Works");
  await expect(result(page, "128 MB of memory")).toContainText(/took \d+ second/);
  await look(page);
});

test("each thing that is missing is named, with what to do", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "cookieEnabled", { value: false });
    Object.defineProperty(window, "localStorage", { get: () => null });
  });
  await page.clock.setFixedTime(new Date(Date.now() - 7 * 60 * 1000));
  await visit(page, "/self-test");
  await run(page);
  await expect(result(page, "Clock")).toContainText("clock is 7 minutes away");
  await expect(result(page, "Cookies")).toContainText("Allow cookies for this website");
  await expect(result(page, "A note on the device")).toContainText("Does not work");
  await expect(result(page, "Keys in a worker")).toContainText("Works");
  await expect(page.getByText("3 tests did not pass.").first()).toBeVisible();
  await look(page);
});

test("a worker that does not start and a time that does not come are named", async ({ page }) => {
  await page.route("**/worker.*", (route) => route.abort());
  await page.route("**/livez", (route) => route.abort());
  await visit(page, "/self-test");
  await run(page);
  await expect(result(page, "Keys in a worker")).toContainText("did not start");
  await expect(result(page, "128 MB of memory")).toContainText("Does not work");
  await expect(result(page, "Clock")).toContainText("could not be asked for");
  await look(page);
});

/** Before the worker's own lines: its module gets at most 4 MiB more memory than it begins with, as on a device that has no more. */
const SHORT = `
function limited(bytes) {
  const old = new Uint8Array(bytes);
  const number = (at) => {
    let [value, shift, byte] = [0, 0, 0];
    do { byte = old[at++]; value |= (byte & 127) << shift; shift += 7; } while (byte & 128);
    return [value, at];
  };
  const encoded = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...encoded(value >>> 7)]);
  for (let at = 8; at < old.length; ) {
    const [length, body] = number(at + 1);
    if (old[at] === 5) {
      const [least] = number(body + 2);
      const memory = [1, 1, ...encoded(least), ...encoded(least + 64)];
      return Uint8Array.from([...old.subarray(0, at), 5, ...encoded(memory.length), ...memory, ...old.subarray(body + length)]);
    }
    at = body + length;
  }
}
WebAssembly.instantiateStreaming = async (answer, imports) =>
  WebAssembly.instantiate(limited(await (await answer).arrayBuffer()), imports);
`;

test("a filter that holds the worker back without a word is named", async ({ page }) => {
  await page.clock.install();
  await page.route("**/worker.*", () => {});
  await visit(page, "/self-test");
  await page.getByRole("button", { name: "Run the tests" }).click();
  await expect(page.getByText("Running. This takes a few seconds.").first()).toBeVisible();
  await page.clock.runFor("31");
  await expect(result(page, "Keys in a worker")).toContainText("did not start");
  await expect(result(page, "Clock")).toContainText("Works");
});

test("where memory is short, that is named and nothing else", async ({ page }) => {
  await page.route("**/worker.*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: SHORT + (await answer.text()) });
  });
  await visit(page, "/self-test");
  await run(page);
  await expect(result(page, "Keys in a worker")).toContainText("Works");
  await expect(result(page, "128 MB of memory")).toContainText("not enough memory");
  await expect(page.getByText("1 test did not pass.").first()).toBeVisible();
  await look(page);
});

test("whoever is signed in keeps their keys while the device is tried", async ({ page, portal }) => {
  await signIn(page, named(portal, "kate"));
  await page.evaluate((href) => {
    const link = document.querySelector("main")!.appendChild(Object.assign(document.createElement("a"), { href }));
    link.click();
    link.remove();
  }, "/self-test");
  await expect(heading(page, "Test this device")).toBeVisible();
  await run(page);
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await expect(heading(page, "People")).toBeVisible();
});

test("where scripts do not run, the page says what is missing", async ({ browser, portal }) => {
  const context = await browser.newContext({ baseURL: portal.address, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/self-test");
  await expect(page.getByText("scripts or WebAssembly are switched off for this website")).toBeVisible();
  for (const name of TESTS) await expect(result(page, name)).toHaveText("Not run");
  await context.close();
});
