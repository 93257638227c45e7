import { begin, goOn, named, openSection, signIn, toRank } from "../people.ts";
import { axe, expect, test } from "../portal.ts";

test("who is close to a unit without a sealed group is led to other ways, never to another answer", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await openSection(page, "Who should receive it");
  await goOn(page, "Yes, from the case, or because they or somebody else said so", "The force that employs them");
  await page.getByLabel("Which force do they work for?").selectOption("Gwent Police");
  await toRank(page);
  await goOn(page, "Somebody who is close to a person who works there", "Nobody can read it here yet");
  const main = page.getByRole("main");
  await expect(main).toContainText("cannot reach anybody who is safe to tell");
  await expect(main).not.toContainText(/another answer|choose/i);
  await expect(main.getByRole("link", { name: "0800 085 0000" })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await goOn(page, "None of these", "Check who can read it");

  // Somebody among them must not read it, and there is nobody else: other ways again, and it cannot be gone on with.
  await page.getByRole("radio", { name: "Yes", exact: true }).check();
  await expect(main.getByRole("link", { name: "0800 085 0000" })).toBeVisible();
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Everybody else whom this portal could reach");
  await axe(page);
});
