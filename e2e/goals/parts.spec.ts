import { enter, heading, home, named, signIn } from "../people.ts";
import { alive, expect, look, test, visit } from "../portal.ts";

test("a part of the page that does not come, or is not what it should be, is asked for again", async ({ page, portal }) => {
  const person = named(portal, "kate");
  let come: "not" | "changed" | "whole" = "not";
  await page.route("**/assets/app_split_staff.*.wasm", async (route) => {
    if (come === "not") return route.abort();
    if (come === "whole") return route.continue();
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] ^= 1;
    return route.fulfill({ response, body });
  });
  const again = page.getByRole("button", { name: "Try again" });
  const open = page.getByRole("button", { name: "Look again" });

  await visit(page, "/sign-in");
  await enter(page, person);
  await expect(heading(page, home(person))).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("connection");
  await look(page);
  for (const next of ["changed", "whole"] as const) {
    come = next;
    const answer = page.waitForResponse("**/assets/app_split_staff.*.wasm");
    await again.click();
    await answer;
    await expect(next === "whole" ? open : again).toBeVisible();
  }
});

test("what the vault signs with is asked for again where it did not come", async ({ page, portal }) => {
  let come = false;
  await page.route("**/assets/vault_split_work.*.wasm", (route) => (come ? route.continue() : route.abort()));
  // An administrator: whoever has concerns to open needs it to sign in.
  await signIn(page, named(portal, "omar"));
  await page.getByRole("main").getByRole("link", { name: "Weekly confirmation" }).first().click();
  const begin = page.getByRole("button", { name: "See what has changed" });
  await begin.click();
  await expect(page.getByRole("alert").filter({ hasText: "connection" })).toBeVisible();
  await look(page);
  come = true;
  await begin.click();
  await expect(page.getByText("Sign only what you can explain")).toBeVisible();
});

test("a page that everybody may open stays as it is until the part that brings it to life has come", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/assets/app_split_account.*.wasm", async (route) => {
    await held;
    return route.continue();
  });
  const asked = page.waitForRequest("**/assets/app_split_account.*.wasm");
  await page.goto("/apply");
  await asked;
  await expect(heading(page, "Bring your organisation on board")).toBeVisible();
  await expect(page.locator("html[data-ready=yes]")).toHaveCount(0);
  release();
  await alive(page);
  await expect(heading(page, "Bring your organisation on board")).toBeVisible();
});

test("where that part does not come, the page says so under its title", async ({ page }) => {
  await page.route("**/assets/app_split_account.*.wasm", (route) => route.abort());
  await visit(page, "/apply");
  await expect(heading(page, "Bring your organisation on board")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("connection");
  await look(page);
});
