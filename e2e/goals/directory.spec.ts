import { heading, named, signIn } from "../people.ts";
import { expect, look, test } from "../portal.ts";

const DAY_MILLISECONDS = 24 * 3600 * 1000;

test("an administrator is warned before the directory expires, and told what to do", async ({ page, portal }) => {
  await page.clock.setFixedTime(Date.now() + 65 * DAY_MILLISECONDS);
  await signIn(page, named(portal, "omar"));
  await expect(page.getByText(/The directory expires in 2\d days. Have the next one signed now./)).toBeVisible();
  await look(page);
});

test("anybody compares the directory with paper, once their keys are open", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await page.getByRole("link", { name: "How it works" }).first().click();
  await page.getByRole("link", { name: "Compare the directory" }).click();
  await expect(heading(page, "Compare the directory")).toBeVisible();
  await expect(page.locator("#hash")).toHaveText(/^[0-9a-f]{64}$/);
  await look(page);
});
