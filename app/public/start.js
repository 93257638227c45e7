// The only script of every page: the same bytes for everyone, so no page needs one inside it.
// It checks that this browser can seal at all, and otherwise shows the other ways to tell somebody; and it is the way out.

const LOADING_AFTER_MILLISECONDS = 1_000;
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
  if (loading) loading.hidden = true;
  if (message) message.hidden = false;
}

async function start() {
  const module_or_path = fetch("/assets/app.wasm", { integrity: "integrity of /assets/app.wasm" });
  const page = await import("/assets/app.js");
  await page.default({ module_or_path });
  await page.start();
  document.documentElement.dataset.ready = "yes";
}

// The way out: a link that covers the page, has every tab leave, and leaves no way back; and Shift, three times.
const EXIT = ".govuk-exit-this-page__button";
const PRESSES = 3;
const WITHIN_MILLISECONDS = 5_000;

// Where a browser has no such channel, its tabs do not hear each other, and each leaves all the same.
const tabs = globalThis.BroadcastChannel && new BroadcastChannel("session");

function leave() {
  const cover = document.createElement("div");
  cover.className = "govuk-exit-this-page-overlay";
  document.body.classList.add("govuk-exit-this-page-hide-content");
  document.body.append(cover);
  location.replace("/exit");
}

function leaveEverywhere() {
  tabs?.postMessage("exit");
  leave();
}

tabs?.addEventListener("message", (event) => {
  if (event.data === "exit") leave();
});

let pressed = 0;
let since = 0;

function count(event) {
  const passed = event.timeStamp - since > WITHIN_MILLISECONDS;
  if (event.key !== "Shift") pressed = 0;
  else if (pressed === 0 || passed) [pressed, since] = [1, event.timeStamp];
  else pressed += 1;
  const said = document.getElementById("exit-presses");
  if (said) said.textContent = said.getAttribute(`data-after-${pressed}`) ?? "";
  if (pressed === PRESSES && document.querySelector(EXIT)) leaveEverywhere();
}

document.addEventListener("keyup", count);
document.addEventListener("click", (event) => {
  if (!event.target.closest?.(EXIT)) return;
  event.preventDefault();
  leaveEverywhere();
});

// The privacy screen: a key covers the page while somebody comes past, and uncovers it. Nothing is lost, and meanwhile nothing behind
// it can be read, reached or heard.
const COVER = "F9";
let cover;

function toggleCover() {
  if (cover) return cover.close();
  cover = document.createElement("dialog");
  cover.className = "candour-cover";
  cover.textContent = document.getElementById("exit-presses")?.dataset.covered ?? "";
  cover.addEventListener("close", () => {
    cover.remove();
    cover = undefined;
  });
  document.body.append(cover);
  cover.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== COVER || !(cover || document.querySelector(EXIT))) return;
  event.preventDefault();
  if (!event.repeat) toggleCover();
});

if (!supported()) {
  show("unsupported");
} else if (document.querySelector("link[rel=modulepreload]")) {
  const waits = [
    setTimeout(show, LOADING_AFTER_MILLISECONDS, "loading"),
    setTimeout(show, SLOW_AFTER_MILLISECONDS, "slow"),
  ];
  start()
    .catch((error) => show(error instanceof WebAssembly.CompileError ? "unsupported" : "slow"))
    .finally(() => waits.forEach(clearTimeout));
} else {
  document.documentElement.dataset.ready = "yes";
}
