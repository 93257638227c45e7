// Sends one part of a file and is ended: a page keeps what it sent until its memory is cleaned up some time later, and a worker takes it
// with it. What did not arrive is given back, to be sent again in the same bytes.

const PATIENCE_MILLISECONDS = 90_000;

addEventListener("message", async ({ data: { path, bytes } }) => {
  const options = { method: "PUT", body: bytes, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) };
  const answer = await fetch(path, options).catch(() => undefined);
  const said = { status: answer?.status ?? 0, wait: answer?.headers.get("retry-after") ?? undefined };
  if (answer?.ok) postMessage(said);
  else postMessage({ ...said, bytes }, [bytes.buffer]);
});
