import type { Page } from "@playwright/test";
import { expect, signIn } from "./sluice";
import { expectToWrite } from "./thresholds";

/**
 * As Supplier ARO 1: raises a quarantine threshold of the GS User ID fivefold, signs in the page and sends. Returns the
 * reference; the submission then waits for a reviewer.
 */
export async function sendRiskyThresholds(page: Page): Promise<string> {
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Get a certificate" }).click();
  await expect(page.getByText("Ready to sign")).toBeVisible();
  await page.getByRole("link", { name: "Thresholds" }).click();
  await page.getByRole("link", { name: "90-B3-D5-1F-30-02-00-00" }).click();
  await page.getByRole("button", { name: "Write thresholds" }).click();
  await expectToWrite(page);
  const quarantine = page.getByLabel(/^Quarantine threshold of 7\.2 /).first();
  await quarantine.fill(String(Math.max(10, Number(await quarantine.inputValue())) * 5));
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign file" }).click();
  await page.getByRole("button", { name: "Send file" }).click();
  await page.waitForURL(/\/send\/[0-9A-Z-]+$/);
  await expect(page.getByText("Needs review").first()).toBeVisible({ timeout: 30_000 });
  return page.url().split("/").pop()!;
}
