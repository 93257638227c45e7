import type { Page } from "@playwright/test";
import { expectStill, pick, press, saveByKeys, signInByKeys, tabTo, write } from "../keyboard.ts";
import { heading, named, readBy, saved, TOLD } from "../people.ts";
import { expect, look, test } from "../portal.ts";

const RANK = "How the person stands to those who would read it";
const READERS = "Check who can read it";

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce" }));

/** Opens a section from the list of them. */
async function enter(page: Page, name: string): Promise<void> {
  await press(page, new RegExp(`^${name.replace("?", "\\?")}`));
  await expect(heading(page, name)).toBeFocused();
}

/** What is wrong is said at the top, which has the focus, and can be looked at like every page. */
async function expectProblem(page: Page, words: string): Promise<void> {
  await press(page, /^(Save and continue|Continue)$/);
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await expect(page.locator(".govuk-error-summary")).toContainText(words);
  await look(page);
}

/** From the first page of who should receive it to who can read it. */
async function toReaders(page: Page, force: string, rank: string): Promise<void> {
  await enter(page, "Who should receive it");
  await pick(page, "Yes, from the case, or because they or somebody else said so");
  await saveByKeys(page, "The force that employs them");
  await tabTo(page, /Which force/);
  await page.keyboard.type(force);
  await saveByKeys(page, RANK);
  await pick(page, rank);
  await saveByKeys(page, READERS);
}

/** What happened and how to be reached, then the check. */
async function toCheck(page: Page, happened: string, contact = TOLD.contact): Promise<void> {
  await enter(page, "What happened");
  await write(page, /What have you been told/, happened);
  await saveByKeys(page);
  await enter(page, "You and your organisation");
  await write(page, /How can the unit reach/, contact);
  await pick(page, "Mine");
  await saveByKeys(page);
  await press(page, /^Check your answers/);
  await expect(heading(page, "Check your answers")).toBeFocused();
}

async function sendByKeys(page: Page): Promise<void> {
  await press(page, /^Seal and send/);
  await expect(heading(page, "Concern sent")).toBeFocused();
  await expectStill(page);
}

test("by a place, about several people; then by the railway, added to and withdrawn", async ({ page, portal }) => {
  await signInByKeys(page, named(portal, "amina"));
  await press(page, /^Tell us about a concern/);
  await enter(page, "Who should receive it");
  await expectProblem(page, "Choose whether you know who employs them");
  await pick(page, "No, but I know where it happened");
  await saveByKeys(page, "Where did it happen?");
  await write(page, /The place, as far as you know it/, "Newport");
  await saveByKeys(page, "The force that it may be");
  await expectStill(page);
  await pick(page, "Gwent Police");
  await saveByKeys(page, RANK);
  await pick(page, "None of these");
  await saveByKeys(page, READERS);
  await pick(page, "No");
  await saveByKeys(page);

  await enter(page, "Who it is about");
  await press(page, /^Add what I know about them/);
  await write(page, /Their name, or part of it/, "a".repeat(2001));
  await expectProblem(page, "Shorten your answer to 2000 characters");
  await press(page, /^Shorten your answer/);
  await expect(page.getByLabel("Their name, or part of it")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("Sam, or something like it");
  await pick(page, "Police officer");
  await look(page);
  await press(page, /^Continue$/);
  await write(page, /What do they look like/, "Tall, with a beard");
  await look(page);
  await press(page, /^Continue$/);
  await press(page, /^Add another person/);
  await write(page, /Rank, and collar/, "PC, number ends 47");
  await press(page, /^Continue$/);
  await press(page, /^Continue$/);
  await press(page, /^Remove person 2/);
  await look(page);
  await press(page, /^Keep it/);
  await press(page, /^Change person 2/);
  await tabTo(page, /^Back$/);
  await page.keyboard.press("Enter");
  await saveByKeys(page);
  await toCheck(page, TOLD.happened);
  for (const told of ["Sam, or something like it", "PC, number ends 47"]) await expect(page.getByText(told)).toBeVisible();
  await sendByKeys(page);

  await press(page, /^Your concerns/);
  await press(page, /^Tell us about a concern/);
  await enter(page, "Who should receive it");
  await pick(page, "They police the railway, a station or a train");
  await saveByKeys(page, "The force that it may be");
  await pick(page, "British Transport Police");
  await saveByKeys(page, RANK);
  await pick(page, "None of these");
  await saveByKeys(page, READERS);
  await pick(page, "I do not know");
  await saveByKeys(page);
  await enter(page, "Contacting the person affected");
  await pick(page, "Never");
  await saveByKeys(page);
  await toCheck(page, TOLD.happened);
  await sendByKeys(page);
  await press(page, /^Read it again/);
  await expect(heading(page, "Your concern")).toBeFocused();
  await press(page, /^Add information/);
  await expect(heading(page, "Add information")).toBeFocused();
  await press(page, /^Seal and send/);
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await write(page, /What do you want to add/, "He came again on Sunday.");
  await press(page, /^Seal and send/);
  await expect(heading(page, "Your concern")).toBeFocused();
  await press(page, /^Withdraw this concern/);
  await expect(heading(page, "Withdraw this concern")).toBeFocused();
  await press(page, /^Withdraw this concern/);
  await expect(page.getByText("Withdrawn", { exact: true })).toBeVisible();
  await expectStill(page);
});

test("to the smaller group, with dates of all kinds; then a draft that is resumed, with a file", async ({ page, portal }) => {
  await signInByKeys(page, named(portal, "beth"));
  await press(page, /^Tell us about a concern/);
  await toReaders(page, "Avon", "Somebody who works in professional standards or counter-corruption");
  await expect(page.getByText(readBy("the smaller group of Avon and Somerset"))).toBeVisible();
  await pick(page, "No");
  await saveByKeys(page);

  await enter(page, "When it happened");
  await pick(page, "On one day");
  await type(page, "31", "2", "2026");
  await expectProblem(page, "Enter a day that exists, such as 27");
  await pick(page, "Between two days, or from one day on");
  await type(page, "3", "May", "2026", "2", "5", "2026");
  await expectProblem(page, "The last day must be the same as the first day, or after it");
  await pick(page, "Around a month or a year");
  await tabTo(page, /^Month/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("Nevember");
  await expectProblem(page, "Enter a month, such as 3 or March");
  await pick(page, "Only roughly, in words");
  await write(page, /When was it, roughly/, "before the summer");
  await pick(page, "Yes", "Is it still going on?");
  await look(page);
  await saveByKeys(page);
  await toCheck(page, TOLD.happened);
  await expect(page.getByText("before the summer")).toBeVisible();
  await sendByKeys(page);

  await press(page, /^Your concerns/);
  await press(page, /^Tell us about a concern/);
  await enter(page, "What happened");
  await press(page, /Name this draft/);
  await write(page, /What do you call it/, "by keys");
  await write(page, /What have you been told/, "The first half.");
  await page.keyboard.press("Tab");
  await saved(page);
  await press(page, /^Your concerns/);
  await expect(heading(page, "Your concerns")).toBeFocused();
  await press(page, /^Continue by keys/);
  await expect(heading(page, "Tell us about a concern")).toBeFocused();
  await toReaders(page, "Gwent", "None of these");
  await pick(page, "No");
  await saveByKeys(page);
  await enter(page, "Evidence");
  await tabTo(page, /^Add files/);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
  await chooser.setFiles({ name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("Come alone.") });
  await expect(page.getByRole("main").getByText("Stored, sealed")).toBeVisible();
  await write(page, /What does letter.txt show/, "What he wrote to her");
  await saveByKeys(page);
  await toCheck(page, "The first half, and the second.");
  await expect(page.getByText("letter.txt")).toBeVisible();
  await press(page, /^Change\s+What happened/);
  await expect(heading(page, "What happened")).toBeFocused();
  await write(page, /What have you been told/, "All of it.");
  await saveByKeys(page, "Check your answers");
  await expect(page.getByText("All of it.")).toBeVisible();
  await sendByKeys(page);
});

/** Writes into the fields of dates, one after the other. */
async function type(page: Page, ...parts: string[]): Promise<void> {
  await tabTo(page, /^Day/);
  for (const part of parts) {
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(part);
    await page.keyboard.press("Tab");
  }
}

test("in Welsh, without a word that is missing, and with all that is English marked as such", async ({ page, portal }) => {
  await signInByKeys(page, named(portal, "amina"), "/cy");
  await expectWelsh(page);
  await press(page, /^Tell us about a concern/);
  await expectWelsh(page);
  await enter(page, "Is anyone in danger now?");
  await pick(page, "Yes, or it may come to that soon");
  await expectWelsh(page);
  await look(page);
  await saveByKeys(page);
  await toReaders(page, "Gwent", "None of these");
  await expectWelsh(page);
  await look(page);
  await pick(page, "Na");
  await saveByKeys(page);
  await enter(page, "When it happened");
  await pick(page, "On one day");
  await type(page, "1", "Mawrth", "20");
  await expectProblem(page, "Enter a year in four figures");
  await expectWelsh(page);
  await type(page, "1", "Mawrth", "2026");
  await saveByKeys(page);
  await toCheck(page, "Daeth i’r lloches.", "Ffoniwch cyn hanner dydd.");
  await expect(page.getByText("1 Mawrth 2026")).toBeVisible();
  await expectWelsh(page);
  await sendByKeys(page);
  await expectWelsh(page);
  await press(page, /^Read it again/);
  await expect(heading(page, "Your concern")).toBeFocused();
  await expectWelsh(page);
});

/** Under `/cy/`, nothing shows the name of a text in its place, and English is told apart for whoever listens. */
async function expectWelsh(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/cy\//);
  await expect(page.locator("html")).toHaveAttribute("lang", "cy");
  const wrong = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const wrong: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.nodeValue ?? "";
      const marked = node.parentElement!.closest("[lang]")!.getAttribute("lang") !== "cy";
      const isShown = node.parentElement!.checkVisibility() && !node.parentElement!.closest("script, style, noscript");
      if (/\b[a-z]+_[a-z_]+\b|\{\w+\}/.test(words)) wrong.push(`is a key: ${words}`);
      if (isShown && !marked && /\b(the|you|your|they|we)\b/i.test(words)) wrong.push(`is English: ${words}`);
    }
    return wrong;
  });
  expect(wrong, page.url()).toEqual([]);
}
