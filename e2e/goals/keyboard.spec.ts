import { saveByKeys, tabTo } from "../keyboard.ts";
import { heading, named, signIn, TOLD } from "../people.ts";
import { expect, test, visit } from "../portal.ts";

test("the whole of it with a keyboard alone", async ({ page, portal }) => {
  const carys = named(portal, "carys");
  await visit(page, "/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();

  await tabTo(page, /Tell us about a concern/);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Sign in to continue")).toBeFocused();
  await tabTo(page, /^Sign in/);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Sign in")).toBeFocused();
  await tabTo(page, /Sign-in name/);
  await page.keyboard.type(carys.name);
  await tabTo(page, /Password/);
  await page.keyboard.type(carys.password);
  await page.keyboard.press("Enter");

  await expect(heading(page, "Tell us about a concern")).toBeVisible();
  await tabTo(page, /Who should receive it/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Yes, from a uniform/);
  await page.keyboard.press("Space");
  await saveByKeys(page, "The force that employs them");
  await tabTo(page, /Which force/);
  await page.keyboard.type("Avon");
  await saveByKeys(page, "How the person stands to those who would read it");
  await tabTo(page, /^None of these/);
  await page.keyboard.press("Space");
  await saveByKeys(page, "Check who can read it");
  await tabTo(page, /^Yes/);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await saveByKeys(page);

  await tabTo(page, /^What happened/);
  await page.keyboard.press("Enter");
  await tabTo(page, /What have you been told/);
  await page.keyboard.type(TOLD.happened);
  await saveByKeys(page);
  await tabTo(page, /You and your organisation/);
  await page.keyboard.press("Enter");
  await tabTo(page, /How can the unit reach/);
  await page.keyboard.type(TOLD.contact);
  await tabTo(page, /^Mine/);
  await page.keyboard.press("Space");
  await saveByKeys(page);
  await tabTo(page, /Check your answers/);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Check your answers")).toBeFocused();
  await tabTo(page, /Seal and send/);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Concern sent")).toBeFocused();
});

test("an error takes the focus to its summary, and its link to the field", async ({ page }) => {
  await visit(page, "/sign-in");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await page.getByRole("link", { name: "Enter your sign-in name" }).click();
  await expect(page.getByLabel("Sign-in name")).toBeFocused();
});

test("a new page is announced and takes the focus", async ({ page }) => {
  await visit(page, "/sign-in");
  await page.getByRole("contentinfo").getByRole("link", { name: "Accessibility" }).click();
  await expect(heading(page, "Accessibility")).toBeFocused();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("nothing says that it is a button and is a link", async ({ page }) => {
  await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "<h1>Weather</h1>", contentType: "text/html" }));
  await visit(page, "/");
  await expect(page.locator("a[role=button]")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Tell us about a concern" })).toBeVisible();
  await page.getByRole("link", { name: "Exit this page" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Weather")).toBeVisible();
});

test("locking on a page that stays says so and keeps the focus in it", async ({ page, portal }) => {
  await signIn(page, named(portal, "omar"));
  await page.getByRole("contentinfo").getByRole("link", { name: "How it works" }).click();
  await expect(heading(page, "How it works")).toBeFocused();
  await page.getByRole("button", { name: "Lock" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#status")).toHaveText("Your keys are locked.");
  await expect(heading(page, "How it works")).toBeFocused();
  await page.getByRole("navigation").getByRole("link", { name: "Administration" }).click();
  await expect(heading(page, "Open your keys")).toBeFocused();
});
