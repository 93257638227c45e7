import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page, Route } from "@playwright/test";
import { begin, check, fillAbout, fillAccount, named, openCase, openSection, saveSection, send, signIn, TOLD } from "../people.ts";
import { expect, look, test } from "../portal.ts";

const PART = 4 * 1024 * 1024;

/** Bytes of this length that are nowhere the same. */
function bytes(length: number): Buffer {
  const all = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) all.writeUInt32LE((at * 2654435761) >>> 0, at);
  return all;
}

/** A picture of one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const row = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
const digest = (all: Buffer) => createHash("sha256").update(all).digest("hex");

async function choose(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.getByLabel("Add files").setInputFiles(files);
}

const video = { name: "door camera.mp4", mimeType: "video/mp4", buffer: bytes(2 * PART + 5) };
const picture = { name: "door.png", mimeType: "image/png", buffer: PIXEL };

test("files arrive whole and as they were, whatever of the network is lost", async ({ page, portal, browser }) => {
  await signIn(page, named(portal, "beth"));
  await begin(page);
  await fillAbout(page);
  await openSection(page, "Evidence");
  await look(page);

  // Every second part never arrives, and of every third the answer is lost.
  const sent: Buffer[] = [];
  await page.route("**/api/blob/*", async (route: Route) => {
    sent.push(route.request().postDataBuffer()!);
    if (sent.length % 2 === 0) return route.abort();
    const answer = await route.fetch();
    return sent.length % 3 === 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await choose(page, video, picture, { name: "nothing.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await expect(page.locator("#evidence-error")).toContainText("nothing.txt is empty. Choose another file");
  for (const name of [video.name, picture.name]) {
    await expect(row(page, name).getByText("Stored, sealed")).toBeVisible();
  }
  expect(sent.length).toBeGreaterThan(4);
  const note = row(page, picture.name).getByLabel(/What does .* show/);
  await note.fill("Her front\u202e door");
  await note.blur();
  await expect(note).toHaveAccessibleDescription(/Remove characters that cannot be shown/);
  await look(page);
  await note.fill("Her front door, from the street");
  await note.blur();
  await expect(row(page, picture.name).getByText("Remove characters")).toHaveCount(0);
  await look(page);
  await page.unroute("**/api/blob/*");
  await saveSection(page);

  // Of the concern, too, the first never arrives and the second's answer is lost.
  await fillAccount(page);
  await check(page);
  for (const { name } of [video, picture]) await expect(page.getByText(name)).toBeVisible();
  let appends = 0;
  await page.route("**/api/append", async (route) => {
    appends += 1;
    if (appends === 1) return route.abort();
    const answer = await route.fetch();
    return appends === 2 ? route.abort() : route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Seal and send" }).click();
  for (const tries of [1, 2]) {
    await expect.poll(() => appends).toBe(tries);
    await page.getByRole("button", { name: "Try again" }).click();
  }
  const reference = (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).first().innerText()).trim();
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await expect(page.getByRole("link", { name: reference })).toHaveCount(1);

  const reader = await browser.newPage({ baseURL: portal.address });
  await signIn(reader, named(portal, "elin"));
  await openCase(reader, reference);
  await expect(reader.getByText(TOLD.happened)).toBeVisible();
  for (const { name, buffer } of [video, picture]) {
    await expect(reader.getByText(digest(buffer))).toBeVisible();
    const download = reader.waitForEvent("download");
    await reader.getByRole("button", { name: `Save ${name}` }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(name);
    expect(digest(await readFile(await saved.path()))).toBe(digest(buffer));
  }
  await reader.getByRole("button", { name: `Show ${picture.name}` }).click();
  const shown = reader.getByRole("img", { name: `Picture: ${picture.name}` });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(reader.getByText("Her front door, from the street")).toBeVisible();
  await expect(reader.getByRole("button", { name: `Show ${video.name}` })).toHaveCount(0);
  await look(reader);
  await reader.close();
});

test("after a reload the same file goes on where it stood, and another is refused", async ({ page, portal }) => {
  const carys = named(portal, "carys");
  await signIn(page, carys);
  await begin(page);
  await openSection(page, "Evidence");
  // Others of the worker may have left drafts of hers.
  await page.getByText("Name this draft").click();
  await page.getByLabel("What do you call it?").fill("the camera");
  // The second part hangs, so that the first is all that is stored.
  let parts = 0;
  await page.route("**/api/blob/*", async (route) => {
    parts += 1;
    if (parts === 1) await route.continue();
  });
  await choose(page, video);
  await expect(row(page, video.name).getByText("Uploading: 33% stored")).toBeVisible();
  await expect(page.locator(".candour-saved[aria-busy=false]")).toBeVisible();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  // Not before: what is held back would go on.
  await page.unroute("**/api/blob/*");
  await page.getByRole("textbox", { name: "Password" }).fill(carys.password);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("button", { name: "Continue the camera" }).click();
  await openSection(page, "Evidence");
  const again = row(page, video.name);
  await expect(again.getByText("Part of this file is stored. Choose the same file again to go on.")).toBeVisible();
  await look(page);
  await again.getByLabel(`Choose ${video.name} again`).setInputFiles({ ...video, buffer: Buffer.from(video.buffer).reverse() });
  await expect(again.getByText("This is not the file that you chose before.")).toBeVisible();

  // A part is sent by a worker that ends as soon as it has an answer: what is only watched may be gone before it is seen.
  const sent: string[] = [];
  await page.route("**/api/blob/*", async (route) => {
    sent.push(route.request().url());
    await route.continue();
  });
  await again.getByLabel(`Choose ${video.name} again`).setInputFiles(video);
  await expect(again.getByText("Stored, sealed")).toBeVisible();
  expect(sent).toHaveLength(2);

  await choose(page, picture);
  await expect(row(page, picture.name).getByText("Stored, sealed")).toBeVisible();
  await page.getByRole("button", { name: `Remove ${video.name}` }).click();
  await expect(row(page, video.name)).toHaveCount(0);
  await saveSection(page);
  await fillAbout(page);
  await fillAccount(page);
  await check(page);
  await send(page);
});

test("a full disk is said in words, and tried again", async ({ page, portal }) => {
  await signIn(page, named(portal, "amina"));
  await begin(page);
  await openSection(page, "Evidence");
  await page.route("**/api/blob/*", (route) => route.fulfill({ status: 507 }));
  await choose(page, picture);
  await expect(row(page, picture.name).getByText("The portal has no room for this at the moment.")).toBeVisible();
  await look(page);
  await page.unroute("**/api/blob/*");
  await page.getByRole("button", { name: `Go on with ${picture.name}` }).click();
  await expect(row(page, picture.name).getByText("Stored, sealed")).toBeVisible();

  await page.getByRole("button", { name: `Add a copy of ${picture.name} without hidden details` }).click();
  const copy = row(page, "door (copy).png");
  await expect(copy.getByText("Stored, sealed")).toBeVisible();
  await expect(copy.getByLabel(/What does .* show/)).toHaveValue("A copy. No hidden details were found in the original.");
  await page.getByRole("button", { name: `Remove ${picture.name}` }).click();
  await expect(copy).toHaveCount(0);
});
