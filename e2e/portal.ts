import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";

/** How somebody of the demonstration signs in. */
export interface SignIn {
  name: string;
  password: string;
  /** For example `practitioner` or `assessor`. */
  role: string;
  /** The organisation or unit they belong to. */
  place: string;
}

/** A portal of a test's own, with the demonstration's people in it. */
export interface Portal {
  address: string;
  signIns: SignIn[];
  /** What the server has logged so far. */
  log(): string;
  /** What it has printed so far: a demonstration's mailbox is the console. */
  printed(): string;
  /** The first person with this role, at this place if it matters. */
  person(role: string, place?: string): SignIn;
}

/** A portal and the way to end it. */
interface Running extends Portal {
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Names the folder with the demonstration as it was made, for the workers: they have the environment of the set-up. */
export const MADE_ONCE = "CANDOUR_MADE_ONCE";
export const DATABASE = "candour.db";

const START_WITHIN_MILLISECONDS = 240_000;

/** The binary: `cargo xtask` names it in CANDOUR. */
export const binary = process.env.CANDOUR ?? fileURLToPath(new URL("../target/debug/candour", import.meta.url));

/** Starts `candour demo` on a free port, with a copy of the demonstration that goes when it stops unless it is given a database. */
export async function startPortal(given?: string, options: string[] = []): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), "candour-e2e-"));
  const root = fileURLToPath(new URL("..", import.meta.url));
  const database = given ?? join(folder, DATABASE);
  if (!given) await cp(process.env[MADE_ONCE]!, folder, { recursive: true });
  const server = spawn(binary, ["demo", "--json", "--listen", "127.0.0.1:0", "--database", database, ...options], { cwd: root });
  let log = "";
  let printed = "";
  server.stdout.on("data", (text) => (printed += text));
  server.stderr.on("data", (text) => (log += text));
  const stop = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const told = await firstLine(server, () => log);
    return { ...portal(JSON.parse(told), () => log), printed: () => printed, process: server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portal(told: { address: string; sign_ins: SignIn[] }, log: () => string): Omit<Portal, "printed"> {
  const person = (role: string, place?: string) => {
    const found = told.sign_ins.find((one) => one.role === role && (place === undefined || one.place === place));
    if (!found) throw new Error(`the demonstration has no ${role}${place ? ` at ${place}` : ""}`);
    return found;
  };
  return { address: told.address, signIns: told.sign_ins, log, person };
}

/** The one line of JSON, or why there is none. */
async function firstLine(server: ChildProcess, log: () => string): Promise<string> {
  const lines = createInterface({ input: server.stdout! });
  const late = AbortSignal.timeout(START_WITHIN_MILLISECONDS);
  const line = once(lines, "line", { signal: late }).then(([text]) => text as string);
  const ended = once(server, "exit", { signal: late }).then(([code]) => {
    throw new Error(`the server ended with ${code}: ${log()}`);
  });
  ended.catch(() => {});
  return Promise.race([line, ended]);
}

export async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(patience);
}

/** Playwright's `test`, with a portal for each worker and its address as the base of every path. */
export const test = base.extend<object, { portal: Portal }>({
  portal: [
    async ({}, use) => {
      const running = await startPortal();
      await use(running);
      await running.stop();
    },
    { scope: "worker", timeout: START_WITHIN_MILLISECONDS + 15_000 },
  ],
  baseURL: async ({ portal }, use) => use(portal.address),
});

export { expect };

/** Opens a page and waits until it answers. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

/** Waits until the page answers. */
export async function alive(page: Page): Promise<void> {
  await page.locator("html[data-ready=yes]").waitFor({ state: "attached" });
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules that ask about colours: the others find the same on every screen. */
const COLOURS = ["color-contrast", "link-in-text-block"];

type Rules = { type: "tag" | "rule"; values: string[] };

/** Expects that axe finds nothing wrong with the page as it is now. Evaluated, so that the page's policy allows it. */
export async function axe(page: Page, rules: Rules = { type: "tag", values: TAGS }): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await source);
  const violations = await page.evaluate(async (runOnly) => {
    const found = await (globalThis as any).axe.run(document, { runOnly });
    return found.violations.map((one: any) => ({
      rule: one.id,
      help: one.help,
      where: one.nodes.map((node: any) => `${node.target.join(" ")}: ${node.failureSummary}`),
    }));
  }, rules);
  expect(violations).toEqual([]);
}

/** How a person may have set up their screen, beside light. */
const SCREENS = { dark: { colorScheme: "dark" }, forced: { forcedColors: "active" } } as const;

/** Every page and state that a test reaches is looked at in every setting, and at the width of 400 % zoom. */
export async function look(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", forcedColors: null });
  await axe(page);
  for (const screen of Object.values(SCREENS)) {
    await page.emulateMedia({ colorScheme: null, forcedColors: null, ...screen });
    await axe(page, { type: "rule", values: COLOURS });
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  await page.setViewportSize(before!);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}
