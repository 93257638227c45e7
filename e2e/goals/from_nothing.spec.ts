import { readFile } from "node:fs/promises";
import { type Browser, type Locator, type Page, test as base } from "@playwright/test";
import { fillAll, heading, openCase, send, TOLD } from "../people.ts";
import { type Nothing, startNothing } from "../nothing.ts";
import { alive, expect, look, visit } from "../portal.ts";
import { code } from "../totp.ts";

const test = base.extend<{ nothing: Nothing }>({
  nothing: async ({}, use) => {
    const nothing = await startNothing();
    await use(nothing);
    await nothing.stop();
  },
  baseURL: async ({ nothing }, use) => use(nothing.address),
});

/** Somebody at a page of their own. */
interface Somebody {
  page: Page;
  password: string;
  /** The key of the app that makes their codes. */
  app: string;
}

/** Takes up an invitation. */
async function join(page: Page, link: string, name: string): Promise<string> {
  await page.goto(link);
  await alive(page);
  await page.getByLabel("Sign-in name").fill(name);
  const password = await page.locator("#proposed").innerText();
  await page.getByRole("textbox", { name: /New password|six words/ }).fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(heading(page, "Your account is made")).toBeVisible();
  return password;
}

/** Opens the keys of a page that was loaded anew. */
async function unlock(page: Page, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}

/** Takes up an invitation of staff, who set up a second step before anything else. */
async function joinStaff(browser: Browser, nothing: Nothing, link: string, name: string): Promise<Somebody> {
  const page = await browser.newPage({ baseURL: nothing.address });
  const password = await join(page, link, name);
  await look(page);
  await page.getByRole("button", { name: "I have written everything down" }).click();
  await expect(heading(page, "Set up a passkey")).toBeVisible();
  await page.getByRole("button", { name: "Use codes from an app instead" }).click();
  const app = await page.locator("#secret").innerText();
  await page.getByLabel("Code", { exact: true }).fill(code(app));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I have written them down" }).click();
  await unlock(page, password);
  return { page, password, app };
}

/** Presses a button; where it has been a while, shows again who it is. */
async function press({ page, app }: Somebody, button: string, result: Locator): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  const asked = page.getByRole("dialog");
  await expect(result.or(asked).first()).toBeVisible();
  if (await asked.isVisible()) {
    await asked.getByLabel("Code").fill(code(app));
    await page.keyboard.press("Enter");
  }
  await expect(result).toBeVisible();
}

/** An administrator comes by a link that whoever runs the portal makes, and is shown the key for the directory. */
async function administrator(browser: Browser, nothing: Nothing, name: string): Promise<Somebody & { key: string }> {
  const link = (await nothing.candour("admin", "invite")).trim();
  const somebody = await joinStaff(browser, nothing, link, name);
  const { page } = somebody;
  await expect(heading(page, "Administration")).toBeVisible();
  await expect(page.getByText("There is no directory yet, so nobody can be verified")).toBeVisible();
  const key = await page.locator("#own-key").innerText();
  expect(await nothing.candour("admin", "list")).toContain(key);
  return { ...somebody, key };
}

/** Administrators come on board, and the roots list them. */
async function begin(browser: Browser, nothing: Nothing): Promise<[Somebody, Somebody]> {
  const nadia = await administrator(browser, nothing, "nadia");
  await look(nadia.page);
  await nadia.page.getByRole("button", { name: "Look again" }).click();
  await expect(nadia.page.getByText("There is no directory yet, so nobody")).toBeVisible();
  const omar = await administrator(browser, nothing, "omar");

  // The first directory forgets one of them, who is told so.
  await nothing.direct("--administrator", nadia.key);
  for (const { page } of [nadia, omar]) await page.getByRole("button", { name: "Look again" }).click();
  await expect(nadia.page.getByRole("button", { name: "Look again" })).toHaveCount(0);
  await expect(omar.page.getByText("The directory does not list your key yet.")).toBeVisible();
  await look(omar.page);
  await nothing.direct("--administrator", omar.key);
  for (const { page } of [nadia, omar]) await visitAgain(page);
  await expect(omar.page.getByRole("button", { name: "Look again" })).toHaveCount(0);

  // What a browser has verified is what the tool shows; an older one is not published again.
  await omar.page.getByRole("link", { name: "Compare the directory" }).click();
  await expect(heading(omar.page, "Compare the directory")).toBeVisible();
  const shown = await nothing.tool("directory", "show", "2.directory");
  expect(shown).toContain(await omar.page.locator("#hash").innerText());
  expect(shown).toContain(await omar.page.locator("dl .candour-words").first().innerText());
  await look(omar.page);
  const older = nothing.candour("directory", "publish", nothing.file("1.directory"));
  await expect(older).rejects.toThrow(/older than the one seen before/);
  return [nadia, omar];
}

/** Has an administrator's page look for a newer directory. */
async function visitAgain(page: Page): Promise<void> {
  const again = page.getByRole("button", { name: "Look again" });
  if (await again.isVisible()) await again.click();
}

/** What needs doing is fetched when the page is opened. */
async function openOverview(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await expect(heading(page, "Your account")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Administration" }).click();
}

/** An organisation comes on board by two administrators; gives its lead's page. */
async function bringOnBoard(browser: Browser, nothing: Nothing, both: [Somebody, Somebody]): Promise<Page> {
  const lead = await browser.newPage({ baseURL: nothing.address });
  await visit(lead, "/apply");
  const answers = ["Quayside", "", "A refuge.", "Rhian", "01632 960000"];
  const fields = ["organisation", "number", "purpose", "lead", "reach"];
  for (const [place, field] of fields.entries()) await lead.locator(`#${field}`).fill(answers[place]);
  await lead.getByLabel("We agree to this").check();
  await lead.getByRole("button", { name: "Send the application" }).click();
  await expect(heading(lead, "Application sent")).toBeVisible();
  for (const somebody of both) {
    const { page } = somebody;
    await openOverview(page);
    await page.getByRole("link", { name: "Check Quayside" }).click();
    await page.getByLabel("Yes: I approve").check();
    await page.getByLabel("How did you check, or why do you refuse?").fill("Rang them.");
    await page.getByRole("button", { name: "Continue" }).click();
    await press(somebody, "Approve it", page.getByText("What you found is kept."));
  }
  const [first, second] = both;
  await second.page.getByLabel("Whom do you invite?").fill("Rhian");
  await second.page.getByRole("button", { name: "Make an invitation" }).click();
  const password = await join(lead, await second.page.locator("#link").innerText(), "rhian");
  await second.page.getByRole("button", { name: "Look for answers again" }).click();
  const sign = "The six words are the same: sign";
  await press(second, sign, second.page.getByText("Another administrator has to compare the words as well."));
  await openOverview(first.page);
  await first.page.getByRole("link", { name: "Compare words with the lead of Quayside" }).click();
  await press(first, sign, first.page.getByText("This organisation is on board."));
  await lead.getByRole("button", { name: "I have written everything down" }).click();
  await unlock(lead, password);
  await expect(heading(lead, "Your concerns")).toBeVisible();
  return lead;
}

/** The lead of an organisation takes a practitioner in; gives their page. */
async function takeIn(browser: Browser, nothing: Nothing, lead: Page): Promise<Page> {
  await lead.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await lead.getByText("Invite somebody").click();
  await lead.getByLabel("Whom do you invite?").fill("Sioned");
  await lead.getByRole("button", { name: "Make an invitation" }).click();
  const page = await browser.newPage({ baseURL: nothing.address });
  const password = await join(page, await lead.locator("#link").innerText(), "sioned");
  await lead.getByRole("button", { name: "Look for answers again" }).click();
  await lead.getByRole("button", { name: "The six words are the same" }).click();
  await expect(lead.getByText("Done. Everybody is shown the change")).toBeVisible();
  await page.getByRole("button", { name: "I have written everything down" }).click();
  await unlock(page, password);
  await expect(heading(page, "Your concerns")).toBeVisible();
  return page;
}

const WAITS = "Your unit is not set up yet.";

/** Somebody whom an administrator invites sets a unit up, with somebody else; gives both. */
async function setUp(browser: Browser, nothing: Nothing, nadia: Somebody): Promise<[Somebody, Somebody]> {
  const { page: admin } = nadia;
  await admin.getByRole("navigation").getByRole("link", { name: "Units and oversight bodies" }).click();
  await expect(heading(admin, "Units and oversight bodies")).toBeVisible();
  await look(admin);
  await admin.getByRole("button", { name: "Make an invitation" }).click();
  await expect(admin.getByText("There is a problem")).toBeVisible();
  await look(admin);
  await admin.getByLabel("Which unit or body?").selectOption("gwent-psd");
  await admin.getByLabel("The usual one").check();
  await admin.getByLabel("Whom do you invite?").fill("Jac");
  await admin.getByRole("button", { name: "Make an invitation" }).click();
  const link = await admin.locator("#link").innerText();
  await expect(admin.getByText("Lead invited")).toBeVisible();
  await look(admin);

  const jac = await joinStaff(browser, nothing, link, "jac");
  const { page } = jac;
  await expect(page.getByText(WAITS)).toBeVisible();
  await page.getByRole("link", { name: "Set up your unit" }).click();
  await expect(heading(page, "Set up your unit")).toBeVisible();
  await expect(page.locator("#unit")).toHaveText(/^Gwent Police/);
  await look(page);
  await page.getByLabel("Whom do you invite?").fill("Kate");
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const kate = await joinStaff(browser, nothing, await page.locator("#link").innerText(), "kate");
  await kate.page.getByRole("link", { name: "Set up your unit" }).click();
  await expect(kate.page.getByText("Wait for the person who invited you")).toBeVisible();
  await look(kate.page);
  await page.getByRole("button", { name: "Look for answers again" }).click();
  await expect(page.getByText("kate answered the invitation that you made for Kate.")).toBeVisible();
  await makeGroup(nothing, jac);
  await list(nothing, jac);
  await tryOut(jac);
  return [jac, kate];
}

/** The recovery key is made offline, and its words are compared; then the group is made. */
async function makeGroup(nothing: Nothing, jac: Somebody): Promise<void> {
  const { page } = jac;
  const custodians = ["A. Judge", "B. Clerk", "C. Bishop"];
  const said = await nothing.tool("recovery", "new", "--out", "kits", "--custodians", ...custodians);
  const words = said.match(/words {2}(.*)/)![1].trim();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await look(page);
  await page.getByLabel("The line of recovery-public.txt").fill(await readFile(nothing.file("kits/recovery-public.txt"), "utf8"));
  for (const [place, name] of custodians.entries()) await page.getByLabel(`Custodian ${place + 1}`).fill(name);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Make this group of readers?")).toBeVisible();
  await expect(page.getByText(words)).toBeVisible();
  await look(page);
  await press(jac, "The words are the same: make it", page.getByText("The group is made."));
  await look(page);
}

/** The first link goes into the next directory, by a file and six words. In between, everything can be left and taken up again. */
async function list(nothing: Nothing, { page, password }: Somebody): Promise<void> {
  await visit(page, "/unit/set-up");
  await unlock(page, password);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("gwent-psd-intake.link");
  await file.saveAs(nothing.file(file.suggestedFilename()));
  const argument = await page.locator("#argument").innerText();
  await nothing.direct(...argument.split(" "));
  const shown = await nothing.tool("directory", "show", "3.directory");
  expect(shown).toContain((await page.locator("#genesis").innerText()).trim());
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  await look(page);
}

/** A test to oneself, opened and closed. The first is left, and another is sent after the keys were locked. */
async function tryOut({ page, password }: Somebody): Promise<void> {
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("The test is sent.")).toBeVisible();
  await visit(page, "/unit/set-up");
  await unlock(page, password);
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByRole("link", { name: "Open the test" }).click();
  await expect(page.getByRole("region", { name: "This is a test" })).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Close the test" }).click();
  await expect(page.getByText("The test is closed.")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Concerns to open" }).click();
  await expect(heading(page, "Concerns to open")).toBeVisible();
  await expect(page.getByText(WAITS)).toHaveCount(0);
}

test("from an empty database and three root keys to a concern that a unit opens", async ({ browser, nothing }) => {
  const administrators = await begin(browser, nothing);
  const lead = await bringOnBoard(browser, nothing, administrators);
  const [, kate] = await setUp(browser, nothing, administrators[0]);
  const sioned = await takeIn(browser, nothing, lead);

  await fillAll(sioned, { ...TOLD, force: "Gwent Police" });
  await expect(sioned.getByText("A. Judge")).toBeVisible();
  const reference = await send(sioned);
  await kate.page.getByRole("button", { name: "Look again" }).click();
  await kate.page.getByRole("link", { name: "Concerns to open" }).first().click();
  await openCase(kate.page, reference);
  await expect(kate.page.getByText(TOLD.happened).first()).toBeVisible();
  await expect(kate.page.getByText("Quayside").first()).toBeVisible();
});
