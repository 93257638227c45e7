// Sealing, opening and unlocking: the vault and npm's age in Chromium, Debian's age natively, in one run.
// Prints one line of JSON, for `cargo xtask bench`.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { asset, serve } from "./page.ts";

/** Milliseconds. */
interface Times {
  seal: number;
  open: number;
}

const ATTACHMENT = { size: 25 * 1024 * 1024, count: 1 };
const ENTRIES = { size: 4096, count: 200 };
const TURNS = 5;

test("sealing", async ({ page }) => {
  test.setTimeout(600_000);
  const { server, address } = await serve();
  await page.goto(address);
  await startVault(page, await asset("worker.js"));
  const result = {
    unlock: await unlocking(page),
    attachment: { ours: await ours(page, ATTACHMENT), npm: await npm(page, ATTACHMENT), native: native(ATTACHMENT.size) },
    parts: { ours: await ours(page, ATTACHMENT, true) },
    entries: { ours: await ours(page, ENTRIES), npm: await npm(page, ENTRIES) },
  };
  server.close();
  console.log(`candour-bench ${JSON.stringify(result)}`);
});

/** Loads the worker as the page does; `ask` then posts a question and gives how long the answer took. */
async function startVault(page: Page, worker: string): Promise<void> {
  await page.evaluate((path) => {
    const vault = new Worker(path, { type: "module" });
    const ask = (request: number[]) =>
      new Promise((done, failed) => {
        const start = performance.now();
        vault.onmessage = ({ data }) => {
          if (data.failed) failed(new Error("the vault failed"));
          if (data.answer) done({ took: performance.now() - start, answer: [...data.answer] });
        };
        vault.postMessage({ id: 1, request: Uint8Array.from(request) });
      });
    Object.assign(globalThis, { ask });
  }, worker);
}

/** Asks the vault, and expects an answer of this number. */
async function ask(page: Page, question: number[], answer: number): Promise<number> {
  const said = await page.evaluate((request) => (globalThis as any).ask(request), question);
  expect(said.answer[0], "the vault answered something else").toBe(answer);
  return said.took;
}

// Questions and answers by their numbers, in the order of the protocol's `Ask` and `Answer`.
const BEGIN = 0;
const DERIVE = 1;
const MEASURE = 15;
const DONE = 0;
const SECRET = 2;

async function unlocking(page: Page): Promise<number> {
  await ask(page, [BEGIN, ...text("bench"), ...u32(0), 1], DONE);
  return best(() => ask(page, [DERIVE, ...text("somebody"), ...text("six words that nobody would guess")], SECRET));
}

/** What the others do too; or, for `whole` parts of attachments, with the place, the padding and the hash of each. */
async function ours(page: Page, { size, count }: typeof ENTRIES, whole = false): Promise<Times> {
  const measure = (open: boolean) => [MEASURE, ...u32(size), ...u32(count), Number(open), Number(whole)];
  const seal = await best(() => ask(page, measure(false), DONE));
  const both = await best(() => ask(page, measure(true), DONE));
  return { seal, open: both - seal };
}

async function npm(page: Page, what: typeof ENTRIES): Promise<Times> {
  const times: Times[] = [];
  for (let turn = 0; turn < TURNS; turn++) times.push(await page.evaluate(sealAndOpen, what));
  return { seal: Math.min(...times.map((time) => time.seal)), open: Math.min(...times.map((time) => time.open)) };
}

/** Runs in the page. */
async function sealAndOpen({ size, count }: typeof ENTRIES): Promise<Times> {
  const name = "age-encryption";
  const age = await import(name);
  const identity = await age.generateX25519Identity();
  const [sealing, opening] = [new age.Encrypter(), new age.Decrypter()];
  sealing.addRecipient(await age.identityToRecipient(identity));
  opening.addIdentity(identity);
  const [bytes, files] = [new Uint8Array(size).fill(7), [] as Uint8Array[]];
  const start = performance.now();
  for (let turn = 0; turn < count; turn++) files.push(await sealing.encrypt(bytes));
  const sealed = performance.now();
  for (const file of files) await opening.decrypt(file);
  return { seal: sealed - start, open: performance.now() - sealed };
}

/** Debian's `age`, from file to file. */
function native(size: number): Times {
  const folder = mkdtempSync(join(tmpdir(), "candour-bench-"));
  const [plain, sealed, key] = ["plain", "sealed", "key"].map((name) => join(folder, name));
  writeFileSync(plain, Buffer.alloc(size, 7));
  execFileSync("age-keygen", ["-o", key], { stdio: "ignore" });
  const recipient = execFileSync("age-keygen", ["-y", key], { encoding: "utf8" }).trim();
  const times = {
    seal: fastest(() => execFileSync("age", ["-r", recipient, "-o", sealed, plain])),
    open: fastest(() => execFileSync("age", ["-d", "-i", key, "-o", plain, sealed])),
  };
  rmSync(folder, { recursive: true });
  return times;
}

function fastest(work: () => void): number {
  const times = Array.from({ length: TURNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

async function best(work: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) times.push(await work());
  return Math.min(...times);
}

/** A number as Borsh writes it: four bytes, the lowest first. */
function u32(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];
}

/** A text, or bytes, as Borsh writes them: the length, then the bytes. */
function text(value: string): number[] {
  const bytes = [...Buffer.from(value)];
  return [...u32(bytes.length), ...bytes];
}
