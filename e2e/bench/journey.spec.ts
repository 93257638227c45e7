// What a practitioner's browser has to do: the weight of the journey, looking a place up, saving a draft, and sealing 200 MB of evidence.
// Prints one line of JSON, for `cargo xtask bench`.

import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { begin, check, fillAbout, fillAccount, goOn, heading, named, openSection, send, signIn } from "../people.ts";
import { type Portal, startPortal } from "../portal.ts";
import { Bare, type BarePage } from "./bare.ts";

const MEBIBYTE = 1024 * 1024;
/** As many sectors as there are in England and Wales. */
const SECTORS = 12_000;
/** As long as an account of what happened gets. */
const ACCOUNT = "He sent messages to her private number late at night. ".repeat(300);
const TURNS = 5;

test("journey", async ({ browser }) => {
  test.setTimeout(1_200_000);
  const portal = await startPortal();
  const result = {
    weight: await weight(browser, portal),
    finder: await finder(browser, portal),
    draft: await draft(browser, portal),
    small: await evidence(portal, 20),
    large: await evidence(portal, 195),
  };
  await portal.stop();
  console.log(`candour-bench ${JSON.stringify(result)}`);
});

/** Bytes that come over the network from the start page to a concern that is sent. */
async function weight(browser: Browser, portal: Portal): Promise<number> {
  const page = await browser.newPage({ baseURL: portal.address });
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto("/");
  await signIn(page, named(portal, "amina"));
  await begin(page);
  await fillAbout(page);
  await fillAccount(page);
  await check(page);
  await send(page);
  await page.close();
  return bytes;
}

/** Signed in, at the list of sections. */
async function atForm(browser: Browser, portal: Portal, prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await browser.newPage({ baseURL: portal.address });
  await prepare?.(page);
  await signIn(page, named(portal, "carys"));
  await begin(page);
  return page;
}

/** Milliseconds from the press until the forces of a place are shown, at worst. */
async function finder(browser: Browser, portal: Portal): Promise<number> {
  const page = await atForm(browser, portal, (page) =>
    page.route("**/api/places", async (route) => {
      const answer = await route.fetch();
      const table = (await answer.text()).trimEnd().replace("\nforce ", "\npostcodes made up\nforce ");
      await route.fulfill({ response: answer, body: `${table}\n${sectors()}` });
    }),
  );
  await openSection(page, "Who should receive it");
  await goOn(page, "No, but I know where it happened", "Where did it happen?");
  const times: number[] = [];
  for (const place of ["Birstol", "ZY9 9", "newcastle", "QX9 7", "Stoke on Trant"]) {
    await page.getByRole("textbox").fill(place);
    times.push(await page.evaluate(pressAndWait));
    const asked = heading(page, "Where did it happen?");
    if ((await asked.count()) === 0) await page.getByRole("button", { name: "Back", exact: true }).click();
    await expect(asked).toBeVisible();
  }
  await page.close();
  return Math.max(...times);
}

/** A table of made-up sectors, as the portal sends it. */
function sectors(): string {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const outcodes = letters.flatMap((one) => letters.flatMap((other) => [1, 2, 9].map((number) => `${one}${other}${number}`)));
  const all = outcodes.flatMap((outcode) => Array.from({ length: 10 }, (_, sector) => `${outcode} ${sector}`));
  return all.slice(-SECTORS).map((name, place) => `${name} ${place % 40} 300 ${(place + 1) % 40} 20`).join("\n");
}

/** Runs in the page: presses the button and waits until something else stands there. */
function pressAndWait(): Promise<number> {
  const title = document.querySelector("h1")!;
  const start = performance.now();
  return new Promise((done) => {
    const seen = new MutationObserver(() => {
      if (title.isConnected && !document.querySelector(".govuk-error-summary")) return;
      seen.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    });
    seen.observe(document.body, { childList: true, subtree: true });
    document.querySelector<HTMLButtonElement>("main form button[type=submit]")!.click();
  });
}

/** Milliseconds that the page's own thread is busy with saving a long draft: the middle of some. */
async function draft(browser: Browser, portal: Portal): Promise<number> {
  const page = await atForm(browser, portal);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((one) => one.name === "TaskDuration")!.value * 1000;
  };
  await openSection(page, "What happened");
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    await page.getByLabel("What have you been told, or seen?").fill(`${ACCOUNT}${turn}`);
    const before = await busy();
    const saved = page.waitForResponse((answer) => answer.request().method() === "PUT");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await saved;
    await expect(page.locator(".candour-saved[aria-busy=false]")).toBeVisible();
    times.push((await busy()) - before);
  }
  await page.close();
  return times.sort((a, b) => a - b)[Math.floor(TURNS / 2)]!;
}

/** What sealing a file of so many MiB takes: seconds, the longest frame in milliseconds, and how much memory the tab took more, in MiB. */
async function evidence(portal: Portal, size: number) {
  const folder = await mkdtemp(join(tmpdir(), "candour-bench-"));
  const file = join(folder, "camera.mp4");
  await writeFile(file, Buffer.alloc(size * MEBIBYTE, 7));
  const { executablePath, args } = test.info().project.use.launchOptions!;
  const browser = await Bare.start(executablePath!, args!);
  const page = await atEvidence(browser, portal);
  const tab = await heaviest(browser);
  const before = resident(tab);
  let peak = before;
  const sampling = setInterval(() => (peak = Math.max(peak, resident(tab))), 50);
  await page.longestFrame();
  const start = performance.now();
  await page.choose(file);
  await page.until(`document.querySelector("main").textContent.includes("Stored, sealed")`);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(sampling);
  const frame = await page.longestFrame();
  await browser.stop();
  await rm(folder, { recursive: true });
  return { size, seconds, frame, memory: peak - before };
}

/** Signed in, at the files of a new concern. */
async function atEvidence(browser: Bare, portal: Portal): Promise<BarePage> {
  const page = await browser.open(`${portal.address}/sign-in`);
  await page.until(`document.documentElement.dataset.ready === "yes"`);
  const carys = named(portal, "carys");
  await page.type("Sign-in name", carys.name);
  await page.type("Password", carys.password);
  await page.press("Sign in");
  await page.at("Your concerns");
  await page.press("Tell us about a concern");
  await page.at("Tell us about a concern");
  await page.press("Evidence");
  await page.at("Evidence");
  return page;
}

/** The process of the page: of those that show pages, the one that takes most. */
async function heaviest(browser: Bare): Promise<number> {
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter((one: { type: string }) => one.type === "renderer");
  return pages.sort((a: { id: number }, b: { id: number }) => resident(b.id) - resident(a.id))[0]!.id;
}

/** MiB of a process in memory, from what the kernel says of it. */
function resident(process: number): number {
  const line = readFileSync(`/proc/${process}/status`, "utf8").split("\n").find((one) => one.startsWith("VmRSS:"));
  return Number(line!.split(/\s+/)[1]) / 1024;
}
