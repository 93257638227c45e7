import type { Page } from "@playwright/test";
import { begin, enter, fillAbout, fillAccount, heading, home, named, signIn, signOut, TOLD } from "../people.ts";
import { expect, test, visit } from "../portal.ts";

const happened = (page: Page) => page.getByLabel("What have you been told, or seen?");

async function fill(page: Page): Promise<void> {
  await begin(page);
  await fillAbout(page);
  await fillAccount(page);
}

test("leaving fast in one tab covers and leaves every other", async ({ page, context, portal }) => {
  const other = await context.newPage();
  await signIn(page, named(portal, "carys"));
  await fill(page);
  await visit(other, "/how-it-works");
  const leaving = page.waitForRequest(`${portal.address}/exit`);
  await other.getByRole("link", { name: "Exit this page" }).click();
  await leaving;
  await expect(happened(page)).toHaveCount(0);
  await expect(heading(page, "What happened")).toHaveCount(0);
});

test("a tab that shows what is the same for everybody leaves with the others", async ({ page, context, portal }) => {
  const other = await context.newPage();
  await visit(page, "/");
  await visit(other, "/sign-in");
  const leaving = page.waitForRequest(`${portal.address}/exit`);
  await other.getByRole("link", { name: "Exit this page" }).click();
  await leaving;
});

test("signing out in one tab does not disturb another where nobody is signed in", async ({ page, context, portal }) => {
  await signIn(page, named(portal, "jac"));
  const other = await context.newPage();
  await visit(other, "/sign-in");
  await other.getByLabel("Sign-in name").fill("carys");
  await signOut(page);
  // The word has long come when a later question is answered.
  await other.request.post("/api/session", { data: {}, headers: { "sec-fetch-site": "same-origin" } });
  await expect(heading(other, "Sign in")).toBeVisible();
  await expect(other.getByLabel("Sign-in name")).toHaveValue("carys");
});

test("signing out in one tab still ends the same session in another", async ({ page, context, portal }) => {
  const carys = named(portal, "carys");
  await signIn(page, carys);
  const other = await context.newPage();
  await signIn(other, carys);
  await fill(page);
  await signOut(other);
  await expect(heading(page, "Your session has ended")).toBeVisible();
  expect(await page.content()).not.toContain(TOLD.happened);
});

test("another account in another tab ends this one, and its form waits for its author", async ({ page, context, portal }) => {
  const [amina, beth] = [named(portal, "amina"), named(portal, "beth")];
  await signIn(page, amina);
  await fill(page);
  const other = await context.newPage();
  await signIn(other, beth);
  await expect(heading(page, "Your session has ended")).toBeVisible();
  await expect(page.getByText("signed in with another account")).toBeVisible();
  expect(await page.content()).not.toContain(TOLD.happened);

  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await enter(page, amina);
  await expect(happened(page)).toHaveValue(TOLD.happened);
  await expect(heading(other, "Your session has ended")).toBeVisible();
});

test("keys are not called wrong when it is the session that is another's", async ({ page, context, portal }) => {
  await page.addInitScript(() => delete (globalThis as any).BroadcastChannel);
  const [kate, lena] = [named(portal, "kate"), named(portal, "lena")];
  await signIn(page, kate);
  await page.getByRole("button", { name: "Lock" }).click();
  await expect(page.getByText("You are signed in as kate")).toBeVisible();
  const other = await context.newPage();
  await signIn(other, lena);
  await page.getByRole("textbox", { name: "Password" }).fill(kate.password);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByText("signed in with another account")).toBeVisible();
  await expect(heading(other, home(lena))).toBeVisible();
});
