import { begin, named, signIn } from "../people.ts";
import { axe, expect, test } from "../portal.ts";

test("who is close to a unit without a sealed group is led to other ways, never to another answer", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await page.getByLabel("Which force do they work for?").selectOption("Gwent Police");
  await page.getByLabel("They are senior, work in professional standards").check();
  await page.getByRole("button", { name: "Continue" }).click();
  const summary = page.locator(".govuk-error-summary");
  await expect(summary).toContainText("cannot reach anybody who is safe to tell");
  await expect(summary).not.toContainText(/answer|choose/i);
  const question = page.getByRole("group", { name: "How does the person stand" });
  await expect(question.getByRole("link", { name: "0800 085 0000" })).toBeVisible();
  await axe(page);
  await page.getByLabel("None of these, or I do not know").check();
  await expect(question.getByRole("link", { name: "0800 085 0000" })).toHaveCount(0);
});
