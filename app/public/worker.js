// The vault's door. Bytes in, bytes out; keys stay behind it. Nothing here is ever logged, failures included:
// a message of the browser's could carry what was being sealed.
import open, { answer } from "/assets/vault.js";

const ready = open({ module_or_path: fetch("/assets/vault.wasm", { integrity: "integrity of /assets/vault.wasm" }) });
ready.catch(() => {});

async function reply({ id, request, beside }) {
  let part;
  try {
    await ready;
    part = beside && new Uint8Array(await beside.arrayBuffer());
    const told = await answer(request, part, (progress) => postMessage({ id, progress }));
    if (told) postMessage({ id, answer: told[0], beside: told[1] }, told.map((bytes) => bytes.buffer));
    else postMessage({ id, unfetched: true });
  } catch {
    postMessage({ id, failed: true, unread: beside && !part });
  } finally {
    request.fill(0);
    part?.fill(0);
    // A part is large: where the browser can, it goes now, and not when memory is short.
    part?.buffer.transfer?.(0);
  }
}

// One after the other, also while a part of the vault is being fetched.
let last = Promise.resolve();
addEventListener("message", ({ data }) => {
  last = last.then(() => reply(data));
});
