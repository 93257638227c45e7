import { type Cookie, expect, type Page } from "@playwright/test";
import { type Portal, type SignIn, visit } from "./portal.ts";

/** Answers for a concern, each unlikely enough to be found again. */
export interface Told {
  force: string;
  standing: string;
  happened: string;
  who: string;
  contact: string;
}

export const TOLD: Told = {
  force: "Avon and Somerset Constabulary",
  standing: "None of these",
  happened: "He came to the refuge in uniform and asked for her by name.",
  who: "PC Sam, shoulder number 4417",
  contact: "Ring the office before noon.",
};

/** Somebody of the demonstration, by sign-in name. */
export function named(portal: Portal, name: string): SignIn {
  const found = portal.signIns.find((one) => one.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

/** Signs in and waits until the keys are open. */
export async function signIn(page: Page, person: SignIn): Promise<void> {
  await visit(page, "/sign-in");
  await recall(page, person);
  await enter(page, person);
  await expect(heading(page, home(person))).toBeVisible();
  await remember(page, person);
}

/** What tells a portal that a browser has signed in to an account before, by portal and name. */
const known = new Map<string, Cookie>();

/** Makes a new browser the one that this person used before: unknown ones may try ten times in a quarter of an hour, and tests are faster. */
async function recall(page: Page, person: SignIn): Promise<void> {
  const device = known.get(`${new URL(page.url()).origin} ${person.name}`);
  if (device) await page.context().addCookies([device]);
}

async function remember(page: Page, person: SignIn): Promise<void> {
  const { origin } = new URL(page.url());
  const device = (await page.context().cookies(origin)).find((cookie) => cookie.name.endsWith("device"));
  if (device) known.set(`${origin} ${person.name}`, device);
}

/** Signs in on the page for it, where that is shown already. */
export async function enter(page: Page, person: SignIn): Promise<void> {
  await page.getByLabel("Sign-in name").fill(person.name);
  await page.getByRole("textbox", { name: "Password" }).fill(person.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** Opens the form from the list of concerns. */
export async function begin(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Tell us about a concern" }).click();
  await expect(tasks(page)).toBeVisible();
}

/** The heading of the form's list of sections. */
export function tasks(page: Page) {
  return heading(page, "Tell us about a concern");
}

/** Opens a section from the list of them. */
export async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
  await expect(heading(page, name)).toBeVisible();
}

/** Goes on from a section, to the list of them. */
export async function saveSection(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(tasks(page)).toBeVisible();
}

/** The first page that a person sees after signing in. */
export function home(person: SignIn): string {
  if (person.role === "practitioner") return "Your concerns";
  return person.role === "assessor" ? "Concerns to open" : "Administration";
}

export function heading(page: Page, name: string | RegExp) {
  return page.getByRole("heading", { level: 1, name });
}

/** Says who should receive it. */
export async function fillAbout(page: Page, told: Told = TOLD): Promise<void> {
  await openSection(page, "Who should receive it");
  await goOn(page, "Yes, from the case, or because they or somebody else said so", "The force that employs them");
  await page.getByLabel("Which force do they work for?").selectOption(told.force);
  await toRank(page);
  await goOn(page, told.standing, "Check who can read it");
  await goOn(page, "No", "Tell us about a concern");
}

/** Goes on to how the person stands to those who would read it. */
export async function toRank(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(heading(page, "How the person stands to those who would read it")).toBeVisible();
}

/** Answers the one question of a page, and goes on to the page of this heading. */
export async function goOn(page: Page, answer: string, to: string): Promise<void> {
  await page.getByRole("radio", { name: answer, exact: true }).check();
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(heading(page, to)).toBeVisible();
}

/** Says how to be reached, whom it is about and what happened, where it stays. */
export async function fillAccount(page: Page, told: Told = TOLD): Promise<void> {
  await openSection(page, "You and your organisation");
  await page.getByLabel("How can the unit reach you safely?").fill(told.contact);
  await page.getByLabel("Mine").check();
  await saveSection(page);
  await openSection(page, "Who it is about");
  await page.getByRole("button", { name: "Add what I know about them" }).click();
  await page.getByLabel("Their name, or part of it").fill(told.who);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(heading(page, "Person 1: how to tell them from others")).toBeVisible();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await saveSection(page);
  await openSection(page, "What happened");
  await page.getByLabel("What have you been told, or seen?").fill(told.happened);
}

/** Waits until the server has the draft, and the page says so. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator(".candour-saved[aria-busy=false]").getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
}

/** Goes on from what happened to the check. */
export async function check(page: Page): Promise<void> {
  await saveSection(page);
  await page.getByRole("main").getByRole("link", { name: "Check your answers" }).click();
  await expect(heading(page, "Check your answers")).toBeVisible();
}

/** Opens the form and fills it up to the check. */
export async function fillAll(page: Page, told: Told = TOLD): Promise<void> {
  await begin(page);
  await fillAbout(page, told);
  await fillAccount(page, told);
  await check(page);
}

/** How the form says who can open a concern. Not how many: the people of a portal come and go in other tests of the worker. */
export function readBy(group: string): RegExp {
  return new RegExp(`Only the \\d+ members? of ${group}`);
}

/** Sends what was checked and gives the reference. */
export async function send(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  return reference(page);
}

/** Says that whoever opens a case has no connection with the people named in it. */
export async function declare(page: Page): Promise<void> {
  await expect(heading(page, "Do you know anybody named here?")).toBeVisible();
  await page.getByRole("button", { name: "I have no connection" }).click();
  await expect(page.getByRole("region", { name: "Before you act" })).toBeVisible();
}

/** Opens a case from the list, and declares no connection where that is asked. */
export async function openCase(page: Page, reference: string): Promise<void> {
  await page.getByRole("link", { name: reference }).click();
  const asked = heading(page, "Do you know anybody named here?");
  await expect(asked.or(page.getByRole("region", { name: "Before you act" }))).toBeVisible();
  if (await asked.isVisible()) await declare(page);
}

/** What the concern that was just sent is called. */
export async function reference(page: Page): Promise<string> {
  return (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).first().innerText()).trim();
}

/** Signs out by the page. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByRole("main").getByRole("button", { name: /^Sign out/ }).click();
  await expect(heading(page, "You are signed out")).toBeVisible();
}
