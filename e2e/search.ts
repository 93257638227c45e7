import { brotliDecompressSync, gunzipSync } from "node:zlib";

/** Every form in which a text, or a secret, may stand in other bytes. */
function forms(text: string | Buffer): Buffer[] {
  const raw = Buffer.from(text as string);
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), raw]).toString("base64");
    // What the neighbours decide is left out at both ends.
    return shifted.slice(Math.ceil((offset * 8) / 6), -4);
  });
  const url = base64.map((one) => one.replaceAll("+", "-").replaceAll("/", "_"));
  const wide = Buffer.from(raw.toString("latin1"), "utf16le");
  return [raw, ...[...base64, ...url, raw.toString("hex"), raw.toString("hex").toUpperCase()].map((one) => Buffer.from(one)), wide];
}

/** The body, and what it unpacks to. */
function unpacked(body: Buffer): Buffer[] {
  const all = [body];
  for (const unpack of [gunzipSync, brotliDecompressSync]) {
    try {
      all.push(unpack(body));
    } catch {
      // It is not packed in this way.
    }
  }
  return all;
}

/** Whether a body holds it in any form. */
export const holds = (body: Buffer, text: string | Buffer) =>
  unpacked(body).some((bytes) => forms(text).some((form) => bytes.includes(form)));
