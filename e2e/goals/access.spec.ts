import { check, declare, fillAbout, fillAccount, heading, named, openSection, send, signIn, tasks, TOLD } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

/** The sections that cannot be left empty. */
const NEEDED = ["Who should receive it", "What happened", "You and your organisation"];

/** Answers that open more of a section. */
const OPENING = ["Yes, or it may come to that soon", "Between two days, or from one day on", "A child, under 18", "I have not asked", "Never"];

const PUBLIC = ["/", "/how-it-works", "/guidance", "/privacy", "/sign-in", "/accessibility", "/licences", "/ended", "/nowhere", "/concerns", "/apply"];

for (const prefix of ["", "/cy"]) {
  test(`public pages under "${prefix}/" have no barriers`, async ({ page }) => {
    for (const path of PUBLIC) {
      await visit(page, prefix + path);
      await look(page);
      await expect(page.locator("html")).toHaveAttribute("lang", prefix ? "cy" : "en");
    }
  });
}

test("the practitioner's pages have no barriers, in every state", async ({ page, portal }) => {
  await visit(page, "/sign-in");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await look(page);
  await signIn(page, named(portal, "amina"));
  await look(page);
  await page.getByRole("main").locator("a", { hasText: "Tell us about a concern" }).click();
  await expect(tasks(page)).toBeVisible();
  await look(page);
  for (const name of await page.locator(".govuk-task-list__link").allInnerTexts()) {
    await openSection(page, name);
    for (const answer of OPENING) {
      const choice = page.getByLabel(answer, { exact: true });
      if (await choice.count()) await choice.check();
    }
    await look(page);
    await page.getByRole("button", { name: "Save and continue" }).click();
    if (NEEDED.includes(name)) {
      await expect(page.getByText("There is a problem")).toBeVisible();
      await look(page);
      await page.getByRole("link", { name: "Back to the list of sections" }).click();
    }
    await expect(tasks(page)).toBeVisible();
  }
  await fillAbout(page);
  await fillAccount(page);
  await check(page);
  await look(page);
  await send(page);
  await look(page);
  await page.getByRole("link", { name: "Read it again" }).click();
  await expect(page.getByText(TOLD.happened).first()).toBeVisible();
  await look(page);
  await page.reload();
  await expect(heading(page, "Open your keys")).toBeVisible();
  await look(page);
});

test("the assessor's and the administrator's pages have no barriers", async ({ page, portal }) => {
  await signIn(page, named(portal, "dev"));
  await look(page);
  await page.locator(".candour-queue__link").last().click();
  const asked = heading(page, "Do you know anybody named here?");
  const read = page.getByRole("region", { name: "Before you act" });
  await expect(asked.or(read)).toBeVisible();
  await look(page);
  if (await asked.isVisible()) await declare(page);
  await expect(read).toBeVisible();
  await look(page);
  await signIn(page, named(portal, "nadia"));
  await look(page);
});
