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

async function ask(page: Page, question: unknown): Promise<number> {
  const said = await page.evaluate((request) => (globalThis as any).ask(request), cbor(question));
  // `Refused` is the second answer, and its number follows the head of the array.
  expect(said.answer[1], "the vault refused").not.toBe(1);
  return said.took;
}

const BEGIN = 0;
const DERIVE = 1;
const MEASURE = 15;

async function unlocking(page: Page): Promise<number> {
  await ask(page, [BEGIN, [["bench", [], 1]]]);
  return best(() => ask(page, [DERIVE, ["somebody", new TextEncoder().encode("six words that nobody would guess")]]));
}

/** What the others do too; or, for `whole` parts of attachments, with the place, the padding and the hash of each. */
async function ours(page: Page, { size, count }: typeof ENTRIES, whole = false): Promise<Times> {
  const seal = await best(() => ask(page, [MEASURE, [size, count, false, whole]]));
  const both = await best(() => ask(page, [MEASURE, [size, count, true, whole]]));
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

/** As much CBOR as a question needs. */
function cbor(value: unknown): number[] {
  if (typeof value === "boolean") return [value ? 0xf5 : 0xf4];
  if (typeof value === "number") return head(0, value);
  if (typeof value === "string") return head(3, Buffer.byteLength(value)).concat([...Buffer.from(value)]);
  if (value instanceof Uint8Array) return head(2, value.length).concat([...value]);
  const list = value as unknown[];
  return head(4, list.length).concat(list.flatMap(cbor));
}

/** The first bytes of a value, in their shortest form. */
function head(major: number, value: number): number[] {
  const first = major << 5;
  if (value < 24) return [first | value];
  if (value < 0x100) return [first | 24, value];
  if (value < 0x10000) return [first | 25, value >> 8, value & 0xff];
  return [first | 26, value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}
