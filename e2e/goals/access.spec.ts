import type { Page } from "@playwright/test";
import { fillAbout, fillAccount, heading, named, send, signIn, TOLD } from "../people.ts";
import { axe, expect, test, visit } from "../portal.ts";

const PUBLIC = ["/", "/how-it-works", "/sign-in", "/accessibility", "/licences", "/ended", "/nowhere", "/concerns"];

/** How a person may have set up their screen. */
const SCREENS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { forcedColors: "active" },
} as const;

/** Every page and state that a test reaches is looked at in every setting, and at the width of 400 % zoom. */
async function look(page: Page): Promise<void> {
  for (const screen of Object.values(SCREENS)) {
    await page.emulateMedia({ colorScheme: null, forcedColors: null, ...screen });
    await axe(page);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  await page.setViewportSize(before!);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

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
  await expect(heading(page, "Who is it about?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await look(page);
  await fillAbout(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await look(page);
  await fillAccount(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Check your answers")).toBeVisible();
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
  await page.getByRole("main").getByRole("link").first().click();
  await expect(heading(page, "A concern")).toBeVisible();
  await look(page);
  await signIn(page, named(portal, "nadia"));
  await look(page);
});
