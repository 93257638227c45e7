import type { Page } from "@playwright/test";
import { begin, check, fillAbout, fillAccount, fillAll, goOn, heading, named, openCase, openSection, readBy, saveSection, send, signIn, signOut, TOLD } from "../people.ts";
import { expect, test, visit } from "../portal.ts";

const SIGNS = ["Contact or visits when off duty", "Contact that goes on after the case is over", "Kisses, pictures or sexual remarks in messages"];

// Scenario 1 of the domain reference, as far as a practitioner sees it.
test("a practitioner sends a concern, the right unit opens it, and nobody else can", async ({ page, portal }) => {
  await visit(page, "/");
  await expect(page.getByText("call 999").first()).toBeVisible();
  await page.getByRole("main").locator("a", { hasText: "Tell us about a concern" }).click();
  await signIn(page, named(portal, "beth"));
  await begin(page);
  await fillAbout(page);
  await tellOfSigns(page);
  await fillAccount(page);
  await check(page);
  await expect(page.getByText(readBy("Avon and Somerset"))).toBeVisible();
  await expect(page.getByText("any two of these 3 people outside the unit")).toBeVisible();
  await expect(page.getByText("A retired judge (made up)")).toBeVisible();
  await expect(page.getByText("They could then read everything")).toBeVisible();
  const reference = await send(page);
  await expect(page.getByText("Stored for", { exact: true })).toBeVisible();

  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  const mine = page.getByRole("listitem").filter({ hasText: reference });
  await expect(mine).toContainText("Stored for the unit");
  await signOut(page);

  await signIn(page, named(portal, "elin"));
  await openCase(page, reference);
  await expect(page.getByText(TOLD.happened).first()).toBeVisible();
  await expect(page.getByText(TOLD.contact).first()).toBeVisible();
  // Nothing was said of that, so the careful answer holds.
  await expect(page.getByText("Tell nobody outside the unit which organisation this comes from")).toBeVisible();
  await expect(page.getByText("Harbour House Refuge").first()).toBeVisible();
  for (const sign of SIGNS) await expect(page.getByText(sign)).toBeVisible();
  await expect(page.getByRole("region", { name: "Before you act" })).toContainText("Contact the person affected only through the practitioner.");
  await expect(page).toHaveTitle(/^A concern/);
  await signOut(page);

  // Neither another unit nor the smaller group of the same one.
  for (const name of ["hugh", "farah"]) {
    await signIn(page, named(portal, name));
    await expect(page.getByText("Opening the concerns")).toHaveCount(0);
    await expect(page.getByRole("link", { name: reference })).toHaveCount(0);
    await signOut(page);
  }

  await signIn(page, named(portal, "beth"));
  await expect(page.getByRole("listitem").filter({ hasText: reference })).toContainText("Opened by the unit");
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText(TOLD.happened).first()).toBeVisible();
  await expect(page.getByText(/opened it on/)).toBeVisible();
  for (const step of [/^Sent to /, /^Opened by /]) await expect(page.getByText(step).first()).toBeVisible();
});

/** What a constable does who does not let a case end, and that she wants to be reached through her adviser alone. */
async function tellOfSigns(page: Page): Promise<void> {
  await openSection(page, "Warning signs");
  for (const sign of SIGNS) await page.getByLabel(sign).check();
  await saveSection(page);
  await openSection(page, "Contacting the person affected");
  await page.getByLabel("Only through me", { exact: true }).check();
  await saveSection(page);
}

test("who is too close decides who reads", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await fillAll(page, {
    ...TOLD,
    standing: "Somebody who is close to a person who works there",
  });
  await expect(page.getByText(readBy("the smaller group of Avon and Somerset"))).toBeVisible();
  const reference = await send(page);
  await signOut(page);
  for (const [name, count] of [["dev", 0], ["farah", 1]] as const) {
    await signIn(page, named(portal, name));
    await expect(page.getByText("Opening the concerns")).toHaveCount(0);
    await expect(page.getByRole("link", { name: reference })).toHaveCount(count);
    await signOut(page);
  }
});

test("a force without a key cannot be chosen, and the page says what to do instead", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await openSection(page, "Who should receive it");
  await goOn(page, "Yes, from a uniform, a badge, paperwork, an email address or a crime reference", "The force that employs them");
  const kent = page.getByRole("option", { name: "Kent Police" });
  await expect(kent).toBeDisabled();
  await page.getByText("The force I need cannot be chosen").click();
  await expect(page.getByRole("link", { name: "0800 085 0000" })).toBeVisible();
});

test("an administrator sees the directory and nothing that was told", async ({ page, portal }) => {
  await signIn(page, named(portal, "nadia"));
  await expect(page.getByText("The directory", { exact: true }).first()).toBeVisible();
  await visit(page, "/queue");
  await expect(heading(page, "This page is not for your account")).toBeVisible();
  const answer = await page.request.post("/api/queue", { data: {}, headers: { "sec-fetch-site": "same-origin" } });
  expect(answer.ok()).toBe(false);
});
