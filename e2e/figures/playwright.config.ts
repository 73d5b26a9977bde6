import base from "../playwright.config";
import { defineConfig } from "@playwright/test";

/** The figures that only a browser can give. `cargo xtask figures` runs them, on a stack and with a released page as the tests have them. */
export default defineConfig(base, {
  // Over the base's, whose tests are in a folder of their own.
  projects: [{ name: "chromium", testDir: "." }],
  testMatch: /\.figure\.ts$/,
  outputDir: "../test-results",
  timeout: 600_000,
  // A trace costs time of its own.
  use: { trace: "off" },
});
