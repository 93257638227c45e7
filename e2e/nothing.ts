import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { binary, end } from "./portal.ts";

const run = promisify(execFile);
/** Built beside the server. */
const toolBinary = process.env.CANDOUR_TOOL ?? join(dirname(binary), "candour-tool");
const FACTS = new URL("../deploy/directory/england-and-wales.toml", import.meta.url).pathname;

/** A real portal on an empty database, and the offline machine of those who hold its root keys. */
export interface Nothing {
  address: string;
  /** Runs `candour` with this portal's configuration; gives what it prints. */
  candour(...args: string[]): Promise<string>;
  /** Runs `candour-tool` in the folder of the offline machine. */
  tool(...args: string[]): Promise<string>;
  /** A file of the offline machine. */
  file(name: string): string;
  /** Has two root keys sign the next directory, drafted with these changes, and publishes it. */
  direct(...changes: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Makes root keys and a configuration, and starts the portal. */
export async function startNothing(): Promise<Nothing> {
  const folder = await mkdtemp(join(tmpdir(), "candour-nothing-"));
  const file = (name: string) => join(folder, name);
  const tool = async (...args: string[]) => (await run(toolBinary, args, { cwd: folder })).stdout;
  await tool("roots", "new", "--instance", "candour.test", "--out", "roots", "--unprotected");
  const address = `http://localhost:${await freePort()}`;
  const receiptKey = (await run(binary, ["key", file("receipt.key")])).stdout.trim();
  const environment = {
    ...process.env,
    CANDOUR_CONFIG: file("roots/roots.toml"),
    CANDOUR_LISTEN: address.replace("http://localhost", "127.0.0.1"),
    CANDOUR_ORIGIN: address,
    CANDOUR_DATABASE: file("candour.db"),
    CANDOUR_RECEIPT_KEY_FILE: file("receipt.key"),
    CANDOUR_EXIT_URL: "https://www.bbc.co.uk/weather",
  };
  const candour = async (...args: string[]) => (await run(binary, args, { env: environment })).stdout;
  const server = spawn(binary, ["serve"], { env: environment, stdio: "ignore" });
  await answers(address);
  let version = 0;
  const direct = async (...changes: string[]) => {
    const before = version === 0 ? ["--facts", FACTS, "--receipt-key", receiptKey] : ["--from", `${version}.directory`];
    version += 1;
    const [draft, signed] = [`${version}.draft`, `${version}.directory`];
    await tool("directory", "draft", "--roots", "roots/roots.toml", ...before, ...changes, "--out", draft);
    for (const root of ["1", "3"]) {
      await tool("directory", "sign", draft, "--root", `roots/root-${root}.key`, "--out", `${version}.${root}`);
    }
    await tool("directory", "combine", `${version}.1`, `${version}.3`, "--out", signed);
    await candour("directory", "publish", file(signed));
  };
  const stop = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  return { address, candour, tool, file, direct, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until the portal answers: that is when it listens. */
async function answers(address: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/livez`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((again) => setImmediate(again));
  }
}
