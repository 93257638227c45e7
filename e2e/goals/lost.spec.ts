import { heading, named, signIn, signOut } from "../people.ts";
import { expect, look, test } from "../portal.ts";

/** What can be lost, and where each step is done. */
const PLACES: Record<string, string[]> = {
  device: ["/account", "/account/passkeys", "/account/password"],
  password: ["/sign-in", "/recover", "/account/recovery-code"],
  everything: ["/admin/resets"],
  member: ["/people"],
  keys: ["/people"],
  unit: ["/unit/recovery", "/admin/recovery"],
};

test("whoever has lost something finds plain steps, and the page for each", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "If something is lost" }).click();
  await expect(heading(page, "If something is lost")).toBeVisible();
  await look(page);
  for (const [id, paths] of Object.entries(PLACES)) {
    const section = page.locator(`section#${id}`);
    expect(await section.getByRole("listitem").count(), id).toBeGreaterThan(paths.length + 2);
    for (const path of paths) {
      await expect(section.locator(`a[href="${path}"]`)).toBeVisible();
      expect((await page.request.get(path)).status(), path).toBe(200);
    }
  }
});

test("a unit sees what needs doing, and whether enough of it are there", async ({ page, portal }) => {
  await signIn(page, named(portal, "lena"));
  const todo = page.locator("#todo");
  await expect(todo.getByText("The yearly drill is due")).toBeVisible();
  await expect(todo.getByText("Fewer than two members")).toHaveCount(0);
  await look(page);
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await expect(page.getByText("2 members who are here can open what comes now.")).toBeVisible();
  await page.getByText("I am going to be away").click();
  await look(page);
  await page.getByRole("button", { name: "Away for 2 weeks" }).click();
  await expect(page.getByText("You are away until")).toBeVisible();
  await expect(page.getByText("1 member who is here can open what comes now.")).toBeVisible();
  await look(page);
  await signOut(page);

  await signIn(page, named(portal, "marc"));
  await todo.getByRole("link", { name: /Fewer than two members/ }).click();
  await expect(heading(page, "People")).toBeVisible();
  await expect(page.getByText("(away until")).toBeVisible();
  await signOut(page);

  await signIn(page, named(portal, "lena"));
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await page.getByRole("button", { name: "I am back" }).click();
  await expect(page.getByText("2 members who are here can open what comes now.")).toBeVisible();
});

test("leads and administrators are told in time what is due", async ({ portal, browser }) => {
  const later = async (name: string, days: number) => {
    const page = await browser.newPage({ baseURL: portal.address });
    await page.clock.setSystemTime(Date.now() + days * 24 * 60 * 60 * 1000);
    await signIn(page, named(portal, name));
    return page;
  };
  const amina = await later("amina", 80);
  const todo = amina.locator("#todo");
  await expect(todo.getByText("Are these still your people?")).toBeVisible();
  await expect(todo.getByText("Renew the keys: they are over 60 days old")).toBeVisible();
  await amina.close();
  const beth = await later("beth", 80);
  await expect(beth.locator("#todo")).toHaveCount(0);
  await beth.close();
  const nadia = await later("nadia", 65);
  await expect(nadia.locator("#todo").getByText("sign the next directory")).toBeVisible();
  await look(nadia);
  await nadia.close();
});
