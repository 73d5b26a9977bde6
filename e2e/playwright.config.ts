import { defineConfig } from "@playwright/test";

/**
 * `cargo xtask test --only browser` starts an embedded stack and says by environment variables where it is; so does anybody who
 * wants to run these against a stack that is up: SLUICE_URL=http://127.0.0.1:8600 npx playwright test
 */
export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // One stack serves all tests: they run one after another, each with data of its own.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: process.env.SLUICE_URL ?? "http://127.0.0.1:8600",
    browserName: "chromium",
    headless: true,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.SLUICE_CHROMIUM,
      // As root, as in a container, Chromium has no sandbox; and it must not ask the network for anything of its own.
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
    },
  },
});
