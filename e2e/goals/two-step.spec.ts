import type { Page } from "@playwright/test";
import { enter, heading, home, named, signIn, signOut } from "../people.ts";
import { alive, expect, look, startPortal, test, visit } from "../portal.ts";
import { code } from "../totp.ts";

/** Answers the question for a code. */
async function answer(page: Page, typed: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(typed);
  await page.keyboard.press("Enter");
}

/** Reads the key, proves it, and gives it with the code that is used now, and the backup codes. */
async function setUp(page: Page): Promise<{ key: string; used: string; codes: string[] }> {
  await expect(heading(page, "Set up codes from an app")).toBeVisible();
  const key = await page.locator("#secret").innerText();
  const used = code(key);
  await answer(page, used);
  await expect(heading(page, "Your backup codes")).toBeVisible();
  return { key, used, codes: await page.locator("#codes li").allInnerTexts() };
}

async function openTwoStep(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await page.getByRole("link", { name: "Change the second step" }).click();
  await expect(heading(page, "Second step when you sign in")).toBeVisible();
}

test("a practitioner sets up codes, signs in with them, and goes without again", async ({ page, portal }) => {
  const beth = named(portal, "beth");
  await signIn(page, beth);
  await openTwoStep(page);
  await look(page);
  await page.getByRole("button", { name: "Set up codes from an app" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  await look(page);
  await answer(page, "000000");
  await expect(page.getByRole("alert")).toContainText("This code is not right");
  await look(page);
  const { key, used, codes } = await setUp(page);
  expect(new Set(codes).size).toBe(10);
  await look(page);
  await page.getByRole("button", { name: "I have written them down" }).click();
  await expect(page.getByText("Backup codes left")).toBeVisible();
  await look(page);
  await signOut(page);

  await visit(page, "/sign-in");
  await enter(page, beth);
  await expect(heading(page, "Enter a code")).toBeVisible();
  await look(page);
  await answer(page, used);
  await expect(page.getByRole("alert")).toContainText("used before");
  await answer(page, code(key, 1));
  await expect(heading(page, home(beth))).toBeVisible();
  await signOut(page);

  // Half way in, a page that is loaded again goes on where it was; the keys are opened with the password.
  await visit(page, "/sign-in");
  await enter(page, beth);
  await expect(heading(page, "Enter a code")).toBeVisible();
  await visit(page, "/account");
  await answer(page, codes[0].toLowerCase().replaceAll("-", " "));
  await expect(heading(page, "Open your keys")).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill(beth.password);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(heading(page, "Your account")).toBeVisible();

  await openTwoStep(page);
  await expect(page.getByText("9", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Make new backup codes" }).click();
  await expect(heading(page, "Your backup codes")).toBeVisible();
  const renewed = await page.locator("#codes li").allInnerTexts();
  expect(renewed).not.toContain(codes[1]);
  await page.getByRole("button", { name: "I have written them down" }).click();
  await page.getByRole("link", { name: "Sign in without codes" }).click();
  await expect(heading(page, "Sign in without codes")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Stop asking for codes" }).click();
  await expect(page.getByRole("button", { name: "Set up codes from an app" })).toBeVisible();
});

test("staff set up a second step before anything else", async ({ browser }) => {
  const strict = await startPortal(undefined, ["--second-step"]);
  try {
    const page = await browser.newPage({ baseURL: strict.address });
    const nadia = named(strict, "nadia");
    await visit(page, "/sign-in");
    await enter(page, nadia);
    await expect(page.getByText("Your account needs a second step.")).toBeVisible();
    await look(page);
    // Wherever they go, it is asked first.
    await visit(page, "/admin");
    await expect(page.getByText("Your account needs a second step.")).toBeVisible();
    await visit(page, "/sign-in");
    await enter(page, nadia);
    await expect(page.getByText("Your account needs a second step.")).toBeVisible();
    await page.getByRole("button", { name: "Use codes from an app instead" }).click();
    await look(page);
    await page.getByRole("button", { name: "Use a passkey instead" }).click();
    await expect(heading(page, "Set up a passkey")).toBeVisible();
    await page.getByRole("button", { name: "Use codes from an app instead" }).click();
    await setUp(page);
    await page.getByRole("button", { name: "I have written them down" }).click();
    await expect(heading(page, home(nadia))).toBeVisible();
    await openTwoStep(page);
    await expect(page.getByText("so it cannot be turned off")).toBeVisible();
    await page.close();
  } finally {
    await strict.stop();
  }
});

test("who is asked again answers in place, and nothing typed is lost", async ({ page, portal }) => {
  const carys = named(portal, "carys");
  await signIn(page, carys);
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await page.getByRole("link", { name: "Change your password" }).click();
  await page.getByRole("textbox", { name: "Password" }).fill(carys.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Choose a new password")).toBeVisible();
  // As a server does whose session was confirmed too long ago.
  const sent: string[] = [];
  await page.route("**/api/store_ways", async (route) => {
    sent.push(route.request().postData()!);
    if (sent.length > 1) return route.continue();
    const headers = { "content-type": "application/json", serverfnerror: "/api/store_ways" };
    await route.fulfill({ status: 403, headers, body: JSON.stringify("unconfirmed") });
  });
  await page.getByRole("textbox", { name: "New password" }).fill("a long evening by the quiet sea");
  await page.getByRole("button", { name: "Change it" }).click();
  const dialog = page.getByRole("dialog", { name: "Show that it is you" });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Password" })).toBeFocused();
  await look(page);
  await dialog.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await look(page);
  await dialog.getByRole("textbox", { name: "Password" }).fill(carys.password);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Password changed")).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(sent[1]).toBe(sent[0]);

  // Who does not want to is told, and can try again.
  await signOut(page);
  await signIn(page, { ...carys, password: "a long evening by the quiet sea" });
  await openTwoStep(page);
  await page.route("**/api/begin_totp", async (route) => {
    const headers = { "content-type": "application/json", serverfnerror: "/api/begin_totp" };
    await route.fulfill({ status: 403, headers, body: JSON.stringify("unconfirmed") });
  });
  await page.getByRole("button", { name: "Set up codes from an app" }).click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Confirm that it is you, then try again.")).toBeVisible();
  await page.unroute("**/api/begin_totp");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("#secret")).toBeVisible();
  await alive(page);
});
