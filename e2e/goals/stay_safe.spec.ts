import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { fillAll, heading, home, named, openCase, send, signIn, signOut, TOLD } from "../people.ts";
import { alive, expect, look, type Portal, type SignIn, startPortal, test, visit } from "../portal.ts";
import { tool, writeRoots } from "../tool.ts";

const FORCE = "Gwent Police";

async function tell(page: Page, portal: Portal, happened: string): Promise<string> {
  await signIn(page, named(portal, "carys"));
  await fillAll(page, { ...TOLD, force: FORCE, happened });
  const reference = await send(page);
  await signOut(page);
  return reference;
}

async function opens(page: Page, reference: string, happened: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Concerns to open" }).click();
  await openCase(page, reference);
  await expect(page.getByText(happened).first()).toBeVisible();
}

async function openPeople(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await expect(heading(page, "People")).toBeVisible();
}

interface Newcomer {
  person: SignIn;
  words: string;
  code: string;
}

/** Somebody is invited by whoever leads at `page`, and makes an account. */
async function arrive(page: Page, browser: Browser, portal: Portal, name: string): Promise<Newcomer> {
  await openPeople(page);
  await page.getByText("Invite somebody").first().click();
  await page.getByLabel("Whom do you invite?").first().fill(name);
  await page.getByRole("button", { name: "Make an invitation" }).first().click();
  return answer(browser, portal, await page.locator("#link").innerText(), name);
}

/** Somebody takes an invitation up. */
async function answer(browser: Browser, portal: Portal, link: string, name: string): Promise<Newcomer> {
  const theirs = await browser.newPage({ baseURL: portal.address });
  await theirs.goto(link);
  await alive(theirs);
  await theirs.getByLabel("Sign-in name").fill(name);
  const password = await theirs.locator("#proposed").innerText();
  await theirs.getByRole("textbox", { name: /New password|six words/ }).fill(password);
  await theirs.getByRole("button", { name: "Make my account" }).click();
  await expect(heading(theirs, "Your account is made")).toBeVisible();
  const words = await theirs.locator("#compare").innerText();
  const code = (await theirs.locator("#code li").allInnerTexts()).join(" ");
  await theirs.close();
  return { person: { name, password, role: "assessor", place: "" }, words, code };
}

test("a unit takes in, lets go, loses and recovers, and reads on", async ({ browser }) => {
  test.setTimeout(900_000);
  const portal = await startPortal();
  const folder = await mkdtemp(join(tmpdir(), "candour-offline-"));
  const page = await browser.newPage({ baseURL: portal.address });
  const told = "He has asked her for a photograph, twice.";
  const first = await tell(page, portal, told);

  // A second assessor joins, and opens the same concern.
  await signIn(page, named(portal, "jac"));
  await opens(page, first, told);
  const nell = await arrive(page, browser, portal, "nell");
  await page.getByRole("button", { name: "Look for answers again" }).first().click();
  await page.getByRole("button", { name: "The six words are the same" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  const theirs = await browser.newPage({ baseURL: portal.address });
  await signIn(theirs, nell.person);
  await opens(theirs, first, told);

  // The first is removed, and cannot open the next one.
  const lead = await browser.newPage({ baseURL: portal.address });
  await signIn(lead, named(portal, "kate"));
  await openPeople(lead);
  const jac = lead.locator(".govuk-summary-list__row").filter({ hasText: "Leads" });
  await jac.getByRole("button", { name: "Remove" }).click();
  await lead.getByRole("button", { name: "Remove them" }).click();
  await expect(lead.getByText("Done. Everybody is shown the change")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Concerns to open" }).click();
  await expect(heading(page, "Your session has ended")).toBeVisible();
  const next = "Now he waits outside when she leaves work.";
  const second = await tell(page, portal, next);
  await visit(page, "/sign-in");
  await page.getByLabel("Sign-in name").fill("jac");
  await page.getByRole("textbox", { name: "Password" }).fill(named(portal, "jac").password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await signOut(theirs);
  await signIn(theirs, nell.person);
  await opens(theirs, second, next);

  // The second loses the password, and comes back by a passkey, then by the recovery code.
  const devices = await theirs.context().newCDPSession(theirs);
  await devices.send("WebAuthn.enable");
  const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true } as const;
  await devices.send("WebAuthn.addVirtualAuthenticator", { options });
  await theirs.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await theirs.getByRole("link", { name: "Your passkeys" }).click();
  await theirs.getByLabel("What will you call it?").fill("Laptop");
  await theirs.getByRole("button", { name: "Add a passkey" }).click();
  await expect(theirs.getByRole("status").filter({ hasText: "opens your keys" })).toBeVisible();
  await signOut(theirs);
  await visit(theirs, "/sign-in");
  await theirs.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(heading(theirs, home(nell.person))).toBeVisible();
  await opens(theirs, first, told);
  await signOut(theirs);
  await visit(theirs, "/recover");
  await theirs.getByLabel("Sign-in name").fill("nell");
  await theirs.getByRole("textbox", { name: /^Recovery code/ }).fill(nell.code);
  await theirs.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await theirs.getByRole("button", { name: "Use a passkey" }).click();
  await expect(heading(theirs, "Your account")).toBeVisible();
  await opens(theirs, second, next);

  // Custodians get kits from the offline machine, and the unit names their key.
  expect((await tool(folder, "recovery", "new", "--out", "kits", "--custodians", "A. Judge", "B. Clerk", "C. Bishop")).code).toBe(0);
  const line = (await readFile(join(folder, "kits", "recovery-public.txt"), "utf8")).trim();
  const drill = await tool(folder, "recovery", "check", "kits/kit-1.txt", "kits/kit-3.txt");
  expect(drill.code).toBe(0);
  await openPeople(lead);
  await lead.getByRole("link", { name: "Recovery" }).click();
  await expect(heading(lead, "Recovery")).toBeVisible();
  await look(lead);
  await lead.getByText("Name another recovery key").click();
  await lead.getByRole("button", { name: "Continue" }).click();
  await expect(lead.getByText("There is a problem")).toBeVisible();
  await look(lead);
  await lead.getByLabel("The public half").fill(line);
  await lead.getByRole("textbox", { name: "Custodians" }).fill("A. Judge\nB. Clerk\nC. Bishop");
  await lead.getByRole("button", { name: "Continue" }).click();
  await expect(heading(lead, "Name this recovery key?")).toBeVisible();
  const six = await lead.locator(".candour-words").first().innerText();
  expect(drill.text).toContain(six);
  await look(lead);
  await lead.getByRole("button", { name: "The words are the same: name it" }).click();
  await expect(lead.getByText("Done. Renew the keys of the group now.")).toBeVisible();
  await lead.getByRole("button", { name: "We did the drill today" }).click();
  await expect(lead.getByText("The drill is recorded.")).toBeVisible();
  await openPeople(lead);
  await lead.getByText("Renew the keys", { exact: true }).click();
  await lead.getByRole("button", { name: "Renew them" }).click();
  await expect(lead.getByText("Done. Everybody is shown the change")).toBeVisible();

  // Then everybody in it has lost everything: somebody new makes an account, and two custodians name them.
  await lead.close();
  await theirs.close();
  await signIn(page, named(portal, "nadia"));
  await page.getByRole("link", { name: "Recover a unit" }).click();
  await expect(heading(page, "Recover a unit")).toBeVisible();
  await expect(page.getByText("Choose a compartment above")).toBeVisible();
  await look(page);
  const compartment = { label: "Gwent Police Professional Standards Department" };
  await page.getByLabel("Compartment").selectOption(compartment);
  await page.getByLabel("Whom do you invite?").fill("Olwen");
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const olwen = await answer(browser, portal, await page.locator("#link").innerText(), "olwen");
  await page.getByRole("button", { name: "Look for answers again" }).click();
  await expect(page.getByText(olwen.words)).toBeVisible();
  await look(page);
  await signOut(page);
  const newcomer = await browser.newPage({ baseURL: portal.address });
  await signIn(newcomer, olwen.person);
  await openPeople(newcomer);
  await newcomer.getByRole("link", { name: "Recovery" }).click();
  await look(newcomer);
  await writeFile(join(folder, "members.toml"), await newcomer.locator("#own-keys").innerText());
  await writeRoots(newcomer, folder);
  await signOut(newcomer);

  await signIn(page, named(portal, "nadia"));
  await page.getByRole("link", { name: "Recover a unit" }).click();
  await expect(heading(page, "Recover a unit")).toBeVisible();
  await page.getByLabel("Compartment").selectOption(compartment);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file for the offline machine" }).click();
  await (await saving).saveAs(join(folder, "candour.export"));
  const verified = await tool(folder, "group", "verify", "candour.export", "--roots", "roots.toml");
  expect(verified.text).toContain("OK: everything holds.");
  expect(verified.code).toBe(0);
  const group = /Gwent[^\n]*\(group ([0-9a-f]{32})\)/.exec(verified.text)![1];
  const recover = ["recovery", "recover", "candour.export", "kits/kit-1.txt", "kits/kit-2.txt", "--group", group, "--members", "members.toml", "--roots", "roots.toml", "--out", "recovered"];
  const recovered = await tool(folder, ...recover);
  expect(recovered.code, recovered.text).toBe(0);

  await page.locator("#recovered").setInputFiles(join(folder, "roots.toml"));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await page.locator("#recovered").setInputFiles(join(folder, "recovered"));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Put these people in the place of all members?")).toBeVisible();
  await expect(page.getByText(olwen.words)).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Put them in" }).click();
  await expect(page.getByText("Done. Tell the new members")).toBeVisible();
  await signOut(page);

  // They open what came before, and everybody hears of it.
  await signIn(newcomer, olwen.person);
  await opens(newcomer, first, told);
  await opens(newcomer, second, next);
  await signIn(page, named(portal, "carys"));
  await expect(page.getByText("A unit's custodians have replaced all of its members")).toBeVisible();
  await page.close();
  await newcomer.close();
  await rm(folder, { recursive: true, force: true });
  await portal.stop();
});
