// The server by itself: how soon it answers, and the memory it takes. Prints one line of JSON, for `cargo xtask bench`.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startPortal } from "../portal.ts";

const TURNS = 5;
const CLIENTS = 64;
const SECONDS = 5;
const PAGES = ["/", "/sign-in", "/how-it-works", "/cy/", "/livez", "/api/session"];

test("server", async () => {
  test.setTimeout(600_000);
  const folder = await mkdtemp(join(tmpdir(), "candour-bench-"));
  const database = join(folder, "candour.db");
  // The first start makes the demonstration, which no real portal does.
  await (await startPortal(database)).stop();
  const starts: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) starts.push(await timeToFirstAnswer(database));
  const portal = await startPortal(database);
  await fetch(`${portal.address}/livez`);
  const idle = mebibytes(portal.process, "VmRSS");
  const answers = await load(portal.address);
  const loaded = mebibytes(portal.process, "VmHWM");
  await portal.stop();
  await rm(folder, { recursive: true });
  const result = { start: Math.min(...starts), idle, loaded, clients: CLIENTS, answers: answers / SECONDS };
  console.log(`candour-bench ${JSON.stringify(result)}`);
});

/** Milliseconds from the start of the process to the end of its first answer. */
async function timeToFirstAnswer(database: string): Promise<number> {
  const port = await freePort();
  const listen = `127.0.0.1:${port}`;
  const start = performance.now();
  const server = spawn(process.env.CANDOUR!, ["demo", "--json", "--listen", listen, "--database", database], {
    stdio: "ignore",
  });
  while (!(await answers(port))) expect(server.exitCode).toBeNull();
  const took = performance.now() - start;
  server.kill("SIGTERM");
  await once(server, "exit");
  return took;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const stream = connect(port, "127.0.0.1");
    let text = "";
    stream.on("connect", () => stream.write("GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
    stream.on("data", (bytes) => (text += bytes));
    stream.on("error", () => done(false));
    stream.on("close", () => done(text.startsWith("HTTP/1.1 200")));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Many clients at once, some of whom try to sign in; gives how many answers there were. */
async function load(address: string): Promise<number> {
  const end = performance.now() + SECONDS * 1000;
  const client = async (number: number) => {
    let count = 0;
    while (performance.now() < end) {
      if (count % 20 === 0) await wrongSignIn(address, number);
      const answer = await fetch(address + PAGES[(number + count) % PAGES.length], { method: "GET" });
      await answer.arrayBuffer();
      count += 1;
    }
    return count;
  };
  const counts = await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  return counts.reduce((sum, count) => sum + count);
}

async function wrongSignIn(address: string, number: number): Promise<void> {
  const answer = await fetch(`${address}/api/sign_in`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ name: `nobody-${number}`, secret: Buffer.alloc(32).toString("base64") }),
  });
  await answer.arrayBuffer();
}

/** From what the kernel says of the process. */
function mebibytes(server: ChildProcess, what: string): number {
  const line = readFileSync(`/proc/${server.pid}/status`, "utf8").split("\n").find((one) => one.startsWith(`${what}:`));
  return Number(line!.split(/\s+/)[1]) / 1024;
}
