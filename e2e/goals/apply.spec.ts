import type { Page } from "@playwright/test";
import { heading } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

async function answer(page: Page): Promise<void> {
  await page.getByLabel("What is your organisation called?").fill("Quayside Women's Aid");
  await page.getByLabel("Its number in a public register").fill("1234567");
  await page.getByLabel("What does it do?").fill("A refuge with twelve rooms.");
  await page.getByLabel("Who would lead it here?").fill("Rhian");
  await page.getByLabel("How do we reach that person?").fill("01632 960000, mornings");
  await page.getByLabel("We agree to this").check();
}

test("an organisation asks to come on board, and is told what happens next", async ({ page }) => {
  await visit(page, "/");
  await page.getByRole("link", { name: "Bring your organisation on board" }).click();
  await expect(heading(page, "Bring your organisation on board")).toBeVisible();
  await look(page);

  await page.getByRole("button", { name: "Send the application" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await expect(page).toHaveTitle(/^Error: /);
  await look(page);
  await page.getByRole("link", { name: "Say what your organisation does" }).click();
  await expect(page.getByLabel("What does it do?")).toBeFocused();

  await answer(page);
  await page.getByRole("button", { name: "Send the application" }).click();
  await expect(heading(page, "Application sent")).toBeVisible();
  await expect(heading(page, "Application sent")).toBeFocused();
  await look(page);
});

test("what was typed is still there when it could not be sent", async ({ page }) => {
  await visit(page, "/apply");
  await answer(page);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Send the application" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await look(page);
  await expect(page.getByLabel("Who would lead it here?")).toHaveValue("Rhian");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Send the application" }).click();
  await expect(heading(page, "Application sent")).toBeVisible();
});

test("it can be sent with the keyboard alone, in Welsh too", async ({ page }) => {
  await visit(page, "/cy/apply");
  await look(page);
  await page.locator("#organisation").focus();
  for (const words of ["Noddfa", "", "Lloches", "Rhian", "01632 960000"]) {
    await page.keyboard.type(words);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  await expect(page.locator("#agreed")).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Application sent")).toBeVisible();
});
