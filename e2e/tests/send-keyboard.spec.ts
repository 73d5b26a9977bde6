import type { Page } from "@playwright/test";

import { choose, makeSigningKey, sample, smallChange } from "../support/files";
import { expect, signIn, test } from "../support/sluice";

/** Moves on by Tab to the control with these words. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (here === words) return;
  }
  throw new Error(`There is no way by Tab to "${words}"`);
}

test("once a file is chosen, the keyboard alone leads to the outcome", async ({ page }) => {
  await signIn(page, "Supplier ARO 1");
  await makeSigningKey(page);
  await tabTo(page, "Send a file");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Send a file" })).toBeFocused();
  await choose(page, await sample(page, smallChange));

  // Each step's heading takes the focus, so the next Tab is in the step.
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await tabTo(page, "Continue");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign", exact: true })).toBeFocused();
  await tabTo(page, "Sign file");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Send", exact: true })).toBeFocused();
  await tabTo(page, "Send file");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeFocused();
});
