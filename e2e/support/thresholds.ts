import { expect, type Page } from "@playwright/test";

/** Opens the page where a statement is written. Another test's statement may wait for a reviewer: then another one is begun. */
export async function openToWrite(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectToWrite(page);
}

/** The same of the page that is open. */
export async function expectToWrite(page: Page): Promise<void> {
  const another = page.getByRole("button", { name: "Write another statement" });
  const rows = page.getByLabel("Find a service");
  await expect(another.or(rows)).toBeVisible();
  if (await another.isVisible()) await another.click();
  await expect(rows).toBeVisible();
}
