import type { Page } from "@playwright/test";

/** Gives the page a device with passkeys, which may compute a secret for the site; gives what takes the device away. */
export async function addDevice(page: Page, hasPrf: boolean): Promise<() => Promise<void>> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable");
  const { authenticatorId } = await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return async () => void (await browser.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId }));
}
