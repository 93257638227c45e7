import { begin as open, check, fillAbout, fillAccount, heading, named, openSection, saved, send, signIn, TOLD } from "../people.ts";
import { axe, expect, test, visit } from "../portal.ts";

async function begin(page: import("@playwright/test").Page) {
  await open(page);
  await fillAbout(page);
  await fillAccount(page);
}

test("locking keeps an unfinished form, sealed, and brings it back", async ({ page, portal }) => {
  const beth = named(portal, "beth");
  await signIn(page, beth);
  await begin(page);
  await page.getByRole("button", { name: "Lock" }).click();
  await expect(heading(page, "Open your keys")).toBeVisible();
  expect(await page.content()).not.toContain(TOLD.happened);
  await page.getByRole("textbox", { name: "Password" }).fill(beth.password);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByLabel("What have you been told, or seen?")).toHaveValue(TOLD.happened);
});

test("a session that ends while somebody types warns first, and loses nothing", async ({ page, portal }) => {
  const beth = named(portal, "beth");
  await page.clock.install();
  await signIn(page, beth);
  await begin(page);
  await page.clock.runFor("24:00");
  // An answer that is still under way, such as to a draft's saving, counts as use of the session: then the warning comes that much later.
  const warning = page.getByRole("dialog");
  await expect(async () => {
    await page.clock.runFor("01:00");
    await expect(warning).toContainText("You are about to be signed out", { timeout: 200 });
  }).toPass({ timeout: 60_000, intervals: [0] });
  await axe(page);
  await warning.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toBeHidden();
  await expect(page.getByLabel("What have you been told, or seen?")).toHaveValue(TOLD.happened);

  await page.context().clearCookies();
  await page.clock.runFor("31:00");
  await expect(heading(page, "Your session has ended")).toBeVisible();
  await expect(page.getByText("What you wrote is sealed and kept in this window")).toBeVisible();
  expect(await page.content()).not.toContain(TOLD.happened);
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Sign-in name").fill(beth.name);
  await page.getByRole("textbox", { name: "Password" }).fill(beth.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("What have you been told, or seen?")).toHaveValue(TOLD.happened);
});

test("a session that the server ended is noticed on sending, and the form comes back", async ({ page, portal }) => {
  const amina = named(portal, "amina");
  await signIn(page, amina);
  await begin(page);
  // A draft that is still being saved would notice it first.
  await page.keyboard.press("Tab");
  await saved(page);
  await check(page);
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Your session has ended")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Sign-in name").fill(amina.name);
  await page.getByRole("textbox", { name: "Password" }).fill(amina.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(TOLD.happened).first()).toBeVisible();
});

test("leaving fast covers the page, ends the session and cannot be undone with Back", async ({ page, portal }) => {
  await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "<h1>Weather</h1>", contentType: "text/html" }));
  await signIn(page, named(portal, "beth"));
  await page.getByRole("main").locator("a", { hasText: "Tell us about a concern" }).click();
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Shift");
  await expect(page.getByText("Weather")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("link", { name: "Who should receive it" })).toHaveCount(0);
  await visit(page, "/concerns");
  await expect(heading(page, "Sign in to continue")).toBeVisible();

  await visit(page, "/");
  await page.getByRole("link", { name: "Exit this page" }).click();
  await expect(page.getByText("Weather")).toBeVisible();
});

test("a key hides the page while somebody comes past, and nothing behind it can be reached", async ({ page, portal }) => {
  await signIn(page, named(portal, "amina"));
  await open(page);
  await openSection(page, "What happened");
  const happened = page.getByLabel("What have you been told, or seen?");
  await happened.fill(TOLD.happened);
  await page.keyboard.press("F9");
  await expect(page.getByRole("dialog")).toContainText("This page is hidden.");
  await page.keyboard.type("Nobody reads this.");
  await page.keyboard.press("F9");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(happened).toHaveValue(TOLD.happened);
});

test("the way out stands in the warning before a session ends, too", async ({ page, portal }) => {
  await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "<h1>Weather</h1>", contentType: "text/html" }));
  await page.clock.install();
  await signIn(page, named(portal, "amina"));
  // An answer that is still under way counts as use of the session: then the warning comes that much later.
  const exit = page.getByRole("dialog").getByRole("link", { name: "Exit this page" });
  await expect(async () => {
    await page.clock.runFor("01:00");
    await expect(exit).toBeVisible({ timeout: 200 });
  }).toPass({ timeout: 60_000, intervals: [0] });
  await exit.click();
  await expect(page.getByText("Weather")).toBeVisible();
});

test("lost network and a lost answer: nothing is lost and nothing arrives twice", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await check(page);
  await page.route("**/api/append", (route) => route.abort());
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("We do not know whether it arrived")).toBeVisible();
  await axe(page);
  await page.unroute("**/api/append");

  const bodies: (Buffer | null)[] = [];
  await page.route("**/api/append", async (route) => {
    bodies.push(route.request().postDataBuffer());
    const answer = await route.fetch();
    if (bodies.length === 1) return route.abort();
    return route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("We do not know whether it arrived")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  expect(bodies).toHaveLength(2);
  expect(bodies[0]!.equals(bodies[1]!)).toBe(true);
  await page.unroute("**/api/append");
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await expect(page.getByText("Finding and opening")).toHaveCount(0);
});

test("a double click sends once", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await check(page);
  let appends = 0;
  page.on("request", (request) => (appends += request.url().endsWith("/api/append") ? 1 : 0));
  await page.getByRole("button", { name: "Seal and send" }).dblclick();
  await expect(heading(page, "Concern sent")).toBeVisible();
  expect(appends).toBe(1);
});

test("what cannot be taken is said beside its field, and nothing typed is lost", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  const happened = page.getByLabel("What have you been told, or seen?");
  const tries: [string, string][] = [
    ["a".repeat(20_001), "Shorten your answer to 20000 characters or fewer. It is 1 too long"],
    ["a\u0000b", "Remove characters that cannot be shown"],
    ["a\u202eb", "Remove characters that cannot be shown"],
    ["\ud800", "Remove characters that cannot be shown"],
    ["   ", "Write what you have been told or seen"],
  ];
  for (const [text, problem] of tries) {
    await happened.evaluate((field: HTMLTextAreaElement, value) => {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, text);
    await page.getByRole("button", { name: "Save and continue" }).click();
    await expect(page.locator(".govuk-error-summary")).toContainText(problem);
    await expect(page.locator(".govuk-error-message").filter({ hasText: problem })).toBeVisible();
  }
  await happened.fill(TOLD.happened);
  await check(page);
  await expect(page.getByText(TOLD.contact)).toBeVisible();
  await send(page);
});
