// The vault's door. Bytes in, bytes out; keys stay behind it. Nothing here is ever logged, failures included:
// a message of the browser's could carry what was being sealed.
import open, { answer } from "/assets/vault.js";

const ready = open({ module_or_path: fetch("/assets/vault.wasm", { integrity: "integrity of /assets/vault.wasm" }) });
ready.catch(() => {});

async function reply({ id, request }) {
  try {
    await ready;
    const bytes = await answer(request, (progress) => postMessage({ id, progress }));
    if (bytes) postMessage({ id, answer: bytes }, [bytes.buffer]);
    else postMessage({ id, unfetched: true });
  } catch {
    postMessage({ id, failed: true });
  } finally {
    request.fill(0);
  }
}

// One after the other, also while a part of the vault is being fetched.
let last = Promise.resolve();
addEventListener("message", ({ data }) => {
  last = last.then(() => reply(data));
});
