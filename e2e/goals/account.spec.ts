import type { Page } from "@playwright/test";
import { heading, named, signIn, signOut } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

const field = (page: Page) => page.getByRole("textbox", { name: /^(Password|New password|Type the six words|Recovery code)/ });

/** Confirms with the password that there is. */
async function confirm(page: Page, password: string, button: string): Promise<void> {
  await field(page).fill(password);
  await page.getByRole("button", { name: button }).click();
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await expect(heading(page, "Your account")).toBeVisible();
  await expect(page.getByText("Recovery code on paper")).toBeVisible();
}

test("a practitioner changes the password, and only the new one opens", async ({ page, portal }) => {
  const carys = named(portal, "carys");
  await signIn(page, carys);
  await openAccount(page);
  await look(page);
  await page.getByRole("link", { name: "Change your password" }).click();
  await confirm(page, "not the password", "Continue");
  await expect(page.getByRole("alert")).toBeVisible();
  await confirm(page, carys.password, "Continue");
  await expect(heading(page, "Choose a new password")).toBeVisible();
  for (const weak of ["short", "carys-carys-1"]) {
    await field(page).fill(weak);
    await page.getByRole("button", { name: "Change it" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
  }
  await look(page);
  const words = await page.locator("#proposed").innerText();
  expect(words.split(" ")).toHaveLength(6);
  await field(page).fill(words.toUpperCase());
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(heading(page, "Password changed")).toBeVisible();
  await look(page);
  await signOut(page);

  await visit(page, "/sign-in");
  await page.getByLabel("Sign-in name").fill(carys.name);
  await field(page).fill(carys.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn(page, { ...carys, password: words });

  // A practitioner may choose one, and others go on with the one that is printed.
  await openAccount(page);
  await page.getByRole("link", { name: "Change your password" }).click();
  await confirm(page, words, "Continue");
  await expect(heading(page, "Choose a new password")).toBeVisible();
  await field(page).fill(carys.password);
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(heading(page, "Password changed")).toBeVisible();
});

test("an assessor's new password is the six words, and nothing else", async ({ page, portal }) => {
  const iris = named(portal, "iris");
  await signIn(page, iris);
  await openAccount(page);
  await page.getByRole("link", { name: "Change your password" }).click();
  await confirm(page, iris.password, "Continue");
  await field(page).fill("a very long password of my own choice");
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByRole("link", { name: "Type the six words as they are shown" })).toBeVisible();
});

test("who forgets the password signs in with the recovery code, and sets a new one", async ({ page, portal }) => {
  const kate = named(portal, "kate");
  await signIn(page, kate);
  await openAccount(page);
  await page.getByRole("link", { name: "Make a new recovery code" }).click();
  await look(page);
  await confirm(page, kate.password, "Make a new code");
  await expect(heading(page, "Your recovery code")).toBeVisible();
  const words = await page.locator("#code li").allInnerTexts();
  expect(words).toHaveLength(12);
  await look(page);
  await signOut(page);

  await visit(page, "/sign-in");
  await page.getByRole("link", { name: "I have forgotten my password" }).click();
  await expect(heading(page, "Sign in with your recovery code")).toBeVisible();
  await look(page);
  await page.getByLabel("Sign-in name").fill(kate.name);
  await field(page).fill([...words.slice(0, 11), "zoo"].join(" "));
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await field(page).fill(words.join(" "));
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(heading(page, "Your account")).toBeVisible();
});

test("a session elsewhere is seen, and ended", async ({ page, portal, browser }) => {
  const jac = named(portal, "jac");
  const elsewhere = await browser.newPage({ baseURL: portal.address });
  await signIn(elsewhere, jac);
  await signIn(page, jac);
  await openAccount(page);
  await expect(page.getByText("Another browser or window")).toBeVisible();
  await page.getByRole("button", { name: "End this session" }).click();
  await expect(page.getByText("Another browser or window")).toHaveCount(0);
  await elsewhere.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await expect(heading(elsewhere, "Your session has ended")).toBeVisible();
  await elsewhere.close();
});

test("an invitation that is not there says so, and nothing else", async ({ page }) => {
  await visit(page, `/join/${"0".repeat(32)}#${"0".repeat(32)}.${"0".repeat(32)}`);
  await expect(heading(page, "This invitation cannot be used")).toBeVisible();
  expect(page.url()).not.toContain("#");
  await look(page);
});
