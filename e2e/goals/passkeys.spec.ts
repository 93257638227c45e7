import type { Page } from "@playwright/test";
import { addDevice } from "../device.ts";
import { enter, heading, home, named, signIn, signOut } from "../people.ts";
import { expect, look, startPortal, test, visit } from "../portal.ts";
import { holds } from "../search.ts";

/** Everything that a device computes in this page from now on. */
async function watch(page: Page): Promise<() => Promise<Buffer[]>> {
  const computed: Buffer[] = [];
  await page.exposeFunction("noteComputed", (bytes: number[]) => void computed.push(Buffer.from(bytes)));
  await page.addInitScript(() => {
    for (const how of ["create", "get"] as const) {
      const ask = navigator.credentials[how].bind(navigator.credentials) as (options: any) => Promise<any>;
      navigator.credentials[how] = async (options: any) => {
        const made = await ask(options);
        const results = made?.getClientExtensionResults().prf?.results ?? {};
        for (const one of [results.first, results.second]) {
          if (one) await (window as any).noteComputed([...new Uint8Array(one)]);
        }
        return made;
      };
    }
  });
  return async () => computed;
}

async function openPasskeys(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Your account" }).click();
  await page.getByRole("link", { name: "Your passkeys" }).click();
  await expect(heading(page, "Your passkeys")).toBeVisible();
}

/** Adds one, by the keyboard, and gives what is said about it. */
async function add(page: Page, name: string): Promise<string> {
  await page.getByLabel("What will you call it?").fill(name);
  await page.keyboard.press("Enter");
  const said = page.getByRole("status").filter({ hasText: "The passkey is added" });
  await expect(said).toBeVisible();
  return said.innerText();
}

async function byPasskey(page: Page): Promise<void> {
  await visit(page, "/sign-in");
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
}

test("a passkey that computes signs in, opens the keys, and tells nobody what it computed", async ({ page, portal }) => {
  const sent: Buffer[] = [];
  page.on("request", (request) => {
    sent.push(Buffer.from(request.url()), Buffer.from(JSON.stringify(request.headers())));
    const body = request.postDataBuffer();
    if (body) sent.push(body);
  });
  const computed = await watch(page);
  await addDevice(page, true);
  const amina = named(portal, "amina");
  await signIn(page, amina);
  await openPasskeys(page);
  await look(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await look(page);
  expect(await add(page, "My laptop")).toContain("opens your keys");
  await look(page);
  await signOut(page);

  await byPasskey(page);
  await expect(heading(page, home(amina))).toBeVisible();
  await visit(page, "/concerns");
  await expect(heading(page, "Open your keys")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(heading(page, home(amina))).toBeVisible();
  await signOut(page);

  // After the password it is the second step.
  await visit(page, "/sign-in");
  await look(page);
  await enter(page, amina);
  await expect(heading(page, "Use your passkey")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(heading(page, home(amina))).toBeVisible();

  await openPasskeys(page);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(heading(page, "Remove a passkey")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("The passkey is removed")).toBeVisible();
  await signOut(page);
  await byPasskey(page);
  await expect(page.getByRole("alert")).toBeVisible();

  const secrets = await computed();
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  for (const secret of secrets) {
    expect(secret.length).toBe(32);
    expect(sent.filter((body) => holds(body, secret))).toEqual([]);
    expect(holds(Buffer.from(portal.log()), secret)).toBe(false);
  }
  // The control: what is sent on purpose is found.
  await page.evaluate((body) => fetch("/api/session?control", { method: "POST", body }), JSON.stringify({ first: secrets[0]!.toString("base64url") }));
  expect(sent.some((body) => holds(body, secrets[0]!))).toBe(true);
});

test("a passkey that does not compute is a second step, and the password opens the keys", async ({ page, portal }) => {
  await addDevice(page, false);
  const dev = named(portal, "dev");
  await signIn(page, dev);
  await openPasskeys(page);
  expect(await add(page, "A security key")).toContain("as a second step");
  await signOut(page);

  await byPasskey(page);
  await expect(heading(page, "Open your keys")).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page.getByRole("alert")).toContainText("cannot do this");
  await look(page);
  await page.getByRole("textbox", { name: "Password" }).fill(dev.password);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(heading(page, home(dev))).toBeVisible();
  await openPasskeys(page);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("The passkey is removed")).toBeVisible();
});

for (const computes of [true, false]) {
  test(`staff set up a passkey that ${computes ? "computes" : "does not compute"} before anything else`, async ({ browser }) => {
    const strict = await startPortal(undefined, ["--second-step"]);
    try {
      const page = await browser.newPage({ baseURL: strict.address });
      await addDevice(page, computes);
      const omar = named(strict, "omar");
      await visit(page, "/sign-in");
      await enter(page, omar);
      await expect(heading(page, "Set up a passkey")).toBeVisible();
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await expect(page.getByText("There is a problem")).toBeVisible();
      await look(page);
      await page.getByLabel("What will you call it?").fill("Work laptop");
      await page.keyboard.press("Enter");
      await expect(heading(page, home(omar))).toBeVisible();
      await signOut(page);

      // From then on it is enough where it computes, and comes after the password where it does not.
      if (computes) {
        await byPasskey(page);
      } else {
        await visit(page, "/sign-in");
        await enter(page, omar);
        await expect(heading(page, "Use your passkey")).toBeVisible();
        await page.getByRole("button", { name: "Use a passkey" }).click();
      }
      await expect(heading(page, home(omar))).toBeVisible();
      await page.close();
    } finally {
      await strict.stop();
    }
  });
}
