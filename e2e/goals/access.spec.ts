import { fillAbout, fillAccount, heading, named, send, signIn, TOLD } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

const PUBLIC = ["/", "/how-it-works", "/sign-in", "/accessibility", "/licences", "/ended", "/nowhere", "/concerns", "/apply"];

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
  await page.locator(".candour-queue__link").first().click();
  await expect(heading(page, "A concern")).toBeVisible();
  await look(page);
  await signIn(page, named(portal, "nadia"));
  await look(page);
});
