import { fillAll, heading, named, readBy, signIn, TOLD } from "../people.ts";
import { axe, expect, test } from "../portal.ts";

test("what was overtaken is not sent: the readers are fetched again, and sending again works", async ({ page, portal }) => {
  await signIn(page, named(portal, "amina"));
  await fillAll(page);
  // As the server answers once the unit has begun another epoch.
  const bodies: Buffer[] = [];
  await page.route("**/api/append", async (route) => {
    bodies.push(route.request().postDataBuffer()!);
    await (bodies.length === 1 ? route.fulfill({ status: 409 }) : route.continue());
  });
  let fetched = 0;
  page.on("response", (answer) => (fetched += answer.url().endsWith("/api/trust") && answer.ok() ? 1 : 0));
  await page.getByRole("button", { name: "Seal and send" }).click();
  const said = page.getByRole("link", { name: "Something else was stored in its place meanwhile" });
  await expect(said).toBeVisible();
  // Once before it is sealed, and once because it was refused.
  expect(fetched).toBe(2);
  await expect(page.locator("#readers")).toContainText(readBy("Avon and Somerset"));
  await expect(page.getByText(TOLD.happened)).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Seal and send" }).click();
  await expect(heading(page, "Concern sent")).toBeVisible();
  expect(bodies).toHaveLength(2);
  expect(bodies[0]!.equals(bodies[1]!)).toBe(false);
});
