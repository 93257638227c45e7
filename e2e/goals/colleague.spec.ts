import type { Page } from "@playwright/test";
import { tabThrough } from "../keyboard.ts";
import { begin, check, fillAbout, fillAccount, fillAll, heading, named, openCase, openSection, saveSection, send, signIn, signOut, TOLD } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

/** Two parts: one whole, and a short one. */
const VIDEO = { name: "doorbell.mp4", mimeType: "video/mp4", buffer: Buffer.alloc((4 << 20) + 1000, 7) };

const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });
const concerns = (page: Page) => page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();

/** Goes through the pages by which something is given, from the first of them. */
async function give(page: Page): Promise<void> {
  await page.getByRole("group", { name: "Who should have it?" }).getByRole("radio").first().check();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(heading(page, "Give it to this colleague?")).toBeVisible();
  await page.getByRole("button", { name: "Seal and give it" }).click();
}

/** What stands in the row of whoever looks, on the page of their people: six words. */
async function ownWords(page: Page): Promise<string> {
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  const own = page.locator(".govuk-summary-list__row", { hasText: "You" }).locator(".candour-words").first();
  return (await own.innerText()).trim();
}

test("a draft with a file under way is handed over, and goes on at the colleague's", async ({ page, portal, browser }) => {
  const [amina, beth] = [named(portal, "amina"), named(portal, "beth")];
  const theirs = await browser.newPage({ baseURL: portal.address });
  await signIn(theirs, beth);
  const words = await ownWords(theirs);
  await concerns(theirs);
  await expect(theirs.getByText("Given to you by colleagues")).toHaveCount(0);

  await signIn(page, amina);
  await begin(page);
  await openSection(page, "What happened");
  await page.getByText("Name this draft").click();
  await page.getByLabel("What do you call it?").fill("the handover");
  await page.getByLabel("What have you been told, or seen?").fill(TOLD.happened);
  await saveSection(page);
  await openSection(page, "Evidence");
  let parts = 0;
  await page.route("**/api/blob/*", async (route) => {
    parts += 1;
    // The second part never arrives.
    return parts === 1 ? route.continue() : route.abort();
  });
  await page.getByLabel("Add files").setInputFiles(VIDEO);
  await expect.poll(() => parts).toBeGreaterThan(1);
  await expect(page.locator(".candour-saved[aria-busy=false]")).toBeVisible();
  await concerns(page);
  await page.getByRole("link", { name: "Give the handover to a colleague" }).click();
  await expect(heading(page, "Give it to a colleague")).toBeVisible();
  await expect(page.getByText("You are about to give this draft: the handover")).toBeVisible();
  await expect(page.getByText("Removing them from the organisation does not take it back.")).toBeVisible();
  await look(page);
  await tabThrough(page);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Choose who should have it");
  await expect(page.locator(".govuk-error-summary")).toContainText("Say what should happen to your own copy");
  await look(page);
  // Never oneself, and by the words that the colleague finds on their own page.
  await expect(page.getByRole("group", { name: "Who should have it?" }).getByRole("radio")).toHaveCount(1);
  await page.getByLabel(words).check();
  await page.getByLabel("Delete my copy once theirs is stored").check();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(heading(page, "Give it to this colleague?")).toBeVisible();
  await expect(page.getByText(words)).toBeVisible();
  await look(page);
  await tabThrough(page);

  // The first answer is lost: the same bytes are sent again, and one's own copy waits for that.
  const bodies: Buffer[] = [];
  const events: string[] = [];
  page.on("request", (request) => request.url().includes("/api/") && events.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.route("**/api/parcel", async (route) => {
    bodies.push(route.request().postDataBuffer()!);
    const answer = await route.fetch();
    return bodies.length === 1 ? route.abort() : route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Seal and give it" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "connection" })).toBeVisible();
  expect(events).not.toContain("DELETE /api/drawer");
  await page.getByRole("button", { name: "Seal and give it" }).click();
  await expect(heading(page, "It waits for your colleague")).toBeVisible();
  await expect(page.getByText("Your own copy is deleted.")).toBeVisible();
  expect(bodies).toHaveLength(2);
  expect(bodies[0]!.equals(bodies[1]!)).toBe(true);
  expect(events.lastIndexOf("PUT /api/parcel")).toBeLessThan(events.indexOf("DELETE /api/drawer"));
  await look(page);
  await concerns(page);
  await expect(heading(page, "Your concerns")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Tell us about a concern" })).toBeVisible();
  await expect(row(page, "the handover")).toHaveCount(0);

  await signOut(theirs);
  await signIn(theirs, beth);
  await expect(row(theirs, "the handover")).toContainText("A draft: the handover, with 1 file");
  await expect(row(theirs, "the handover")).toContainText("From");
  await look(theirs);
  await tabThrough(theirs);
  await theirs.getByRole("button", { name: "Take it: the handover" }).click();
  await expect(theirs.getByText("It is among your drafts now.")).toBeVisible();
  await look(theirs);
  await expect(theirs.getByText("Given to you by colleagues")).toHaveCount(0);
  await theirs.getByRole("button", { name: "Continue the handover" }).click();
  await openSection(theirs, "Evidence");
  const sent: string[] = [];
  theirs.on("request", (request) => request.method() === "PUT" && request.url().includes("/api/blob/") && sent.push(request.url()));
  await theirs.getByLabel(/^Choose .* again$/).setInputFiles(VIDEO);
  await expect(theirs.getByRole("main").getByText("Stored, sealed")).toBeVisible();
  expect(sent).toHaveLength(1);
  await saveSection(theirs);
  await fillAbout(theirs);
  await openSection(theirs, "What happened");
  await expect(theirs.getByLabel("What have you been told, or seen?")).toHaveValue(TOLD.happened);
  await saveSection(theirs);
  await fillAccount(theirs);
  await check(theirs);
  await send(theirs);
  await theirs.close();
});

test("a concern that was sent is given, read and added to by both, and withdrawn by the colleague", async ({ page, portal, browser }) => {
  const [amina, beth] = [named(portal, "amina"), named(portal, "beth")];
  await signIn(page, amina);
  await fillAll(page);
  const reference = await send(page);
  await concerns(page);
  await page.getByRole("link", { name: reference }).click();
  await page.getByRole("link", { name: "Give it to a colleague" }).click();
  await expect(page.getByText(`You are about to give this concern: ${reference}`)).toBeVisible();
  await expect(page.getByText("The unit is not told that you gave it")).toBeVisible();
  await look(page);
  await give(page);
  await expect(heading(page, "It waits for your colleague")).toBeVisible();
  // What nobody has taken yet can be taken back.
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("It no longer waits for them.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Take it back" })).toHaveCount(0);
  await look(page);

  const theirs = await browser.newPage({ baseURL: portal.address });
  await signIn(theirs, beth);
  await expect(theirs.getByText(`A concern that was sent: ${reference}`)).toHaveCount(0);
  await signOut(theirs);

  await concerns(page);
  await page.getByRole("link", { name: reference }).click();
  await page.getByRole("link", { name: "Give it to a colleague" }).click();
  await give(page);
  await expect(heading(page, "It waits for your colleague")).toBeVisible();

  // A server that puts something else in its place is refused, in words.
  await theirs.route("**/api/parcel", async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    body[body.length - 1]! ^= 1;
    return route.fulfill({ response: answer, body });
  });
  await signIn(theirs, beth);
  await expect(row(theirs, "Something that was given to you cannot be taken")).toContainText("changed");
  await expect(theirs.getByRole("button", { name: /^Take it/ })).toHaveCount(0);
  await look(theirs);
  await theirs.unroute("**/api/parcel");
  await signOut(theirs);

  // The parcel is not deleted before the keys that know of the concern are stored.
  await signIn(theirs, beth);
  const waiting = row(theirs, `A concern that was sent: ${reference}`);
  await expect(waiting).toBeVisible();
  const deleted: string[] = [];
  theirs.on("request", (request) => request.method() === "DELETE" && deleted.push(request.url()));
  await theirs.route("**/api/store_keyring", (route) => route.abort());
  await theirs.getByRole("button", { name: `Take it: ${reference}` }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "connection" }).first()).toBeVisible();
  expect(deleted).toEqual([]);
  await theirs.unroute("**/api/store_keyring");
  await visit(theirs, "/concerns");
  await theirs.getByRole("textbox", { name: "Password" }).fill(beth.password);
  await theirs.getByRole("button", { name: "Open" }).click();
  await theirs.getByRole("button", { name: `Take it: ${reference}` }).click();
  await expect(theirs.getByText("It is among your concerns now.")).toBeVisible();
  await expect(row(theirs, reference)).toContainText("Given to you by");
  await look(theirs);
  await signOut(theirs);
  await theirs.close();

  const elsewhere = await browser.newPage({ baseURL: portal.address });
  await signIn(elsewhere, beth);
  await elsewhere.getByRole("link", { name: reference }).click();
  await expect(elsewhere.getByText(TOLD.happened)).toBeVisible();
  await expect(elsewhere.getByText("Given to you by")).toBeVisible();
  await look(elsewhere);
  await elsewhere.getByRole("link", { name: "Add information" }).click();
  await elsewhere.getByLabel("What do you want to add?").fill("Written by the colleague.");
  await elsewhere.getByRole("button", { name: "Seal and send" }).click();
  await expect(elsewhere.getByText("Written by the colleague.")).toBeVisible();

  await concerns(page);
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText("Written by the colleague.")).toBeVisible();
  await expect(page.getByText("Given to you by")).toHaveCount(0);
  await page.getByRole("link", { name: "Add information" }).click();
  await page.getByLabel("What do you want to add?").fill("Written by its author.");
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("Written by its author.")).toBeVisible();

  await concerns(elsewhere);
  await elsewhere.getByRole("link", { name: reference }).click();
  await elsewhere.getByRole("link", { name: "Withdraw this concern" }).click();
  await elsewhere.getByRole("button", { name: "Withdraw this concern" }).click();
  await expect(elsewhere.getByText("Withdrawn", { exact: true })).toBeVisible();
  await signOut(elsewhere);

  // The unit sees one author, whoever of the two wrote.
  await signIn(elsewhere, named(portal, "dev"));
  await openCase(elsewhere, reference);
  for (const text of ["Written by the colleague.", "Written by its author."]) await expect(elsewhere.getByText(text)).toBeVisible();
  await elsewhere.close();
});

test("what is given can be refused, three things wait at most, and a copy is kept by choice", async ({ page, portal, browser }) => {
  const [amina, beth] = [named(portal, "amina"), named(portal, "beth")];
  await signIn(page, beth);
  await begin(page);
  await openSection(page, "What happened");
  await page.getByText("Name this draft").click();
  await page.getByLabel("What do you call it?").fill("given thrice");
  await page.getByLabel("What have you been told, or seen?").fill("half a story");
  await saveSection(page);
  for (let turn = 1; turn <= 4; turn++) {
    await concerns(page);
    await page.getByRole("link", { name: "Give given thrice to a colleague" }).click();
    await page.getByLabel("Keep my copy too").check();
    await give(page);
    if (turn < 4) await expect(heading(page, "It waits for your colleague")).toBeVisible();
  }
  await expect(page.getByText("Three things wait for them already.")).toBeVisible();
  await look(page);
  await concerns(page);
  await expect(page.getByRole("link", { name: "Delete given thrice" })).toBeVisible();

  const theirs = await browser.newPage({ baseURL: portal.address });
  await signIn(theirs, amina);
  const waiting = row(theirs, "A draft: given thrice");
  await expect(waiting).toHaveCount(3);
  await theirs.getByRole("link", { name: "Refuse it: given thrice" }).first().click();
  await expect(heading(theirs, "Refuse what you were given")).toBeVisible();
  await expect(theirs.getByText("A draft: given thrice")).toBeVisible();
  await look(theirs);
  await tabThrough(theirs);
  await theirs.getByRole("button", { name: "Refuse and delete it" }).press("Enter");
  await expect(heading(theirs, "Your concerns")).toBeVisible();
  await expect(waiting).toHaveCount(2);
  for (let left = 2; left > 0; left--) {
    await theirs.getByRole("button", { name: "Take it: given thrice" }).first().click();
    await expect(theirs.getByRole("button", { name: "Take it: given thrice" })).toHaveCount(left - 1);
  }
  await expect(theirs.getByRole("button", { name: "Continue given thrice" })).toHaveCount(2);
  await theirs.close();
});

test("whoever has no colleague is told so", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await page.getByRole("main").getByRole("link", { name: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/ }).first().click();
  await page.getByRole("link", { name: "Give it to a colleague" }).click();
  await expect(page.getByText("Nobody else of your organisation is here yet.")).toBeVisible();
  await look(page);
  await tabThrough(page);
});
