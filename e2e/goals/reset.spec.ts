import { heading, named, signIn, signOut } from "../people.ts";
import { alive, expect, look, startPortal, test } from "../portal.ts";

test("somebody who has lost everything comes back with new keys, and is told what they cannot read", async ({ browser }) => {
  test.setTimeout(360_000);
  const portal = await startPortal();
  const page = await browser.newPage({ baseURL: portal.address });

  // One administrator asks.
  await signIn(page, named(portal, "nadia"));
  await page.getByRole("link", { name: "Lost keys" }).click();
  await expect(heading(page, "Lost keys")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("There is a problem")).toBeVisible();
  await look(page);
  await page.getByLabel("Sign-in name").fill("beth");
  await page.getByLabel("Everything that opens their keys").check();
  await page.getByLabel("How did you make sure that it is them?").fill("Rang her at the refuge.");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Ask for this reset?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Go back" }).click();
  await expect(page.getByLabel("Sign-in name")).toHaveValue("beth");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Ask for it" }).click();
  await expect(page.getByText("Asked. Another administrator has to confirm it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Look at it, and confirm" })).toHaveCount(0);
  await look(page);
  await signOut(page);

  // Another confirms.
  await signIn(page, named(portal, "omar"));
  await page.getByRole("link", { name: "Confirm a reset for beth" }).click();
  await expect(page.getByText("Rang her at the refuge.")).toBeVisible();
  await page.getByRole("button", { name: "Look at it, and confirm" }).click();
  await expect(heading(page, "Give up these keys?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Give up the keys" }).click();
  await expect(page.getByText("Done. Tell a lead of their group")).toBeVisible();
  await signOut(page);

  // The lead lets the old keys go, and invites her again.
  await signIn(page, named(portal, "amina"));
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await expect(page.getByText("Somebody has lost everything that opened their keys.")).toBeVisible();
  await look(page);
  const lost = page.locator(".govuk-summary-list__row").filter({ hasText: "Has lost their keys" });
  await lost.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove them" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  await page.getByText("Invite somebody").first().click();
  await page.getByLabel("Whom do you invite?").first().fill("Beth, again");
  await page.getByRole("button", { name: "Make an invitation" }).first().click();
  const link = await page.locator("#link").innerText();

  const theirs = await browser.newPage({ baseURL: portal.address });
  await theirs.goto(link);
  await alive(theirs);
  await theirs.getByLabel("Sign-in name").fill("beth");
  const password = await theirs.locator("#proposed").innerText();
  await theirs.getByRole("textbox", { name: /New password|six words/ }).fill(password);
  await theirs.getByRole("button", { name: "Make my account" }).click();
  await expect(heading(theirs, "Your account is made")).toBeVisible();

  await page.getByRole("button", { name: "Look for answers again" }).first().click();
  await page.getByRole("button", { name: "The six words are the same" }).click();
  await expect(page.getByText("Done. Everybody is shown the change")).toBeVisible();
  await page.close();

  await signIn(theirs, { name: "beth", password, role: "practitioner", place: "" });
  await expect(theirs.getByText("Your account was set up anew")).toBeVisible();
  await expect(theirs.getByText("cannot be opened here any more")).toBeVisible();
  await look(theirs);
  await theirs.close();
  await portal.stop();
});
