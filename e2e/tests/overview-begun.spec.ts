import { NETWORK } from "../support/made";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn, test } from "../support/sluice";

test("what was chosen or written and is in no file yet is listed, and goes on from there", async ({ page }) => {
  await signIn(page, "Network ARO 1", "/quarantine/1301");
  const overview = page.getByRole("navigation").getByRole("link", { name: "Overview" });
  await page.getByRole("grid", { name: "Held communications" }).focus();
  await page.keyboard.press("d");
  await overview.click();
  const decisions = page.getByRole("link", { name: "1 decision on event 1301" });
  await expect(decisions).toBeVisible();
  await expectAccessible(page);
  await decisions.click();
  await expect(page.getByRole("heading", { level: 1, name: "Event 1301" })).toBeFocused();

  await openWithin(page, `/thresholds/${NETWORK}/write`);
  await page.getByLabel(/^Warning threshold of 6\.15\.1/).first().fill("9");
  // At once: leaving the page keeps what was typed last.
  await overview.click();
  const thresholds = page.getByRole("link", { name: `Thresholds of ${NETWORK}` });
  await expect(thresholds).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await thresholds.click();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
  await overview.click();
  await expect(page.getByRole("link", { name: /^ADT_/ }).first()).toBeVisible();
  await expect(decisions).toBeVisible();
  await expect(thresholds).toHaveCount(0);
});
