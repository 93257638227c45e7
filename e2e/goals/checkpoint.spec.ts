import { heading, named, signIn, signOut } from "../people.ts";
import { expect, look, startPortal, test } from "../portal.ts";

const DAY = 24 * 60 * 60 * 1000;

test("two administrators confirm where every list stands, and everybody follows it", async ({ browser }) => {
  // A portal of its own: what others change meanwhile is nothing that is counted here.
  const portal = await startPortal();
  const page = await browser.newPage({ baseURL: portal.address });
  await signIn(page, named(portal, "jac"));
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await page.getByText("Renew the keys").first().click();
  await page.getByRole("button", { name: "Renew them" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  await signOut(page);

  await signIn(page, named(portal, "nadia"));
  await page.getByRole("link", { name: "Weekly confirmation" }).click();
  await expect(heading(page, "Weekly confirmation")).toBeVisible();
  await expect(page.getByText("Not due yet")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "See what has changed" }).click();
  await expect(heading(page, "Sign this confirmation?")).toBeVisible();
  const moved = page.locator(".govuk-summary-list__row").filter({ hasText: "Gwent" });
  await expect(moved).toContainText("1 change. Now 2 members.");
  await expect(page.getByText("7 lists stand as they stood.")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Sign it, and leave it" }).click();
  await expect(page.getByText("You have signed this.")).toBeVisible();
  await look(page);
  await expect(page.getByRole("button", { name: "Sign it: I see the same" })).toHaveCount(0);
  await signOut(page);

  await signIn(page, named(portal, "omar"));
  await page.getByRole("link", { name: "Sign the weekly confirmation that nadia has made" }).click();
  await expect(page.getByText("nadia has signed this.")).toBeVisible();
  await expect(moved).toContainText("1 change. Now 2 members.");
  await look(page);
  await page.getByRole("button", { name: "Sign it: I see the same" }).click();
  await expect(page.getByText("Signed by two administrators.")).toBeVisible();
  await expect(page.getByRole("button", { name: "See what has changed" })).toBeVisible();
  await signOut(page);

  // Whoever signs in next is held to it, and sees nothing amiss.
  await signIn(page, named(portal, "kate"));
  await expect(page.getByText("Warning")).toHaveCount(0);
  await page.close();
  await portal.stop();
});

test("administrators are reminded after a week, and everybody is warned after a month", async ({ portal, browser }) => {
  const page = await browser.newPage({ baseURL: portal.address });
  await page.clock.setSystemTime(Date.now() + 8 * DAY);
  await signIn(page, named(portal, "omar"));
  await page.getByRole("link", { name: "Confirm where every list stands" }).click();
  await expect(page.getByText("Due now")).toBeVisible();
  await page.close();

  const later = await browser.newPage({ baseURL: portal.address });
  await later.clock.setSystemTime(Date.now() + 31 * DAY);
  await signIn(later, named(portal, "lena"));
  await expect(later.getByText("There is no recent confirmation by two administrators.")).toBeVisible();
  await look(later);
  await later.close();
});
