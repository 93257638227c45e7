import type { Page } from "@playwright/test";
import { begin, check, fillAccount, goOn, heading, named, openCase, openSection, readBy, send, signIn, signOut, toRank, TOLD, type Told } from "../people.ts";
import { expect, look, test } from "../portal.ts";
import { holds } from "../search.ts";

const RANK = "How the person stands to those who would read it";
const READERS = "Check who can read it";
const CASE = "Yes, from the case, or because they or somebody else said so";
const PLACE = "No, but I know where it happened";

/** Opens the section from the list of tasks. */
async function open(page: Page): Promise<void> {
  await openSection(page, "Who should receive it");
}


/** Looks a place up, after the first page. */
async function lookUp(page: Page, place: string): Promise<void> {
  await page.getByRole("textbox").fill(place);
  await page.getByRole("button", { name: "Save and continue" }).click();
}

test("the employer decides, the place only suggests, and every page can be used by everyone", async ({ page, portal }) => {
  const asked: Buffer[] = [];
  page.on("request", (request) => asked.push(Buffer.from(request.url()), request.postDataBuffer() ?? Buffer.alloc(0)));
  await signIn(page, named(portal, "carys"));
  await begin(page);
  await open(page);
  await look(page);
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Choose whether you know who employs them");
  await look(page);

  // Scenario 3: it happened in one place, and they work for another force.
  await goOn(page, PLACE, "Where did it happen?");
  await look(page);
  await lookUp(page, "Zanzibar-by-Quokka");
  await expect(page.locator(".govuk-error-summary")).toContainText("This place is not known here");
  await look(page);
  await lookUp(page, "Birstol");
  await expect(heading(page, "The force that it may be")).toBeVisible();
  await expect(page.getByText("Bristol, City of is in the area of Avon and Somerset Constabulary.")).toBeVisible();
  await expect(page.getByText("It is the force that employs the person that matters")).toBeVisible();
  await expect(page.getByText("We mark it as uncertain")).toBeVisible();
  await look(page);
  await goOn(page, "Another force", "The force that employs them");
  await look(page);
  await page.getByLabel("Which force do they work for?").selectOption("Gwent Police");
  await toRank(page);
  await look(page);
  await goOn(page, "None of these", READERS);
  await expect(page.getByText(readBy("Gwent"))).toBeVisible();
  await expect(page.getByText("Avon and Somerset")).toHaveCount(0);
  await look(page);

  // A place can mean two forces, and a short name is a force.
  for (let back = 0; back < 3; back++) await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await lookUp(page, "newcastle");
  await expect(page.getByText("most likely Northumbria Police, or Staffordshire Police")).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await lookUp(page, "GMP");
  await expect(page.getByRole("radio", { name: "Greater Manchester Police" })).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await lookUp(page, "Glasgow");
  await expect(heading(page, "No force here covers that place")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await lookUp(page, "BS1 4DJ");
  await expect(page.locator(".govuk-error-summary")).toContainText("Postcodes are not known here");

  // Scenario 4: the railway comes before the area.
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await goOn(page, "They police the railway, a station or a train", "The force that it may be");
  await expect(page.getByRole("radio")).toHaveCount(2);
  await goOn(page, "British Transport Police", RANK);
  await goOn(page, "None of these", READERS);
  await expect(page.getByText(readBy("British Transport Police"))).toBeVisible();

  // A unit that is not on board: other ways, and never another answer.
  for (let back = 0; back < 2; back++) await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await goOn(page, "They police a nuclear site", "The force that it may be");
  await goOn(page, "Civil Nuclear Constabulary", RANK);
  await goOn(page, "None of these", "Nobody can read it here yet");
  await expect(page.getByRole("link", { name: "0800 085 0000" })).toBeVisible();
  await look(page);

  // Others are led elsewhere.
  for (let back = 0; back < 2; back++) await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await goOn(page, "It is not a police force, or it is the police in Scotland or Northern Ireland", "Where to go instead");
  await expect(page.getByText("The Police Ombudsman for Northern Ireland.")).toBeVisible();
  await look(page);

  // What was typed is in no request, in any encoding. The control: the table was fetched, and the sign-in name is for the server to know.
  for (const typed of ["Zanzibar-by-Quokka", "Birstol", "newcastle", "Glasgow", "BS1 4DJ"]) {
    expect(asked.some((one) => holds(one, typed)), typed).toBe(false);
  }
  for (const known of ["/api/places", "carys"]) expect(asked.some((one) => holds(one, known)), known).toBe(true);
  expect(holds(Buffer.from(portal.log()), "Zanzibar-by-Quokka")).toBe(false);
});

test("who must not read it does not, and who does is shown before", async ({ page, portal }) => {
  await signIn(page, named(portal, "beth"));

  // Scenario 5: one unit for three forces, which keeps the force.
  await begin(page);
  await open(page);
  await about(page, "Bedfordshire Police", "None of these");
  await expect(page.getByText(readBy("Bedfordshire, Cambridgeshire and Hertfordshire"))).toBeVisible();
  await expect(page.getByText(/\d+ of them leads? the group/)).toBeVisible();
  const joint = await finish(page, "No", { ...TOLD, happened: "About a support officer of Bedfordshire." });

  // Scenario 6: somebody in the unit. The smaller group, and then nobody of that either.
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await begin(page);
  await open(page);
  await about(page, TOLD.force, "None of these");
  await expect(page.getByText(readBy("Avon and Somerset"))).toBeVisible();
  await page.getByRole("radio", { name: "Yes", exact: true }).check();
  await expect(page.getByText("No member is in both groups")).toBeVisible();
  await expect(page.getByText("These hold parts of the recovery keys of both groups")).toBeVisible();
  await expect(page.getByText(readBy("the smaller group of Avon and Somerset"))).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await goOn(page, "Somebody who works in professional standards or counter-corruption", READERS);
  await expect(page.getByText(readBy("the smaller group of Avon and Somerset"))).toBeVisible();
  const inside = await finish(page, "I do not know", { ...TOLD, happened: "About somebody in the unit." });

  // Scenario 8: the head of the force.
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await begin(page);
  await open(page);
  await about(page, TOLD.force, "An assistant or deputy chief constable; in London, a commander or above");
  await expect(page.getByText(readBy("the smaller group of Avon and Somerset"))).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await goOn(page, "The head of the force, such as the chief constable", READERS);
  await expect(page.getByText(readBy("Police and Crime Commissioner for Avon and Somerset"))).toBeVisible();
  const chief = await finish(page, "No", { ...TOLD, happened: "About the head of the force." });
  await signOut(page);

  const readers: [string, string[], string[]][] = [
    ["hugh", [joint], [inside, chief]],
    ["farah", [inside], [joint, chief]],
    ["lena", [chief], [joint, inside]],
    ["dev", [], [joint, inside, chief]],
  ];
  for (const [name, seen, unseen] of readers) {
    await signIn(page, named(portal, name));
    await expect(page.getByText("Opening the concerns")).toHaveCount(0);
    for (const reference of unseen) await expect(page.getByRole("link", { name: reference })).toHaveCount(0);
    for (const reference of seen) await openCase(page, reference);
    if (name === "hugh") await expect(page.getByText("Bedfordshire Police")).toBeVisible();
    if (name === "farah") await expect(page.getByText("Somebody who works in professional standards")).toBeVisible();
    await signOut(page);
  }
});

// Scenario 2 of the domain reference: nobody knows who it is.
test("somebody unknown can be told of, and the place suggests a force that is marked as uncertain", async ({ page, portal }) => {
  await signIn(page, named(portal, "amina"));
  await begin(page);
  await open(page);
  await goOn(page, PLACE, "Where did it happen?");
  await lookUp(page, "Newport");
  await expect(page.getByText("Newport is in the area of Gwent Police.")).toBeVisible();
  await expect(page.getByText("We mark it as uncertain")).toBeVisible();
  await goOn(page, "Gwent Police", RANK);
  await goOn(page, "None of these", READERS);
  await goOn(page, "No", "Tell us about a concern");
  await fillAccount(page, { ...TOLD, who: "I do not know. A tall officer, first name maybe Sam" });
  await check(page);
  await expect(page.getByText("Uncertain: it may be another one")).toBeVisible();
  const reference = await send(page);
  await signOut(page);

  await signIn(page, named(portal, "jac"));
  await openCase(page, reference);
  await expect(page.getByText("Uncertain: it may be another one")).toBeVisible();
  await expect(page.getByText("I do not know. A tall officer, first name maybe Sam")).toBeVisible();
});

/** From the first page of the section to who can read it. */
async function about(page: Page, force: string, rank: string): Promise<void> {
  await goOn(page, CASE, "The force that employs them");
  await page.getByLabel("Which force do they work for?").selectOption(force);
  await toRank(page);
  await goOn(page, rank, READERS);
}

/** Answers the last page, fills the rest, and sends it. */
async function finish(page: Page, apart: string, told: Told): Promise<string> {
  await goOn(page, apart, "Tell us about a concern");
  await fillAccount(page, told);
  await check(page);
  return send(page);
}
