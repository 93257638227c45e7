import config from "../playwright.config.ts";

/** One at a time: what is measured has the machine to itself. */
export default { ...config, testDir: ".", testMatch: ["*.spec.ts"], workers: 1 };
