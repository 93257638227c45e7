import type { Page } from "@playwright/test";
import { addDevice } from "../device.ts";
import { enter, heading, home, named, signIn, signOut } from "../people.ts";
import { alive, expect, look, startPortal, test, visit } from "../portal.ts";

/** Adds a passkey, where an account needs one and has none. */
async function setUp(page: Page, name: string): Promise<void> {
  await expect(heading(page, "Set up a passkey")).toBeVisible();
  await page.getByLabel("What will you call it?").fill(name);
  await page.keyboard.press("Enter");
}

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
  await page.getByLabel("Sign-in name").fill("bethany");
  await page.getByLabel("Everything that opens their keys").check();
  await page.getByLabel("How did you make sure that it is them?").fill("Rang her at the refuge.");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, "Ask for this reset?")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Ask for it" }).click();
  await expect(page.getByRole("link", { name: "Nobody signs in with this name." })).toBeVisible();
  await expect(page.locator("#name-error")).toContainText("Nobody signs in with this name.");
  await expect(page.getByLabel("How did you make sure that it is them?")).toHaveValue("Rang her at the refuge.");
  await look(page);
  await page.getByLabel("Sign-in name").fill("beth");
  await page.getByRole("button", { name: "Continue" }).click();
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

test("somebody who has lost their second step alone is let in by two, sets up another, and reads on", async ({ browser }) => {
  const portal = await startPortal(undefined, ["--second-step"]);
  const begin = async (name: string) => {
    const page = await browser.newPage({ baseURL: portal.address });
    const loseDevice = await addDevice(page, true);
    await visit(page, "/sign-in");
    await enter(page, named(portal, name));
    await setUp(page, "Work laptop");
    await expect(heading(page, home(named(portal, name)))).toBeVisible();
    return { page, loseDevice };
  };
  const { page: theirs, loseDevice } = await begin("dev");
  await signOut(theirs);

  const { page: nadia } = await begin("nadia");
  await nadia.getByRole("link", { name: "Lost keys" }).click();
  await nadia.getByLabel("Sign-in name").fill("dev");
  await nadia.getByLabel("The second step alone").check();
  await nadia.getByLabel("How did you make sure that it is them?").fill("Rang him at the unit.");
  await nadia.getByRole("button", { name: "Continue" }).click();
  await look(nadia);
  await nadia.getByRole("button", { name: "Ask for it" }).click();
  await expect(nadia.getByText("Asked. Another administrator has to confirm it.")).toBeVisible();
  await nadia.close();

  const { page: omar } = await begin("omar");
  await omar.getByRole("link", { name: "Confirm a reset for dev" }).click();
  await omar.getByRole("button", { name: "Look at it, and confirm" }).click();
  await expect(heading(omar, "Remove their second step?")).toBeVisible();
  await look(omar);
  await omar.getByRole("button", { name: "Remove it" }).click();
  await expect(omar.getByText("Done. They can sign in without a second step")).toBeVisible();
  await omar.close();

  // The lost device lets nobody in. The password does, to where a second step is set up and nowhere else.
  await visit(theirs, "/sign-in");
  await theirs.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(theirs.getByRole("alert")).toBeVisible();
  await loseDevice();
  await addDevice(theirs, true);
  await enter(theirs, named(portal, "dev"));
  await setUp(theirs, "New laptop");
  await theirs.locator(".candour-queue__link").first().click();
  await expect(heading(theirs, "A concern")).toBeVisible();

  // What the lost one computes opens the keys until its owner removes it, as they were told.
  await theirs.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await theirs.getByRole("link", { name: "Your passkeys" }).click();
  const lost = theirs.locator(".govuk-summary-list__row").filter({ hasText: "A passkey that your account no longer has" });
  await expect(lost).toBeVisible();
  await look(theirs);
  await lost.getByRole("button", { name: "Remove" }).click();
  await theirs.getByRole("button", { name: "Remove it" }).click();
  await expect(theirs.getByText("The passkey is removed")).toBeVisible();
  await expect(lost).toHaveCount(0);
  await expect(theirs.getByText("New laptop")).toBeVisible();
  await theirs.close();
  await portal.stop();
});
