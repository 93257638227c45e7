import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATABASE, MADE_ONCE, startPortal } from "./portal.ts";

/** Playwright's set-up makes the demonstration once, because its people's passwords are slow to hash on purpose. */
export default async function makeOnce(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "candour-made-"));
  await (await startPortal(join(folder, DATABASE))).stop();
  process.env[MADE_ONCE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
