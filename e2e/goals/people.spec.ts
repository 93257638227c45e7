import type { Page } from "@playwright/test";
import { fillAll, heading, named, openCase, send, signIn, signOut, TOLD } from "../people.ts";
import { alive, expect, look, test, visit } from "../portal.ts";

async function openPeople(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await expect(heading(page, "People")).toBeVisible();
}

/** Makes an invitation, and gives its link. */
async function invite(page: Page, whom: string): Promise<string> {
  await page.getByText("Invite somebody").first().click();
  await page.getByLabel("Whom do you invite?").first().fill(whom);
  await page.getByRole("button", { name: "Make an invitation" }).first().click();
  return page.locator("#link").innerText();
}

/** Takes an invitation up; gives the password and the six words to compare. */
async function join(page: Page, link: string, name: string): Promise<{ password: string; words: string }> {
  await page.goto(link);
  await alive(page);
  await expect(heading(page, "Set up your account")).toBeVisible();
  expect(page.url()).not.toContain("#");
  await look(page);
  await page.getByLabel("Sign-in name").fill(name);
  const password = await page.locator("#proposed").innerText();
  await page.getByRole("textbox", { name: /New password|six words/ }).fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(heading(page, "Your account is made")).toBeVisible();
  await look(page);
  expect(await page.locator("#code li").count()).toBe(12);
  return { password, words: await page.locator("#compare").innerText() };
}

test("a unit takes somebody in by six words, and lets them go", async ({ page, portal, browser }) => {
  test.setTimeout(240_000);
  const hugh = named(portal, "hugh");
  const iris = named(portal, "iris");
  await signIn(page, hugh);
  await openPeople(page);
  await look(page);
  const link = await invite(page, "Gil from nights");
  await look(page);

  const theirs = await browser.newPage({ baseURL: portal.address });
  const { password, words } = await join(theirs, link, "gil");

  await page.getByRole("button", { name: "Look for answers again" }).first().click();
  await expect(page.getByText("gil answered the invitation that you made for Gil from nights.")).toBeVisible();
  const answered = page.locator(".candour-draft").filter({ hasText: "Gil from nights" });
  expect(await answered.innerText()).toContain(words);
  await look(page);
  await answered.getByRole("button", { name: "The six words are the same" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
  const row = page.locator(".govuk-summary-list__row").filter({ hasText: words });
  await expect(row.getByText("You invited Gil from nights")).toBeVisible();

  // The newcomer opens what came before.
  const gil = { name: "gil", password, role: "assessor", place: "" };
  await signIn(theirs, gil);
  await openPeople(theirs);
  await expect(theirs.getByText(words).first()).toBeVisible();
  await theirs.close();

  // And is let go: what comes next is not for them, and they cannot sign in.
  await openPeople(page);
  await row.getByRole("button", { name: "Remove" }).click();
  await expect(heading(page, "Remove this person?")).toBeVisible();
  await expect(page.getByText("You invited Gil from nights")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Remove them" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  await expect(page.getByText(words)).toHaveCount(0);
  await signOut(page);

  const again = await browser.newPage({ baseURL: portal.address });
  await again.goto("/sign-in");
  await alive(again);
  await again.getByLabel("Sign-in name").fill("gil");
  await again.getByRole("textbox", { name: "Password" }).fill(password);
  await again.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(again.getByRole("alert")).toBeVisible();
  await again.close();

  // The others go on: a concern sent to the new keys is opened by who stayed.
  await signIn(page, named(portal, "beth"));
  await fillAll(page, { ...TOLD, force: "Bedfordshire Police" });
  const reference = await send(page);
  await signOut(page);
  await signIn(page, iris);
  await openCase(page, reference);
  await expect(page.getByText(TOLD.happened).first()).toBeVisible();
});

test("two sign each change of a sealed group", async ({ page, portal, browser }) => {
  test.setTimeout(240_000);
  await signIn(page, named(portal, "farah"));
  await openPeople(page);
  const link = await invite(page, "Noor");
  const theirs = await browser.newPage({ baseURL: portal.address });
  const { words } = await join(theirs, link, "noor");
  await theirs.close();
  await page.getByRole("button", { name: "Look for answers again" }).first().click();
  await page.getByRole("button", { name: "The six words are the same" }).click();
  await expect(page.getByText("Signed by you. Another lead has to sign it")).toBeVisible();
  await signOut(page);

  await signIn(page, named(portal, "gwen"));
  await openPeople(page);
  const draft = page.locator(".candour-draft").filter({ hasText: "noor would be let in" });
  expect(await draft.innerText()).toContain(words);
  await look(page);
  await draft.getByRole("button", { name: "Sign it" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  await expect(page.locator(".govuk-summary-list__row").filter({ hasText: words })).toBeVisible();
});

test("an invitation says what is wrong with it, and leads nowhere once it is taken back", async ({ page, portal, browser }) => {
  await signIn(page, named(portal, "jac"));
  await openPeople(page);
  const link = await invite(page, "Somebody");
  await page.context().grantPermissions(["clipboard-read"]);
  await page.getByRole("button", { name: "Copy the link" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^Copied$/ })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const theirs = await browser.newPage({ baseURL: portal.address });
  for (const cut of [link.slice(0, link.indexOf("#") - 4), link.split("#")[0]!, link.slice(0, -9)]) {
    await visit(theirs, cut);
    await expect(heading(theirs, "Part of this link is missing")).toBeVisible();
  }
  await look(theirs);
  // Nothing is loaded anew for what comes after the mark.
  await theirs.goto(link);
  await theirs.getByLabel("Sign-in name").fill("kate");
  const drawn = await theirs.locator("#proposed").innerText();
  await theirs.getByRole("textbox", { name: /six words/ }).fill(drawn);
  await theirs.getByRole("button", { name: "Make my account" }).click();
  await expect(theirs.getByRole("link", { name: "Somebody has this sign-in name already." })).toBeVisible();
  await expect(theirs.locator("#name-error")).toContainText("Somebody has this sign-in name already.");
  await expect(theirs.getByRole("textbox", { name: /six words/ })).toHaveValue(drawn);
  await look(theirs);

  await page.getByRole("button", { name: "Look for answers again" }).first().click();
  const card = page.locator(".candour-draft").filter({ hasText: "You made this invitation for Somebody." });
  await card.getByRole("button", { name: "Take it back" }).click();
  await expect(heading(page, "Take the invitation back?")).toBeFocused();
  await expect(page.getByText("You made this invitation for Somebody.")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Go back" }).click();
  await card.getByRole("button", { name: "Take it back" }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("The invitation is taken back.")).toBeVisible();
  await expect(card).toHaveCount(0);
  await theirs.goto("about:blank");
  await theirs.goto(link);
  await alive(theirs);
  await expect(heading(theirs, "This invitation cannot be used")).toBeVisible();
  await theirs.close();
});
