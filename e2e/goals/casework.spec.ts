import type { Page } from "@playwright/test";
import { declare, fillAll, heading, named, send, signIn, signOut, TOLD } from "../people.ts";
import { expect, look, test } from "../portal.ts";

/** Opens a form on the page of a case. */
async function open(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "What you can do" }).getByRole("button", { name: title, exact: true }).click();
  await expect(heading(page, title)).toBeVisible();
}

/** What is decided, and said of how it went. */
async function save(page: Page, button: string, said: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: said })).toBeVisible();
}

async function assess(page: Page): Promise<void> {
  await open(page, "Assess");
  await look(page);
  await page.getByRole("radio", { name: "Something was done" }).check();
  await page.getByLabel("What is done, by whom").fill("The refuge moved her room.");
  await page.getByRole("radio", { name: /^Sexual misconduct/ }).check();
  await page.getByRole("button", { name: "Add a statement" }).click();
  await expect(heading(page, "Statement 1")).toBeVisible();
  await page.getByRole("button", { name: "Keep this statement" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter what is stated");
  await look(page);
  await page.getByLabel("What is stated").fill("A constable sends messages at night.");
  await page.getByRole("radio", { name: /^A: known directly/ }).check();
  await page.getByLabel("Conditions of sharing").fill("Only within the unit.");
  await page.getByRole("button", { name: "Keep this statement" }).click();
  await page.getByRole("radio", { name: "Gross misconduct" }).check();
  await save(page, "Save the assessment", "The assessment is saved.");
}

// Scenario 1 of the domain reference, as far as the unit has to do with it.
test("a unit claims, assesses, refers and records a concern, and the practitioner sees only how far it has come", async ({ page, browser, portal }) => {
  await signIn(page, named(portal, "beth"));
  await fillAll(page);
  const reference = await send(page);

  const unit = await browser.newPage({ baseURL: portal.address });
  await signIn(unit, named(portal, "elin"));
  const row = unit.getByRole("listitem").filter({ hasText: reference });
  await expect(row).toContainText("Not read yet");
  await look(unit);
  await unit.getByLabel("Search").fill("uniform refuge");
  await expect(row).toBeVisible();
  await unit.getByLabel("Search").fill("nowhere");
  await expect(row).toHaveCount(0);
  await unit.getByLabel("Search").fill("");
  await unit.getByRole("link", { name: reference }).click();

  // Before the answer only the people are named.
  await expect(heading(unit, "Do you know anybody named here?")).toBeVisible();
  await expect(unit.getByText(TOLD.who).first()).toBeVisible();
  await expect(unit.getByText(TOLD.happened)).toHaveCount(0);
  await look(unit);
  await declare(unit);
  await expect(unit.getByText(TOLD.happened).first()).toBeVisible();

  await open(unit, "Take it further");
  await unit.getByRole("radio", { name: /Initial assessment$/ }).check();
  await unit.getByRole("button", { name: "Record it" }).click();
  await expect(unit.getByRole("alert").first()).toContainText("Claim the case first");
  await look(unit);
  await unit.getByRole("button", { name: "Back to the case" }).click();
  await save(unit, "Claim this case", "This case is yours.");
  await open(unit, "Take it further");
  await unit.getByRole("radio", { name: /Initial assessment$/ }).check();
  await save(unit, "Record it", "Recorded.");

  await assess(unit);
  await open(unit, "Decide on referral");
  await unit.getByRole("radio", { name: "Yes", exact: true }).check();
  await unit.getByRole("radio", { name: /^Serious corruption/ }).check();
  await look(unit);
  await save(unit, "Save the decision", "The decision is saved.");
  await expect(unit.getByText(/^To be referred by .*, 23:59$/).first()).toBeVisible();
  await open(unit, "Add a note");
  await unit.getByLabel("Your note").fill("Rota asked for.");
  await save(unit, "Save the note", "The note is saved.");
  await open(unit, "Take it further");
  await unit.getByRole("radio", { name: /Recorded as intelligence$/ }).check();
  await save(unit, "Record it", "Recorded.");
  await expect(unit.getByText("2AC").first()).toBeVisible();
  await look(unit);

  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: reference })).toContainText("Assessed and recorded");
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText(/: Being assessed/)).toBeVisible();
  for (const hidden of ["Rota asked for.", "at night", "Gross misconduct", "intelligence"]) await expect(page.getByText(hidden)).toHaveCount(0);

  // What changes within the unit alone is not told: nothing is sent, and nothing shown.
  const before = await page.getByRole("listitem").filter({ hasText: /: / }).count();
  await open(unit, "Take it further");
  await unit.getByRole("radio", { name: /In development$/ }).check();
  await save(unit, "Record it", "Recorded.");
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText(/: Assessed and recorded/)).toBeVisible();
  expect(await page.getByRole("listitem").filter({ hasText: /: / }).count()).toBe(before);
  await unit.close();
});

// Scenario 13, without the attachment.
test("a question asks only for what is known, is answered, and is seen by both", async ({ page, browser, portal }) => {
  await signIn(page, named(portal, "amina"));
  await fillAll(page);
  const reference = await send(page);

  const unit = await browser.newPage({ baseURL: portal.address });
  await signIn(unit, named(portal, "dev"));
  await unit.getByRole("link", { name: reference }).click();
  await declare(unit);
  await save(unit, "Claim this case", "This case is yours.");
  await open(unit, "Write to the practitioner");
  await expect(unit.getByText("Do not ask the practitioner to find out")).toBeVisible();
  await unit.getByLabel("Start from a text").selectOption({ label: "Do you still have what you mentioned? Tell us only what you already know." });
  await unit.getByLabel("This message asks them something").check();
  await unit.getByRole("button", { name: "Seal and send the message" }).click();
  await expect(unit.getByRole("alert").first()).toContainText("Confirm that you ask only for what they already know");
  await look(unit);
  await unit.getByLabel("I ask only for what they already know or hold").check();
  await save(unit, "Seal and send the message", "Your message is sealed and sent.");

  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText(/asks you something/)).toBeVisible();
  await expect(page.getByText("Do you still have what you mentioned?")).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: "Add information" }).click();
  await page.getByLabel("What do you want to add?").fill("Yes, I still have the voicemail.");
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("Yes, I still have the voicemail.")).toBeVisible();

  await unit.getByRole("navigation").getByRole("link", { name: "Concerns to open" }).first().click();
  await unit.getByRole("link", { name: reference }).click();
  await expect(unit.getByText("Yes, I still have the voicemail.").first()).toBeVisible();
  await unit.close();
});

// Scenario 7.
test("whoever declares a connection is handed the case no more, the leads see it, and a colleague goes on", async ({ page, browser, portal }) => {
  await signIn(page, named(portal, "amina"));
  await fillAll(page);
  const reference = await send(page);
  await signOut(page);

  await signIn(page, named(portal, "dev"));
  await page.getByRole("link", { name: reference }).click();
  await page.getByRole("button", { name: "I have a connection" }).click();
  await expect(heading(page, "Declare a connection")).toBeVisible();
  await look(page);
  const log = page.url().split("/").at(-1)!;
  await page.getByRole("button", { name: "Declare it and leave this case" }).click();
  await expect(heading(page, "You have left this case")).toBeVisible();
  await look(page);
  expect((await page.request.get(`/api/log/${log}`)).status()).toBe(403);
  await page.getByRole("link", { name: "Concerns to open" }).first().click();
  await expect(page.getByRole("listitem").filter({ hasText: reference })).toContainText("does not hand it to you any more");

  const lead = await browser.newPage({ baseURL: portal.address });
  await signIn(lead, named(portal, "elin"));
  await expect(lead.getByText(new RegExp(`The portal says that .* declared a connection with case ${reference}`))).toBeVisible();
  await look(lead);
  await lead.getByRole("link", { name: reference }).click();
  await declare(lead);
  await expect(lead.getByText("Declared a connection")).toBeVisible();
  await save(lead, "Claim this case", "This case is yours.");
  await lead.close();
});

test("a case that the portal withholds is said to be withheld", async ({ page, portal }) => {
  await page.route("**/api/queue", async (route) => {
    const answer = await route.fetch();
    const queue = await answer.json();
    for (const one of queue.threads) one.connected = true;
    await route.fulfill({ response: answer, json: queue });
  });
  await signIn(page, named(portal, "elin"));
  const row = page.getByRole("listitem").filter({ hasText: "The portal says that you declared a connection" }).first();
  await expect(row).toContainText("If you did not, tell your lead");
  await look(page);
});

// By keyboard alone: what opens and closes takes the focus along.
test("a note is written by keyboard", async ({ page, portal }) => {
  await signIn(page, named(portal, "amina"));
  await fillAll(page);
  const reference = await send(page);
  await signOut(page);
  await signIn(page, named(portal, "elin"));
  await page.getByRole("link", { name: reference }).press("Enter");
  await expect(heading(page, "Do you know anybody named here?")).toBeFocused();
  await page.getByRole("button", { name: "I have no connection" }).press("Enter");
  await expect(page.getByRole("region", { name: "Before you act" })).toBeVisible();
  await expect(heading(page, "A concern")).toBeFocused();
  await page.getByRole("button", { name: "Add a note" }).press("Enter");
  await expect(heading(page, "Add a note")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("By keys.");
  await page.getByRole("button", { name: "Save the note" }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The note is saved." }).first()).toBeVisible();
  await expect(heading(page, "A concern")).toBeFocused();
  await page.getByRole("button", { name: "Assess", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Add a statement" }).press("Enter");
  await expect(heading(page, "Statement 1")).toBeFocused();
  await page.getByRole("button", { name: "Back", exact: true }).press("Enter");
  await expect(heading(page, "Assess")).toBeFocused();
});

test("of two who act at once the later one is told, loses nothing, and sees what the other did", async ({ page, browser, portal }) => {
  await signIn(page, named(portal, "beth"));
  await fillAll(page);
  const reference = await send(page);
  const [elin, dev] = [await browser.newPage({ baseURL: portal.address }), await browser.newPage({ baseURL: portal.address })];
  for (const [who, name] of [[elin, "elin"], [dev, "dev"]] as const) {
    await signIn(who, named(portal, name));
    await who.getByRole("link", { name: reference }).click();
    await declare(who);
  }
  // What has nothing to do with each other is done.
  await open(dev, "Add a note");
  await dev.getByLabel("Your note").fill("Second.");
  await save(elin, "Claim this case", "This case is yours.");
  await save(dev, "Save the note", "The note is saved.");
  await expect(dev.getByText("Given to elin")).toBeVisible();

  await open(elin, "Take it further");
  await elin.getByRole("radio", { name: /Initial assessment$/ }).check();
  await open(dev, "Take it further");
  await dev.getByRole("radio", { name: /Urgent action$/ }).check();
  await dev.getByLabel("Why, or what is to be done").fill("She must be warned today.");
  await save(elin, "Record it", "Recorded.");
  await dev.getByRole("button", { name: "Record it" }).click();
  await expect(dev.getByRole("alert").first()).toContainText("Somebody else was first");
  await expect(dev.getByLabel("Why, or what is to be done")).toHaveValue("She must be warned today.");
  await look(dev);
  await elin.close();
  await dev.close();
});
