import type { Browser } from "@playwright/test";
import { enter, heading, named, signIn } from "../people.ts";
import { expect, look, type Portal, test, visit } from "../portal.ts";

/** Somebody tries to sign in, and is told what `words` say. */
async function isKeptOut(browser: Browser, portal: Portal, name: string, words: RegExp): Promise<void> {
  const page = await browser.newPage({ baseURL: portal.address });
  await visit(page, "/sign-in");
  await enter(page, named(portal, name));
  await expect(page.getByText(words).first()).toBeVisible();
  await look(page);
  await page.close();
}

test("a lead suspends somebody, and lifts it", async ({ page, portal, browser }) => {
  test.setTimeout(180_000);
  await signIn(page, named(portal, "amina"));
  await page.getByRole("link", { name: "People" }).click();
  await expect(page.getByText(/You confirmed on .* that these are your people/)).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByText("They are signed out, and cannot sign in until you lift this.")).toBeVisible();
  await look(page);
  await isKeptOut(browser, portal, "beth", /Your account is suspended/);
  await page.getByRole("button", { name: "Lift the suspension" }).click();
  await expect(page.getByText("They can sign in again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Suspend" })).toBeVisible();
  const theirs = await browser.newPage({ baseURL: portal.address });
  await signIn(theirs, named(portal, "beth"));
  await theirs.close();
});

test("a lead is reminded to confirm the people, and does", async ({ page, portal }) => {
  await page.clock.setFixedTime(Date.now() + 78 * 24 * 3600 * 1000);
  await signIn(page, named(portal, "amina"));
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByText("Are these still your people?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "They are all still with us" }).click();
  await expect(page.getByText("Your people are confirmed for three months.")).toBeVisible();
});

test("an administrator suspends an organisation, and lifts it", async ({ page, portal, browser }) => {
  test.setTimeout(180_000);
  await signIn(page, named(portal, "nadia"));
  await page.getByRole("link", { name: "Northgate Advocacy" }).click();
  await expect(heading(page, "An organisation")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Suspend it" }).click();
  await expect(heading(page, "Suspend this organisation?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Go back" }).click();
  await expect(heading(page, "An organisation")).toBeVisible();
  await page.getByRole("button", { name: "Suspend it" }).press("Enter");
  await page.getByRole("button", { name: "Suspend it" }).press("Enter");
  await expect(page.getByText("The organisation is suspended.")).toBeVisible();
  await look(page);
  await isKeptOut(browser, portal, "carys", /Your account is suspended/);
  await page.getByRole("main").getByRole("link", { name: "Administration" }).click();
  const row = page.locator(".candour-queue__item").filter({ hasText: "Northgate Advocacy" });
  await expect(row.getByText("Suspended")).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: "Northgate Advocacy" }).click();
  await page.getByRole("button", { name: "Lift the suspension" }).click();
  await expect(heading(page, "Lift the suspension?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Lift it" }).click();
  await expect(page.getByText("The suspension is lifted.")).toBeVisible();
  const theirs = await browser.newPage({ baseURL: portal.address });
  await signIn(theirs, named(portal, "carys"));
  await theirs.close();
});
