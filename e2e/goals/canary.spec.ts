import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { begin, fillAll, heading, named, openCase, openSection, saveSection, send, signIn, signOut, TOLD } from "../people.ts";
import { alive, expect, test } from "../portal.ts";
import { holds } from "../search.ts";

const CANARIES = {
  happened: "zanzibar-quokka-happened-7731",
  who: "zanzibar-quokka-who-7732",
  contact: "zanzibar-quokka-contact-7733",
};

/** Everything that pages send and log from now on. */
class Watch {
  readonly sent: { what: string; body: Buffer }[] = [];
  readonly #logged: string[] = [];

  constructor(...pages: Page[]) {
    for (const page of pages) {
      page.on("request", (request) => {
        const [url, headers] = [request.url(), JSON.stringify(request.headers())];
        this.sent.push({ what: url, body: Buffer.from(url) }, { what: `${url} headers`, body: Buffer.from(headers) });
        const body = request.postDataBuffer();
        if (body) this.sent.push({ what: `${url} body`, body });
      });
      page.on("console", (message) => this.#logged.push(message.text()));
    }
  }

  /** Expects the secret nowhere: in no request, on no console, and not in what the server logs. */
  expectNowhere(secret: string, log: string): void {
    expect(this.sent.filter(({ body }) => holds(body, secret)).map(({ what }) => what)).toEqual([]);
    expect(this.#logged.filter((line) => line.includes(secret))).toEqual([]);
    expect(holds(Buffer.from(log), secret)).toBe(false);
  }
}

test("nothing secret leaves the page, in any encoding", async ({ page, portal }) => {
  const beth = named(portal, "beth");
  const watch = new Watch(page);
  const { sent } = watch;

  await signIn(page, beth);
  await fillAll(page, { ...TOLD, ...CANARIES });
  await send(page);
  await signOut(page);

  // The controls: the sign-in name is public to the server, and what is planted goes out in every form. All must be found.
  expect(sent.some(({ body }) => holds(body, beth.name))).toBe(true);
  const controls = planted();
  for (const [name, body] of controls) await plant(page, name, body);
  for (const [name] of controls) {
    const body = sent.find(({ what }) => what.includes(`control=${name} body`))?.body;
    expect(body && holds(body, CONTROL), name).toBe(true);
  }
  for (const secret of [...Object.values(CANARIES), beth.password]) watch.expectNowhere(secret, portal.log());
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(stored).toBe("[{},{}]");
});

test("nothing secret of a draft or a file leaves the page", async ({ page, portal }) => {
  const watch = new Watch(page);
  // Held until it was seen: the workers that send parts end at once.
  await page.route("**/api/blob/*", (route) => route.continue());
  const [label, text, name, note, inside] = [1, 2, 3, 4, 5].map((n) => `zanzibar-quokka-draft-775${n}`) as [string, string, string, string, string];
  await signIn(page, named(portal, "amina"));
  await begin(page);
  await openSection(page, "What happened");
  await page.getByText("Name this draft").click();
  await page.getByLabel("What do you call it?").fill(label);
  await page.getByLabel("What have you been told, or seen?").fill(text);
  await saveSection(page);
  await openSection(page, "Evidence");
  await page.getByLabel("Add files").setInputFiles({ name: `${name}.txt`, mimeType: "text/zanzibar", buffer: Buffer.from(inside.repeat(50)) });
  await expect(page.getByRole("main").getByText("Stored, sealed")).toBeVisible();
  await page.getByLabel(/What does .* show/).fill(note);
  await saveSection(page);
  await expect(page.locator(".candour-saved[aria-busy=false]")).toBeVisible();

  await page.getByRole("navigation").getByRole("link", { name: "Your concerns" }).click();
  await page.getByRole("link", { name: `Give ${label} to a colleague` }).click();
  await page.getByRole("group", { name: "Who should have it?" }).getByRole("radio").first().check();
  await page.getByLabel("Keep my copy too").check();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("button", { name: "Seal and give it" }).click();
  await expect(heading(page, "It waits for your colleague")).toBeVisible();

  // The controls: that something was stored, in each place.
  for (const path of ["/api/drawer", "/api/blob/", "/api/parcel"]) {
    expect(watch.sent.some(({ what, body }) => what.includes(path) && what.endsWith(" body") && body.length > 1000), path).toBe(true);
  }
  for (const secret of [label, text, name, note, inside, "text/zanzibar"]) watch.expectNowhere(secret, portal.log());
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(stored).toBe("[{},{}]");
  // Nothing is left for whoever tests that next.
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("It no longer waits for them.")).toBeVisible();
});

test("nothing secret of what a unit does with a case leaves the page", async ({ page, portal }) => {
  const [note, statement, actions, message, why] = [1, 2, 3, 4, 5].map((n) => `zanzibar-quokka-work-886${n}`) as [string, string, string, string, string];
  await signIn(page, named(portal, "amina"));
  await fillAll(page, { ...TOLD, ...CANARIES });
  const reference = await send(page);
  await signOut(page);

  const watch = new Watch(page);
  await signIn(page, named(portal, "dev"));
  await page.getByLabel("Search").fill(CANARIES.happened);
  await openCase(page, reference);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const said = (text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();
  await press("Add a note");
  await page.getByLabel("Your note").fill(note);
  await press("Save the note");
  await said("The note is saved.");
  await press("Assess");
  await page.getByRole("radio", { name: "Something was done" }).check();
  await page.getByLabel("What is done, by whom").fill(actions);
  await page.getByLabel("Why you assess it so").fill(why);
  await press("Add a statement");
  await page.getByLabel("What is stated").fill(statement);
  await page.getByRole("radio", { name: /^A: known directly/ }).check();
  await page.getByLabel("Conditions of sharing").fill(why);
  await press("Keep this statement");
  await press("Save the assessment");
  await said("The assessment is saved.");
  await press("Write to the practitioner");
  await page.getByLabel("Your message").fill(message);
  await page.getByLabel("I ask only for what they already know or hold").check();
  await press("Seal and send the message");
  await said("Your message is sealed and sent.");
  await expect(page.getByText(message)).toBeVisible();

  expect(watch.sent.filter(({ what }) => what.endsWith("/api/append body")).length).toBeGreaterThanOrEqual(4);
  for (const secret of [note, statement, actions, message, why, CANARIES.happened, CANARIES.who]) watch.expectNowhere(secret, portal.log());
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(stored).not.toContain("quokka");
});

test("nothing secret of an invitation leaves either browser", async ({ page, portal, browser }) => {
  const theirs = await browser.newPage({ baseURL: portal.address });
  const watch = new Watch(page, theirs);
  const [whom, name] = ["zanzibar-quokka-whom-7734", "quokka"];
  await signIn(page, named(portal, "jac"));
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await page.getByText("Invite somebody").first().click();
  await page.getByLabel("Whom do you invite?").fill(whom);
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const link = await page.locator("#link").innerText();

  await theirs.goto(link);
  await alive(theirs);
  await theirs.getByLabel("Sign-in name").fill(name);
  const password = await theirs.locator("#proposed").innerText();
  await theirs.getByRole("textbox", { name: /New password|six words/ }).fill(password);
  await theirs.getByRole("button", { name: "Make my account" }).click();
  await expect(heading(theirs, "Your account is made")).toBeVisible();
  const code = (await theirs.locator("#code li").allInnerTexts()).join(" ");
  await page.getByRole("button", { name: "Look for answers again" }).first().click();
  await expect(page.getByText(`${name} answered the invitation that you made for ${whom}.`)).toBeVisible();
  await page.getByRole("button", { name: "The six words are the same" }).click();
  await expect(page.getByText(`You invited ${whom}`)).toBeVisible();

  // The controls: the name and what the link leads to are for the server to know.
  const [path, secret] = link.split("#");
  for (const known of [name, path.split("/").at(-1)!]) {
    expect(watch.sent.some(({ body }) => holds(body, known)), known).toBe(true);
  }
  // The secret is followed by what everybody may know: the hash of the roots.
  for (const one of [whom, password, code, secret, secret.slice(0, 32)]) watch.expectNowhere(one, portal.log());
  await theirs.close();
});

const CONTROL = "zanzibar-quokka-control-7740";

/** The control in every form in which a body could hold it: as it is, in base64 at each offset, in hex, wide, and each packed. */
function planted(): [string, Buffer][] {
  const around = (offset: number) => Buffer.from(`${"x".repeat(offset)}${CONTROL}yz`);
  const plain: [string, Buffer][] = [
    ["raw", Buffer.from(`{"note":"${CONTROL}"}`)],
    ["hex", Buffer.from(Buffer.from(CONTROL).toString("hex"))],
    ["wide", Buffer.from(CONTROL, "utf16le")],
    ...[0, 1, 2].map((offset): [string, Buffer] => [`base64-${offset}`, Buffer.from(around(offset).toString("base64"))]),
    ...[0, 1, 2].map((offset): [string, Buffer] => [`base64url-${offset}`, Buffer.from(around(offset).toString("base64url"))]),
  ];
  return plain.flatMap(([name, body]): [string, Buffer][] => [
    [name, body],
    [`${name}-gzip`, gzipSync(body)],
    [`${name}-brotli`, brotliCompressSync(body)],
  ]);
}

/** Sends bytes as the page itself could. */
async function plant(page: Page, name: string, body: Buffer): Promise<void> {
  await page.evaluate(
    ([path, bytes]) => fetch(path as string, { method: "POST", body: Uint8Array.from(bytes as number[]) }),
    [`/api/session?control=${name}`, [...body]],
  );
}

test("the search finds what is planted, in each form", () => {
  const text = "planted-control-4242";
  for (const offset of [0, 1, 2]) {
    const body = Buffer.from(Buffer.concat([Buffer.alloc(offset, "x"), Buffer.from(text), Buffer.from("yz")]).toString("base64"));
    expect(holds(body, text)).toBe(true);
  }
  expect(holds(Buffer.from(Buffer.from(text).toString("hex")), text)).toBe(true);
  expect(holds(Buffer.from(text, "utf16le"), text)).toBe(true);
  expect(holds(Buffer.from("nothing here"), text)).toBe(false);
});

test("the vault gives no key, whatever it is asked", async ({ page, portal }) => {
  await signIn(page, named(portal, "dev"));
  const worker = page.workers()[0];
  expect(worker).toBeDefined();
  // What a script in the page could do: post anything, and read all that comes back.
  const answers = await page.evaluate(async () => {
    const path = document.querySelector<HTMLMetaElement>("meta[name=candour-worker]")!.content;
    const vault = new Worker(path, { type: "module" });
    const heard: number[][] = [];
    const done = new Promise<void>((resolve) => {
      vault.onmessage = ({ data }) => {
        if (data.answer) heard.push([...data.answer]);
        if (heard.length === 256) resolve();
      };
    });
    for (let first = 0; first < 256; first++) vault.postMessage({ id: first, request: new Uint8Array([0x82, first, 0x80]) });
    await done;
    vault.terminate();
    return heard;
  });
  // Every answer is a refusal (variant 1) and too short for a key.
  for (const answer of answers) expect(answer.length).toBeLessThan(16);
  // Locking ends the worker.
  await page.getByRole("button", { name: "Lock" }).click();
  await expect.poll(() => page.workers().length).toBe(0);
});
