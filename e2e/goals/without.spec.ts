import { alive, axe, expect, test, visit } from "../portal.ts";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("every page says so, shows other ways, and takes nothing", async ({ page }) => {
    for (const path of ["/", "/sign-in", "/concerns/new", "/queue"]) {
      await page.goto(path);
      // By its role: what is inside `noscript` is passed over when looking for text.
      await expect(page.getByRole("heading", { name: "You need JavaScript and WebAssembly" })).toBeVisible();
      await expect(page.getByRole("link", { name: "0800 085 0000" }).first()).toBeVisible();
      if (path !== "/queue") await expect(page.getByRole("link", { name: "Exit this page" })).toHaveAttribute("href", "/exit");
      for (const field of await page.locator("input, textarea, select, button").all()) {
        if (await field.isVisible()) await expect(field).toBeDisabled();
      }
    }
  });
});

test("where WebAssembly is blocked the page says so and shows other ways", async ({ page }) => {
  await page.addInitScript(() => delete (globalThis as any).WebAssembly);
  await page.goto("/sign-in");
  await expect(page.getByText("This browser cannot seal what you write")).toBeVisible();
  await expect(page.getByRole("link", { name: "0800 085 0000" }).first()).toBeVisible();
  await expect(page.getByLabel("Sign-in name")).toBeDisabled();
  await axe(page);
});

test("nothing can be sent before the page is alive", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "domcontentloaded" });
  await expect(page.getByLabel("Sign-in name")).toBeDisabled();
  const names = await page.locator("input[name], textarea[name], select[name]").count();
  expect(names).toBe(0);
  release();
  await expect(page.getByLabel("Sign-in name")).toBeEnabled();
});

test("Shift three times leaves before the page is alive, and only without another key between", async ({ page }) => {
  await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "<h1>Weather</h1>", contentType: "text/html" }));
  await page.route("**/*.wasm", () => {});
  await page.goto("/sign-in", { waitUntil: "domcontentloaded" });
  for (const key of ["Shift", "Shift", "a", "Shift"]) await page.keyboard.press(key);
  await expect(page.locator("#exit-presses")).toHaveText("Shift, press 2 more times to exit.");
  for (const key of ["Shift", "Shift"]) await page.keyboard.press(key);
  await expect(page.getByText("Weather")).toBeVisible();
});

test("Shift three times leaves only within five seconds", async ({ page }) => {
  await page.clock.install();
  await visit(page, "/");
  for (const key of ["Shift", "Shift"]) await page.keyboard.press(key);
  await page.clock.runFor("06");
  await page.keyboard.press("Shift");
  await expect(page.locator("#exit-presses")).toHaveText("Shift, press 2 more times to exit.");
});

test("a browser without a channel between its tabs leaves all the same", async ({ page }) => {
  await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "<h1>Weather</h1>", contentType: "text/html" }));
  await page.addInitScript(() => delete (globalThis as any).BroadcastChannel);
  await visit(page, "/");
  await page.getByRole("link", { name: "Exit this page" }).click();
  await expect(page.getByText("Weather")).toBeVisible();
});

test("what had the focus has it still when the page is alive", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "domcontentloaded" });
  const link = page.getByRole("contentinfo").getByRole("link", { name: "Licences" });
  await link.focus();
  release();
  await alive(page);
  await expect(link).toBeFocused();
});

test("something that an extension puts into the page does not stop it", async ({ page }) => {
  await page.addInitScript(() =>
    document.addEventListener("DOMContentLoaded", () => document.body.prepend(document.createElement("div"))),
  );
  await visit(page, "/sign-in");
  await expect(page.getByLabel("Sign-in name")).toBeEnabled();
});

for (const kind of ["start", "app", "vault"]) {
  for (const type of ["js", "wasm"]) {
    // There is no such thing as the first; and browsers have no way yet to name the hash of what a worker imports.
    if (`${kind}.${type}` === "start.wasm" || `${kind}.${type}` === "vault.js") continue;
    test(`a ${kind}.${type} that is not what the page names does not run`, async ({ page, portal }) => {
      let altered = false;
      await page.route(`**/assets/${kind}.*.${type}`, async (route) => {
        const answer = await route.fetch();
        const body = await answer.body();
        // A comment in a script, a custom section in a module: what it does is the same, and its bytes are not.
        const more = type === "js" ? Buffer.from("// altered") : Buffer.from([0, 2, 1, 97]);
        await route.fulfill({ response: answer, body: Buffer.concat([body, more]) });
        altered = true;
      });
      await page.goto("/sign-in");
      if (kind !== "vault") {
        await expect.poll(() => altered).toBe(true);
        await page.waitForLoadState("networkidle");
        await page.unrouteAll({ behavior: "wait" });
        await expect(page.locator("html")).not.toHaveAttribute("data-ready", "yes");
        await expect(page.getByLabel("Sign-in name")).toBeDisabled();
        return;
      }
      const person = portal.person("practitioner");
      await page.getByLabel("Sign-in name").fill(person.name);
      await page.getByRole("textbox", { name: "Password" }).fill(person.password);
      await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expect(page.getByRole("heading", { level: 1, name: "Your concerns" })).toHaveCount(0);
    });
  }
}
