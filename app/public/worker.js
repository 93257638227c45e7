// The vault's door. Bytes in, bytes out; keys stay behind it. Nothing here is ever logged, failures included:
// a message of the browser's could carry what was being sealed.
import open, { answer } from "/assets/vault.js";

const ready = open({ module_or_path: fetch("/assets/vault.wasm", { integrity: "integrity of /assets/vault.wasm" }) });
ready.catch(() => {});

// The same room for the parts of every file: what a browser reads into room of its own stays there until memory is short.
let room = new ArrayBuffer(0);

function reader(blob) {
  try {
    return blob.stream().getReader({ mode: "byob" });
  } catch {
    // Some browsers cannot.
    return undefined;
  }
}

async function read(blob) {
  const from = reader(blob);
  if (!from) return new Uint8Array(await blob.arrayBuffer());
  if (room.byteLength < blob.size) room = new ArrayBuffer(blob.size);
  let filled = 0;
  while (filled < blob.size) {
    const { value, done } = await from.read(new Uint8Array(room, filled, blob.size - filled));
    if (done || !value) throw new Error("shorter than it was");
    room = value.buffer;
    filled += value.length;
  }
  return new Uint8Array(room, 0, filled);
}

async function reply({ id, request, beside }) {
  let part;
  try {
    await ready;
    part = beside && (await read(beside));
    const told = await answer(request, part, (progress) => postMessage({ id, progress }));
    if (told) postMessage({ id, answer: told[0], beside: told[1] }, told.map((bytes) => bytes.buffer));
    else postMessage({ id, unfetched: true });
  } catch {
    postMessage({ id, failed: true, unread: beside && !part });
  } finally {
    request.fill(0);
    part?.fill(0);
  }
}

// One after the other, also while a part of the vault is being fetched.
let last = Promise.resolve();
addEventListener("message", ({ data }) => {
  last = last.then(() => reply(data));
});
