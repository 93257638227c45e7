import type { Browser, Page } from "@playwright/test";
import { heading, home, named, signIn } from "../people.ts";
import { alive, expect, look, type Portal, test, visit } from "../portal.ts";

/** Has an organisation apply. */
async function apply(browser: Browser, portal: Portal, name: string): Promise<void> {
  const page = await browser.newPage({ baseURL: portal.address });
  await visit(page, "/apply");
  await page.getByLabel("What is your organisation called?").fill(name);
  await page.getByLabel("What does it do?").fill("A refuge with twelve rooms.");
  await page.getByLabel("Who would lead it here?").fill("Rhian");
  await page.getByLabel("How do we reach that person?").fill("01632 960000, mornings");
  await page.getByLabel("We agree to this").check();
  await page.getByRole("button", { name: "Send the application" }).click();
  await expect(heading(page, "Application sent")).toBeVisible();
  await page.close();
}

/** Says what was found, and confirms it. */
async function find(page: Page, verdict: "Approve" | "Refuse", note: string): Promise<void> {
  await page.getByLabel(verdict === "Approve" ? "Yes: I approve" : "No, or I could not find out: I refuse").check();
  await page.getByLabel("How did you check, or why do you refuse?").fill(note);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, `${verdict} this organisation?`)).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: `${verdict} it` }).click();
  await expect(page.getByText("What you found is kept.")).toBeVisible();
}

test("two administrators bring an organisation on board, and its lead a colleague", async ({ page, portal, browser }) => {
  test.setTimeout(300_000);
  const name = "Quayside Women's Aid";
  await apply(browser, portal, name);
  await signIn(page, named(portal, "nadia"));
  await look(page);
  await page.getByRole("link", { name: `Check ${name}` }).click();
  await expect(heading(page, "An application")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await look(page);
  await find(page, "Approve", "Rang the number in the register.");
  await expect(page.getByText("Another administrator has to check as well.")).toBeVisible();
  await look(page);

  const other = await browser.newPage({ baseURL: portal.address });
  await signIn(other, named(portal, "omar"));
  await other.getByRole("link", { name: `Check ${name}` }).click();
  await find(other, "Approve", "Met them.");
  await look(other);
  await other.getByRole("button", { name: "Make an invitation" }).click();
  await expect(other.getByText("There is a problem")).toBeVisible();
  await other.getByLabel("Whom do you invite?").fill("Rhian of the Quayside");
  await other.getByRole("button", { name: "Make an invitation" }).click();
  const link = await other.locator("#link").innerText();
  await look(other);

  const theirs = await browser.newPage({ baseURL: portal.address });
  await theirs.goto(link);
  await alive(theirs);
  await expect(theirs.getByText(`You were invited to lead ${name}.`)).toBeVisible();
  await look(theirs);
  await theirs.getByLabel("Sign-in name").fill("rhian");
  const password = await theirs.locator("#proposed").innerText();
  await theirs.getByRole("textbox", { name: /New password|six words/ }).fill(password);
  await theirs.getByRole("button", { name: "Make my account" }).click();
  await expect(heading(theirs, "Your account is made")).toBeVisible();
  const words = await theirs.locator("#compare").innerText();

  // The one who invited signs first; that alone changes nothing.
  await other.getByRole("button", { name: "Look for answers again" }).click();
  await expect(other.getByText(words)).toBeVisible();
  await expect(other.getByText("Your browser has checked that whoever answered it had your link.")).toBeVisible();
  await look(other);
  await other.getByRole("button", { name: "The six words are the same: sign" }).click();
  await expect(other.getByText("Another administrator has to compare the words as well.")).toBeVisible();
  await look(other);
  const rhian = { name: "rhian", password, role: "practitioner", place: name };
  await signIn(theirs, rhian);
  await expect(theirs.getByText("You are not on board yet")).toBeVisible();
  await expect(theirs.getByText(words)).toBeVisible();
  await expect(theirs.locator("a.govuk-button[href='/concerns/new']")).toHaveCount(0);
  await look(theirs);
  await theirs.getByRole("link", { name: "People" }).click();
  await expect(theirs.getByText("You are in no group yet.")).toBeVisible();
  await expect(theirs.getByText(words)).toBeVisible();

  // The second has only the words to go by.
  await page.getByRole("link", { name: "Administration" }).first().click();
  await page.getByRole("link", { name: `Compare words with the lead of ${name}` }).click();
  await expect(page.getByText(words)).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "The six words are the same: sign" }).click();
  await expect(page.getByText("This organisation is on board.")).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: "Administration" }).first().click();
  const row = page.locator(".candour-queue__item").filter({ hasText: name });
  await expect(row.getByText("1 account")).toBeVisible();
  await look(page);
  await page.close();
  await other.close();

  // The lead is in, and invites.
  await theirs.getByRole("button", { name: "Look again" }).click();
  await theirs.getByText("Invite somebody").click();
  await theirs.getByLabel("Whom do you invite?").fill("Sioned");
  await theirs.getByRole("button", { name: "Make an invitation" }).click();
  await expect(theirs.locator("#link")).toBeVisible();
  await theirs.close();
});

test("one refusal ends an application", async ({ page, portal, browser }) => {
  const name = "Nobody in Particular";
  await apply(browser, portal, name);
  await signIn(page, named(portal, "omar"));
  await page.getByRole("link", { name: `Check ${name}` }).click();
  await page.getByLabel("No, or I could not find out: I refuse").check();
  await page.getByLabel("How did you check, or why do you refuse?").fill("In no register.");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Go back" }).click();
  await expect(page.getByLabel("How did you check, or why do you refuse?")).toHaveValue("In no register.");
  await find(page, "Refuse", "In no register.");
  await expect(page.getByText("This application has ended.")).toBeVisible();
  await look(page);
});

test("a lead who is the wrong person is turned away", async ({ page, portal, browser }) => {
  test.setTimeout(180_000);
  const name = "Saltmarsh Advice";
  await apply(browser, portal, name);
  for (const who of ["nadia", "omar"]) {
    await signIn(page, named(portal, who));
    await page.getByRole("link", { name: `Check ${name}` }).click();
    await find(page, "Approve", "Rang them.");
  }
  await page.getByLabel("Whom do you invite?").fill("Somebody");
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const link = await page.locator("#link").innerText();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(heading(page, "Take the invitation back?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("The invitation is taken back.")).toBeVisible();
  await expect(page.getByLabel("Whom do you invite?")).toBeVisible();
  const theirs = await browser.newPage({ baseURL: portal.address });
  await theirs.goto(link);
  await alive(theirs);
  await expect(heading(theirs, "This invitation cannot be used")).toBeVisible();
  await theirs.close();
});

test("these pages are for administrators alone", async ({ page, portal }) => {
  const beth = named(portal, "beth");
  await signIn(page, beth);
  await expect(heading(page, home(beth))).toBeVisible();
  for (const path of ["/admin", "/admin/applications/00000000000000000000000000000000"]) {
    await visit(page, path);
    await expect(heading(page, "This page is not for your account")).toBeVisible();
  }
});
