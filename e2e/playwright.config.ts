import { defineConfig } from "@playwright/test";
import { stacks } from "./support/stacks";

/**
 * `cargo xtask test --only browser` starts embedded stacks and says by environment variables where they are; so does anybody who
 * wants to run these against a stack that is up: SLUICE_URL=http://127.0.0.1:8600 npx playwright test
 */
export default defineConfig({
  outputDir: "test-results",
  // Firefox first: its tests are few and long, and what is long must not begin last.
  projects: [...(process.env.SLUICE_FIREFOX ? [{ name: "firefox", testDir: "firefox", timeout: 240_000 }] : []), { name: "chromium", testDir: "tests" }],
  // The tests of one file run one after another, and no two files at a time on one stack; each test has data of its own.
  workers: stacks.length,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    // Of tests that take Playwright's own `test`; the others have their worker's (`support/sluice.ts`).
    baseURL: stacks[0],
    browserName: "chromium",
    headless: true,
    // To look at a failure: SLUICE_TRACE=1. Recording takes more than a third of a run's time, and what failed says where without it.
    trace: process.env.SLUICE_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: process.env.SLUICE_CHROMIUM,
      // As root, as in a container, Chromium has no sandbox; and it must not ask the network for anything of its own.
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
    },
  },
});
