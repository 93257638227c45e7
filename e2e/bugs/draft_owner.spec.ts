import type { Page } from "@playwright/test";
import { begin, enter, fillAbout, fillAccount, fillAll, heading, named, openSection, signIn, TOLD } from "../people.ts";
import { expect, test } from "../portal.ts";

const happened = (page: Page) => page.getByLabel("What have you been told, or seen?");

/** The session ends on the server, which the page learns when it next sends. */
async function endSession(page: Page, button: string): Promise<void> {
  await page.context().clearCookies();
  await page.getByRole("button", { name: button }).click();
  await expect(heading(page, "Your session has ended")).toBeVisible();
}

async function signInAgain(page: Page, person: Parameters<typeof enter>[1]): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await enter(page, person);
}

test("what one person has not finished is never sent, shown, replaced or lost by another in the same tab", async ({ page, portal }) => {
  const [amina, beth] = [named(portal, "amina"), named(portal, "beth")];
  const bodies: Buffer[] = [];
  await page.route("**/api/append", async (route) => {
    bodies.push(route.request().postDataBuffer()!);
    await (bodies.length === 1 ? route.abort() : route.continue());
  });
  await signIn(page, amina);
  await fillAll(page);
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(page.getByText("We do not know whether it arrived")).toBeVisible();
  await endSession(page, "Try again");

  await signInAgain(page, beth);
  await expect(heading(page, "Your concerns")).toBeVisible();
  await fillAll(page, { ...TOLD, happened: "What Beth was told." });
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await page.getByRole("button", { name: "Lock" }).click();
  await page.getByRole("textbox", { name: "Password" }).fill(beth.password);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByText("What Beth was told.")).toBeVisible();
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  await page.getByRole("link", { name: "Sign out" }).click();
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(heading(page, "You are signed out")).toBeVisible();

  await signInAgain(page, amina);
  await expect(heading(page, "Your concerns")).toBeVisible();
  await page.getByRole("link", { name: "Go on with your concern" }).click();
  await expect(page.getByText(TOLD.happened)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  const same = bodies.map((body) => body.equals(bodies[0]!));
  expect(same).toEqual([true, true, false, true]);
});

test("what cannot be sealed when a session ends is gone, and the page says so", async ({ page, portal }) => {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage as (...all: unknown[]) => void;
    Worker.prototype.postMessage = function (...all: unknown[]) {
      if ((globalThis as any).broken) throw new Error("the worker is gone");
      post.apply(this, all);
    };
  });
  await page.clock.install();
  await signIn(page, named(portal, "amina"));
  await begin(page);
  await fillAbout(page);
  await fillAccount(page);
  await page.evaluate(() => ((globalThis as any).broken = true));
  await page.context().clearCookies();
  await page.clock.runFor("31:00");
  await expect(heading(page, "Your session has ended")).toBeVisible();
  await expect(page.getByText("could not be sealed, so it was deleted")).toBeVisible();
  await page.evaluate(() => ((globalThis as any).broken = false));

  await signInAgain(page, named(portal, "beth"));
  await expect(heading(page, "Your concerns")).toBeVisible();
  await begin(page);
  await openSection(page, "What happened");
  await expect(happened(page)).toHaveValue("");
});
