import { type Browser, type Page, test as base } from "@playwright/test";
import { heading } from "../people.ts";
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

/** Sets up the second step that staff must have, and opens the keys. */
async function settleIn(page: Page, password: string): Promise<void> {
  await page.getByRole("button", { name: "I have written everything down" }).click();
  const key = await page.locator("#secret").innerText();
  await page.getByLabel("Code", { exact: true }).fill(code(key));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I have written them down" }).click();
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}

/** An administrator comes by a link that whoever runs the portal makes, and is shown the key for the directory. */
async function administrator(browser: Browser, nothing: Nothing, name: string): Promise<{ page: Page; key: string }> {
  const page = await browser.newPage({ baseURL: nothing.address });
  const link = (await nothing.candour("admin", "invite")).trim();
  const password = await join(page, link, name);
  await expect(page.getByText("Then you are shown your signing key")).toBeVisible();
  await look(page);
  await settleIn(page, password);
  await expect(heading(page, "Administration")).toBeVisible();
  await expect(page.getByText("There is no directory yet, so nobody can be verified")).toBeVisible();
  const key = await page.locator("#own-key").innerText();
  expect(await nothing.candour("admin", "list")).toContain(key);
  return { page, key };
}

test("from an empty database and three root keys to a portal that works", async ({ browser, nothing }) => {
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
  await omar.page.getByRole("button", { name: "Look again" }).click();
  await expect(omar.page.getByRole("button", { name: "Look again" })).toHaveCount(0);

  // What a browser has verified is what the tool shows.
  await omar.page.getByRole("link", { name: "Compare the directory" }).click();
  await expect(heading(omar.page, "Compare the directory")).toBeVisible();
  const shown = await nothing.tool("directory", "show", "2.directory");
  expect(shown).toContain(await omar.page.locator("#hash").innerText());
  expect(shown).toContain(await omar.page.locator(".candour-words").first().innerText());
  await look(omar.page);

  // An older one is not published again.
  await expect(nothing.candour("directory", "publish", nothing.file("1.directory"))).rejects.toThrow(/older than the one seen before/);
  await visit(omar.page, "/how-it-works/directory");
});
