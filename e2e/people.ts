import { expect, type Page } from "@playwright/test";
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
  standing: "None of these, or I do not know",
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
  await enter(page, person);
  await expect(heading(page, home(person))).toBeVisible();
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
  await expect(heading(page, "Who is it about?")).toBeVisible();
}

/** The first page that a person sees after signing in. */
export function home(person: SignIn): string {
  if (person.role === "practitioner") return "Your concerns";
  return person.role === "assessor" ? "Concerns to open" : "Administration";
}

export function heading(page: Page, name: string | RegExp) {
  return page.getByRole("heading", { level: 1, name });
}

/** Fills the first page of the form. */
export async function fillAbout(page: Page, told: Told = TOLD): Promise<void> {
  await page.getByLabel("Which force do they work for?").selectOption(told.force);
  await page.getByLabel(told.standing).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "What has happened?")).toBeVisible();
}

/** Fills the second page of the form. */
export async function fillAccount(page: Page, told: Told = TOLD): Promise<void> {
  await page.getByLabel("What have you been told, or seen?").fill(told.happened);
  await page.getByLabel("Yes, by a name or a number, even in part").check();
  await page.getByLabel("Their name, rank or number, as far as you know").fill(told.who);
  await page.getByLabel("The person affected told me").check();
  await page.getByRole("group", { name: "Does the person affected know" }).getByLabel("Yes").check();
  await page.getByLabel("I have not asked").check();
  await page.getByLabel("How can the unit reach you safely?").fill(told.contact);
  await page.getByLabel("Mine").check();
}

/** Opens the form and fills it up to the check. */
export async function fillAll(page: Page, told: Told = TOLD): Promise<void> {
  await begin(page);
  await fillAbout(page, told);
  await fillAccount(page, told);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Check your answers")).toBeVisible();
}

/** Sends what was checked and gives the reference. */
export async function send(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  return (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).first().innerText()).trim();
}

/** Signs out by the page. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByRole("main").getByRole("button", { name: /^Sign out/ }).click();
  await expect(heading(page, "You are signed out")).toBeVisible();
}
