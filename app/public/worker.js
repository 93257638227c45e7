// The vault's door. Bytes in, bytes out; keys stay behind it. Nothing here is ever logged, failures included:
// a message of the browser's could carry what was being sealed.
import open, { answer } from "/assets/vault.js";

const ready = open({ module_or_path: fetch("/assets/vault.wasm", { integrity: "integrity of /assets/vault.wasm" }) });
ready.catch(() => {});

async function reply({ id, request }) {
  try {
    await ready;
    const bytes = answer(request, (progress) => postMessage({ id, progress }));
    postMessage({ id, answer: bytes }, [bytes.buffer]);
  } catch {
    postMessage({ id, failed: true });
  } finally {
    request.fill(0);
  }
}

addEventListener("message", (event) => reply(event.data));
