import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { binary } from "./portal.ts";

/** How the native tool ended, and what it said. */
export interface Said {
  code: number;
  text: string;
}

/** Runs `candour-tool`, which is built beside the server, in a folder that stands for the offline machine. */
export function tool(folder: string, ...line: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(join(dirname(binary), "candour-tool"), line, { cwd: folder }, (error, out, err) => {
      const code = typeof error?.code === "number" ? error.code : error ? -1 : 0;
      resolve({ code, text: out + err });
    });
  });
}

/** Writes down what the portal is checked against, as its operator would hand it over on paper. */
export async function writeRoots(page: Page, folder: string): Promise<void> {
  const meta = (name: string) => page.locator(`meta[name=candour-${name}]`).getAttribute("content");
  const [instance, roots, threshold] = await Promise.all(["instance", "roots", "threshold"].map(meta));
  const keys = roots!.split(",").map((key) => JSON.stringify(key));
  const text = `instance = ${JSON.stringify(instance)}\nroots = [${keys.join(", ")}]\nthreshold = ${threshold}\n`;
  await writeFile(join(folder, "roots.toml"), text);
}
