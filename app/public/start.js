// The only script of every page: the same bytes for everyone, so no page needs one inside it.
// It checks that this browser can seal at all, and otherwise shows the other ways to tell somebody.

// Hydration looks for what the server rendered; our pages are constants, so there is never anything.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];

const SLOW_AFTER_MILLISECONDS = 15_000;

// The smallest module with a vector instruction in it: our modules use them, and older browsers cannot.
const VECTORS = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

function supported() {
  return (
    globalThis.isSecureContext &&
    globalThis.crypto?.subtle !== undefined &&
    typeof WebAssembly === "object" &&
    WebAssembly.validate(VECTORS)
  );
}

function show(id) {
  const message = document.getElementById(id);
  const loading = document.getElementById("loading");
  if (message) message.hidden = false;
  if (loading) loading.hidden = true;
}

async function start() {
  const module_or_path = fetch("/assets/app.wasm", { integrity: "integrity of /assets/app.wasm" });
  const page = await import("/assets/app.js");
  await page.default({ module_or_path });
  page.hydrate();
  document.documentElement.dataset.ready = "yes";
}

if (supported()) {
  const slow = setTimeout(show, SLOW_AFTER_MILLISECONDS, "slow");
  start()
    .catch((error) => show(error instanceof WebAssembly.CompileError ? "unsupported" : "slow"))
    .finally(() => clearTimeout(slow));
} else {
  show("unsupported");
}
