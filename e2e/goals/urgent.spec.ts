import { begin, check, fillAbout, fillAccount, named, openCase, openSection, saveSection, send, signIn, signOut, TOLD } from "../people.ts";
import { expect, look, test, visit } from "../portal.ts";

const NOT_WATCHED = "This website is not watched day and night.";

// Scenario 10 of the domain reference, as far as a practitioner sends it.
test("whoever is in danger is sent to the telephone first, and the unit sees it before anything else", async ({ page, portal }) => {
  await visit(page, "/");
  const call = page.getByText("call 999").first();
  await expect(call).toBeVisible();
  const first = await call.boundingBox();
  const tell = await page.getByRole("main").getByRole("link", { name: "Tell us about a concern" }).boundingBox();
  expect(first!.y).toBeLessThan(tell!.y);

  await signIn(page, named(portal, "amina"));
  await begin(page);
  await expect(page.getByText("call 999").first()).toBeVisible();
  await openSection(page, "Is anyone in danger now?");
  await expect(page.getByText(NOT_WATCHED)).toBeVisible();
  await page.getByLabel("Yes, or it may come to that soon").check();
  await expect(page.getByText("Call 999 now. If you cannot speak, press 55 when you are asked.")).toBeVisible();
  await expect(page.getByText("Ask that the call is kept from people who work with them.")).toBeVisible();
  await look(page);
  await saveSection(page);
  await fillAbout(page);
  await fillAccount(page, { ...TOLD, happened: "He has used work systems to find her, and is on his way." });
  await check(page);
  const reference = await send(page);
  await expect(page.getByText("If the risk changes, call 999 or send another concern.")).toBeVisible();
  await signOut(page);

  await signIn(page, named(portal, "dev"));
  await openCase(page, reference);
  const safety = page.getByRole("region", { name: "Before you act" });
  await expect(safety).toContainText("When this was written, somebody was in danger or might soon be.");
  const [warned, told] = [await safety.boundingBox(), await page.getByText("is on his way").boundingBox()];
  expect(warned!.y).toBeLessThan(told!.y);
  await look(page);
});
