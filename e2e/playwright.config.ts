import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";

/** The distribution's Chromium: `cargo xtask` names it in CHROMIUM, otherwise the first one on the path. */
function chromium(): string {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  return process.env.CHROMIUM ?? found ?? "/usr/bin/chromium";
}

export default defineConfig({
  testDir: ".",
  testMatch: ["goals/**/*.spec.ts", "bugs/**/*.spec.ts"],
  outputDir: "test-results",
  globalSetup: fileURLToPath(new URL("demonstration.ts", import.meta.url)),
  // Portals are started per worker; on two cores, two of them keep both busy.
  workers: 2,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  // A test that fails once has failed.
  retries: 0,
  // Unlocking derives a key on purpose slowly, and a machine may be three times as slow as ours: nothing here says how fast Candour is.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    channel: undefined,
    actionTimeout: 60_000,
    locale: "en-GB",
    timezoneId: "Europe/London",
    // Recording every step would take a third of the time. Pictures and traces hold what was typed, which here is made up.
    screenshot: "only-on-failure",
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
