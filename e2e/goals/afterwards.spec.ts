import type { Page } from "@playwright/test";
import { begin, check, fillAbout, fillAccount, heading, named, openCase, openSection, readBy, saveSection, send, signIn, signOut } from "../people.ts";
import { expect, look, test } from "../portal.ts";

// Scenarios 9 and 15 of the domain reference: somebody who does not agree, and a withdrawal.
test("whoever does not agree is never contacted, and a withdrawal changes that for nobody", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await fillAbout(page, { force: "Gwent Police", standing: "None of these", happened: "", who: "", contact: "" });
  await openSection(page, "What they know and agree to");
  await page.getByRole("group", { name: "Do they agree?" }).getByLabel("No", { exact: true }).check();
  await page.getByLabel("There is a risk to the person affected").check();
  await page.getByLabel("Is there anything to add about that?").fill("She might harm herself if somebody comes.");
  await saveSection(page);
  await openSection(page, "Contacting the person affected");
  await page.getByLabel("Never", { exact: true }).check();
  await saveSection(page);
  await fillAccount(page);
  await check(page);
  const reference = await send(page);
  await signOut(page);

  await signIn(page, named(portal, "jac"));
  await openCase(page, reference);
  const safety = page.getByRole("region", { name: "Before you act" });
  await expect(safety).toContainText("Do not contact the person affected.");
  await expect(page.getByText("She might harm herself if somebody comes.")).toBeVisible();
  await expect(page.getByText(/complaint/i)).toHaveCount(0);
  await look(page);
  await signOut(page);

  await signIn(page, named(portal, "carys"));
  await page.getByRole("link", { name: reference }).click();
  await page.getByRole("link", { name: "Add information" }).click();
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Write what you want to add");
  await look(page);
  await expect(page.getByText(readBy("Gwent"))).toBeVisible();
  const more = page.getByLabel("What do you want to add?");
  await more.fill("He telephoned her again on Sunday.");
  await lockAndOpen(page, named(portal, "carys").password);
  await expect(more).toHaveValue("He telephoned her again on Sunday.");

  // It arrives, but that is not heard of; and the vault that sealed it is gone before it is sent again.
  await page.route("**/api/append", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("We do not know whether it arrived")).toBeVisible();
  await page.unroute("**/api/append");
  await lockAndOpen(page, named(portal, "carys").password);
  await expect(more).toBeDisabled();
  await expect(more).toHaveValue("He telephoned her again on Sunday.");
  await look(page);
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Your concern")).toBeVisible();
  await expect(page.getByText("He telephoned her again on Sunday.")).toHaveCount(1);
  await page.getByRole("link", { name: "Withdraw this concern" }).click();
  await expect(page.getByText("It cannot be erased.")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Withdraw this concern" }).click();
  await expect(page.getByText("Withdrawn", { exact: true })).toBeVisible();
  await look(page);
  await signOut(page);

  await signIn(page, named(portal, "jac"));
  await openCase(page, reference);
  await expect(page.getByText("He telephoned her again on Sunday.")).toBeVisible();
  await expect(safety).toContainText("The practitioner has withdrawn this concern.");
  await expect(safety).toContainText("Do not contact the person affected.");
  await expect(heading(page, "A concern")).toBeVisible();
});

async function lockAndOpen(page: Page, password: string) {
  await page.getByRole("button", { name: "Lock" }).click();
  await expect(heading(page, "Open your keys")).toBeVisible();
  expect(await page.content()).not.toContain("He telephoned her again");
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Open" }).click();
}
