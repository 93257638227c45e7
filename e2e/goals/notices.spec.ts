import { tabThrough } from "../keyboard.ts";
import { heading, named, signIn, signOut } from "../people.ts";
import { expect, look, test } from "../portal.ts";

const HOME = "carys-at-home@mail.example";

test("somebody asks for the daily mail, is shown what it says, and stops it", async ({ page, portal }) => {
  await signIn(page, named(portal, "carys"));
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await expect(heading(page, "Your account")).toBeVisible();
  await expect(page.getByText("every day, whether or not there is anything for them")).toBeVisible();
  await expect(page.getByText("Use an address that nobody at a police force can read")).toBeVisible();
  await look(page);
  await tabThrough(page);

  const ask = page.getByRole("button", { name: "Send me the daily mail" });
  await ask.click();
  await expect(page.getByRole("alert").getByRole("link", { name: /Enter a mail address/ })).toBeVisible();
  await look(page);
  await page.getByLabel("Mail address").fill("carys at home");
  await ask.click();
  await expect(page.getByRole("alert").getByRole("link", { name: /Enter a mail address/ })).toBeVisible();

  await page.getByLabel("Mail address").fill(HOME);
  await page.getByLabel("Mail address").press("Enter");
  await expect(page.getByText("You will be sent the daily mail.")).toBeVisible();
  await expect(page.getByText(HOME)).toBeVisible();
  await look(page);
  // In a demonstration it is printed at once, for nobody watches one for a day.
  await expect.poll(() => portal.printed(), { timeout: 60_000 }).toContain(`Mail to ${HOME}`);
  const mail = portal.printed().split(`Mail to ${HOME}`)[1];
  expect(mail).toContain("Sign in to see whether there is anything for you.");
  expect(mail).not.toMatch(/https?:|carys|concern|police|unit/i);
  expect(portal.log()).not.toContain("mail.example");

  // It is the account's, on whatever device.
  await signOut(page);
  await signIn(page, named(portal, "carys"));
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await expect(page.getByText(HOME)).toBeVisible();
  await page.getByRole("button", { name: "Stop the daily mail" }).click();
  await expect(page.getByText("You are sent no more mail, and the address is deleted.")).toBeVisible();
  await expect(page.getByText(HOME)).toHaveCount(0);
  await expect(page.getByLabel("Mail address")).toHaveValue("");
  await look(page);
});
