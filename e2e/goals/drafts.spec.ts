import type { Page } from "@playwright/test";
import { begin, check, fillAbout, fillAccount, fillAll, heading, named, openCase, openSection, reference, saved, saveSection, send, signIn, signOut, TOLD } from "../people.ts";
import { axe, expect, look, test, visit } from "../portal.ts";

const happened = (page: Page) => page.getByLabel("What have you been told, or seen?");

/** Leaves the field, and waits until the server has everything. */
async function left(page: Page): Promise<void> {
  await happened(page).blur();
  await saved(page);
}

/** What is in the list of drafts, by its name. */
const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });

async function name(page: Page, label: string): Promise<void> {
  const field = page.getByLabel("What do you call it?");
  if (!(await field.isVisible())) await page.getByText("Name this draft").click();
  await field.fill(label);
}

/** Fills a form halfway and waits until the server has it. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await begin(page);
  await openSection(page, "What happened");
  await name(page, label);
  await happened(page).fill(text);
  await left(page);
}

test("a draft is saved as it is written, and goes on on another device", async ({ page, portal, browser }) => {
  const amina = named(portal, "amina");
  await signIn(page, amina);
  await write(page, "the Tuesday one", TOLD.happened);
  await axe(page);
  await look(page);

  const elsewhere = await browser.newPage({ baseURL: portal.address });
  await signIn(elsewhere, amina);
  await expect(row(elsewhere, "the Tuesday one")).toContainText("28 days left");
  await look(elsewhere);
  await elsewhere.getByRole("button", { name: "Continue the Tuesday one" }).click();
  await openSection(elsewhere, "What happened");
  await expect(happened(elsewhere)).toHaveValue(TOLD.happened);
  await saveSection(elsewhere);
  await fillAbout(elsewhere);
  await fillAccount(elsewhere);
  await check(elsewhere);
  await send(elsewhere);
  await elsewhere.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await expect(elsewhere.getByText("Stored for the unit").first()).toBeVisible();
  await expect(row(elsewhere, "the Tuesday one")).toHaveCount(0);
  await elsewhere.close();
});

test("of two windows the later one is told, and can be used instead", async ({ page, context, portal }) => {
  const beth = named(portal, "beth");
  await signIn(page, beth);
  await write(page, "twice", "as it was");
  const other = await context.newPage();
  await signIn(other, beth);
  await other.getByRole("button", { name: "Continue twice" }).click();
  await openSection(other, "What happened");
  await expect(happened(other)).toHaveValue("as it was");
  await happened(page).fill("in the first window");
  await left(page);
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await expect(heading(page, "Your concerns")).toBeVisible();
  await happened(other).fill("in the second window");
  await happened(other).blur();
  await expect(other.getByText("This draft is open in another window")).toBeVisible();
  await axe(other);
  await other.getByRole("button", { name: "Use this one" }).click();
  await saved(other);
  await visit(page, "/concerns");
  await page.getByRole("textbox", { name: "Password" }).fill(beth.password);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("button", { name: "Continue twice" }).click();
  await openSection(page, "What happened");
  await expect(happened(page)).toHaveValue("in the second window");

  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("link", { name: "Delete twice" }).click();
  await expect(heading(page, "Delete a draft")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Delete this draft" }).click();
  await expect(heading(page, "Your concerns")).toBeVisible();
  await expect(row(page, "twice")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Tell us about a concern" })).toBeVisible();
});

test("a lost connection and a lost answer lose nothing, and several drafts stay apart", async ({ page, portal }) => {
  const carys = named(portal, "carys");
  await signIn(page, carys);
  await write(page, "first", "the first draft");
  const bodies: Buffer[] = [];
  await page.route("**/api/drawer?*", async (route) => {
    bodies.push(route.request().postDataBuffer()!);
    // The first never arrives; of the second the answer is lost.
    if (bodies.length === 1) return route.abort();
    const answer = await route.fetch();
    return bodies.length === 2 ? route.abort() : route.fulfill({ response: answer });
  });
  await happened(page).fill("the first draft, longer");
  await happened(page).blur();
  await expect(page.getByText("Not saved: you are offline. We will try again.")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => bodies.length).toBe(2);
  await expect(page.getByText("Not saved: you are offline. We will try again.")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await left(page);
  expect(bodies.every((body) => body.equals(bodies[0]!))).toBe(true);
  await page.unroute("**/api/drawer?*");

  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("button", { name: "Start another" }).click();
  await openSection(page, "What happened");
  await name(page, "second");
  await happened(page).fill("the second draft");
  await left(page);
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("button", { name: "Continue first" }).click();
  await openSection(page, "What happened");
  await expect(happened(page)).toHaveValue("the first draft, longer");
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("button", { name: "Continue second" }).click();
  await openSection(page, "What happened");
  await expect(happened(page)).toHaveValue("the second draft");
});

// Scenario 12 of the domain reference: a browser that fails after "Send", and a manager who tells of the same.
test("a draft that outlives its sending is not sent twice, and what two people tell is kept twice", async ({ page, portal }) => {
  const beth = named(portal, "beth");
  await signIn(page, beth);
  await write(page, "outlives", TOLD.happened);
  await saveSection(page);
  await fillAbout(page);
  await fillAccount(page);
  await check(page);
  // The concern arrives; neither that nor the deletion of its draft is heard of.
  let appends = 0;
  await page.route("**/api/append", async (route) => {
    appends += 1;
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("We do not know whether it arrived")).toBeVisible();
  await page.unroute("**/api/append");

  const elsewhere = await page.context().browser()!.newPage({ baseURL: portal.address });
  await signIn(elsewhere, beth);
  await elsewhere.getByRole("button", { name: "Continue outlives" }).click();
  await expect(heading(elsewhere, "Concern sent")).toBeVisible();
  const first = await reference(elsewhere);
  await elsewhere.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await expect(elsewhere.getByText("Stored for the unit").first()).toBeVisible();
  await expect(row(elsewhere, "outlives")).toHaveCount(0);
  expect(appends).toBe(1);

  await page.close();
  await signOut(elsewhere);
  await signIn(elsewhere, named(portal, "amina"));
  await fillAll(elsewhere);
  const second = await send(elsewhere);
  expect(second).not.toBe(first);
  await signOut(elsewhere);
  await signIn(elsewhere, named(portal, "dev"));
  for (const one of [first, second]) {
    await expect(elsewhere.getByRole("link", { name: one })).toHaveCount(1);
    await openCase(elsewhere, one);
    await expect(elsewhere.getByText(TOLD.happened)).toBeVisible();
    await elsewhere.getByRole("navigation").getByRole("link", { name: "Concerns to open" }).click();
  }
  await signOut(elsewhere);
  for (const [name, own, others] of [["beth", first, second], ["amina", second, first]] as const) {
    await signIn(elsewhere, named(portal, name));
    await expect(row(elsewhere, own)).toContainText("Opened by the unit");
    await expect(row(elsewhere, others)).toHaveCount(0);
    await signOut(elsewhere);
  }
  await elsewhere.close();
});

test("what another window or another concern did meanwhile is not taken for this draft", async ({ page, portal }) => {
  const carys = named(portal, "carys");
  await signIn(page, carys);
  await write(page, "taken", TOLD.happened);
  await saveSection(page);
  await fillAbout(page);
  await fillAccount(page);
  await check(page);
  await page.route("**/api/append", (route) => route.abort());
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("We do not know whether it arrived")).toBeVisible();
  await page.unroute("**/api/append");

  // It did not arrive, and another concern takes the place that it was sealed for: the draft is none that was sent.
  const elsewhere = await page.context().browser()!.newPage({ baseURL: portal.address });
  await signIn(elsewhere, carys);
  await fillAll(elsewhere, { ...TOLD, happened: "Something else." });
  await send(elsewhere);
  await elsewhere.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await elsewhere.getByRole("button", { name: "Continue taken" }).click();
  await openSection(elsewhere, "What happened");
  await expect(happened(elsewhere)).toHaveValue(TOLD.happened);
  await happened(elsewhere).fill("Told once more, elsewhere.");
  await saved(elsewhere);
  await elsewhere.getByRole("button", { name: "Save and continue" }).click();
  await expect(heading(elsewhere, "Check your answers")).toBeVisible();
  await expect(elsewhere.locator(".candour-saved[aria-busy=false]")).toBeVisible();

  // Nothing is sent of what another window has changed.
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("link", { name: "Something else was stored in its place meanwhile" })).toBeVisible();
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("open in another window");
  await look(page);
  await page.getByRole("button", { name: "Use the other one" }).click();
  await expect(page.getByText("Told once more, elsewhere.")).toBeVisible();

  // And nothing is sent twice: the other window still shows it.
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  await elsewhere.getByRole("button", { name: "Seal and send" }).click();
  await expect(elsewhere.locator(".govuk-error-summary")).toContainText("open in another window");
  await elsewhere.getByRole("button", { name: "Use the other one" }).click();
  await expect(elsewhere.getByText("sent or deleted in another window")).toBeVisible();
  await look(elsewhere);
  await elsewhere.close();
});
