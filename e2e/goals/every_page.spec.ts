import type { Page } from "@playwright/test";
import { tabThrough } from "../keyboard.ts";
import { heading, named, signIn } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

/** Goes to a page as a link does, so that the keys stay open, and unfolds what is folded there. */
async function go(page: Page, path: string, title: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.querySelector("main")!.appendChild(Object.assign(document.createElement("a"), { href }));
    link.click();
    link.remove();
  }, path);
  await expect(heading(page, title)).toBeVisible();
  await expect(page.locator(".candour-loading")).toHaveCount(0);
  for (const summary of await page.locator("main summary").all()) await summary.click();
}

async function lookThrough(page: Page, pages: Record<string, string>): Promise<void> {
  for (const [path, title] of Object.entries(pages)) {
    await go(page, path, title);
    await tabThrough(page);
    await look(page);
  }
}

const ACCOUNT = {
  "/account": "Your account",
  "/account/password": "Change your password",
  "/account/two-step": "Second step when you sign in",
  "/account/passkeys": "Your passkeys",
  "/account/recovery-code": "Make a new recovery code",
  "/how-it-works/directory": "Compare the directory",
  "/people": "People",
};

const UNIT = { "/queue": "Concerns to open", "/unit/set-up": "Set up your unit", "/unit/recovery": "Recovery", "/people": "People" };

const ADMIN = {
  "/admin": "Administration",
  "/admin/units": "Units and oversight bodies",
  "/admin/checkpoint": "Weekly confirmation",
  "/admin/resets": "Lost keys",
  "/admin/recovery": "Recover a unit",
};

const ANYBODY = ["/", "/self-test", "/apply", "/join/x", "/recover", "/lost", "/how-it-works"];

test("whoever is not signed in reaches everything with the keyboard, on a small screen", async ({ page }) => {
  for (const path of ANYBODY) {
    await visit(page, path);
    await tabThrough(page);
    await look(page);
  }
});

test("a practitioner who leads does", async ({ page, portal }) => {
  await signIn(page, named(portal, "amina"));
  await lookThrough(page, ACCOUNT);
});

test("an assessor who leads does", async ({ page, portal }) => {
  await signIn(page, named(portal, "kate"));
  await lookThrough(page, UNIT);
});

test("an administrator does", async ({ page, portal }) => {
  await signIn(page, named(portal, "omar"));
  await lookThrough(page, ADMIN);
  await go(page, "/admin", "Administration");
  await page.getByRole("link", { name: "Harbour House Refuge" }).click();
  await expect(page.getByRole("button", { name: "Suspend" }).first()).toBeVisible();
  await tabThrough(page);
  await look(page);
});
