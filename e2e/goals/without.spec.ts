import { axe, expect, test, visit } from "../portal.ts";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("every page says so, shows other ways, and takes nothing", async ({ page }) => {
    for (const path of ["/", "/sign-in", "/concerns/new", "/queue"]) {
      await page.goto(path);
      // By its role: what is inside `noscript` is passed over when looking for text.
      await expect(page.getByRole("heading", { name: "You need JavaScript and WebAssembly" })).toBeVisible();
      await expect(page.getByRole("link", { name: "0800 085 0000" }).first()).toBeVisible();
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

test("something that an extension puts into the page does not stop it", async ({ page }) => {
  await page.addInitScript(() =>
    document.addEventListener("DOMContentLoaded", () => document.body.prepend(document.createElement("div"))),
  );
  await visit(page, "/sign-in");
  await expect(page.getByLabel("Sign-in name")).toBeEnabled();
});
