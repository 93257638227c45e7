// A page that loads the vault as the portal does, and npm's age beside it. Nothing else is on it.

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL("../../target/site", import.meta.url));
const packages = fileURLToPath(new URL("../node_modules", import.meta.url));

const IMPORTS = {
  "age-encryption": "/modules/age-encryption/dist/index.js",
  "@noble/": "/modules/@noble/",
  "@scure/base": "/modules/@scure/base/index.js",
};
const HTML = `<!doctype html><title>Bench</title><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;
const TYPES: Record<string, string> = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** Serves the page on a free loopback port. */
export async function serve(): Promise<{ server: Server; address: string }> {
  const server = createServer(async (request, response) => {
    try {
      const path = normalize(request.url ?? "/");
      const body = await content(path);
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function content(path: string): Promise<Buffer> | string {
  if (path.startsWith("/assets/")) return readFile(join(site, path));
  if (path.startsWith("/modules/")) return readFile(join(packages, path.slice("/modules/".length)));
  return HTML;
}

/** The path of an asset, from the site's manifest. */
export async function asset(name: string): Promise<string> {
  return JSON.parse(await readFile(join(site, "manifest.json"), "utf8"))[name].path;
}
