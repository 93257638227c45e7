import { begin, check, fillAbout, fillAccount, heading, named, readBy, send, signIn, signOut } from "../people.ts";
import { expect, look, test } from "../portal.ts";

const GWENT = { force: "Gwent Police", standing: "None of these", happened: "He asks for her address.", who: "", contact: "By e-mail" };
const DAY = 24 * 60 * 60 * 1000;

test("what a unit aims for is published by its leads and told to whoever sends, in days", async ({ page, browser, portal }) => {
  await signIn(page, named(portal, "jac"));
  await page.getByRole("link", { name: "People" }).first().click();
  await page.getByRole("link", { name: "What your unit aims for" }).click();
  await expect(page.getByText("10 working days")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: /^Change what .* aims for$/ }).first().click();
  await page.getByLabel(/does a member open/).fill("soon");
  await page.getByLabel(/tell the practitioner/).fill("0");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.locator(".govuk-error-summary").getByRole("link")).toHaveCount(2);
  await look(page);
  await page.getByLabel(/does a member open/).fill("2");
  await page.getByLabel(/tell the practitioner/).fill("5");
  // Where it could not be published, what was typed stays.
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "connection" })).toBeVisible();
  await expect(page.getByLabel(/tell the practitioner/)).toHaveValue("5");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Published.")).toBeVisible();
  await expect(page.getByText("2 working days")).toBeVisible();
  await signOut(page);

  await signIn(page, named(portal, "carys"));
  await begin(page);
  await fillAbout(page, GWENT);
  await fillAccount(page, GWENT);
  await check(page);
  await expect(page.getByText(readBy("Gwent"))).toBeVisible();
  await expect(page.getByText("They aim to open it within 2 working days, and to tell you what was decided within 5 working days.")).toBeVisible();
  const reference = await send(page);
  await expect(page.getByText(/Gwent.* aims to open it by \d+ \w+ 20\d\d, and to tell you by \d+ \w+ 20\d\d what was decided/)).toBeVisible();
  await page.getByRole("link", { name: "Read it again" }).click();
  await expect(page.getByText(/aims to open this by \d+ \w+ 20\d\d\./)).toBeVisible();
  await look(page);

  // Some days later nobody has opened it.
  const later = await browser.newPage({ baseURL: portal.address });
  await later.clock.setFixedTime(new Date(Date.now() + 9 * DAY));
  await signIn(later, named(portal, "carys"));
  await later.getByRole("link", { name: reference }).click();
  await expect(later.getByText(/aimed to open this by \d+ \w+ 20\d\d, and nobody there has/)).toBeVisible();
  await look(later);
  await later.close();
});

test("where two leads sign, what a group aims for waits for the other", async ({ page, portal }) => {
  await signIn(page, named(portal, "farah"));
  await page.goto("/unit/aims");
  await expect(heading(page, "Open your keys")).toBeVisible();
  await page.getByRole("textbox", { name: "Password" }).fill(named(portal, "farah").password);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByText("has not said what it aims for")).toBeVisible();
  await page.getByRole("button", { name: /^Change what .* aims for$/ }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Another lead has to sign it")).toBeVisible();
});
