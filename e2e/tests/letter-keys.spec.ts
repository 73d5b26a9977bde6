import { expectDecisionsKept } from "../support/kept";
import { expect, signIn, test } from "../support/sluice";

/** Event of 12 of the network operator. */
const SMALL = "/quarantine/1301";

test("keys of a single letter can be switched off, and stay off", async ({ page }) => {
  await signIn(page, "Network ARO 1", SMALL);
  const shown = page.locator("#rows-shown");
  await expect(shown).toHaveText("All 12 shown");
  const table = page.locator("#held-table");
  const totals = page.locator(".app-decide__totals");
  await table.focus();
  await page.keyboard.press("r");
  await expect(totals).toContainText("Release\n1", { useInnerText: true });
  await page.keyboard.press("Control+z");
  await expect(totals).toContainText("Release\n0", { useInnerText: true });

  await page.getByText("Keys for the table").click();
  await page.getByLabel("Use keys of a single letter").uncheck();
  await expectDecisionsKept(page, "1301", 0);
  await page.reload();
  await expect(shown).toHaveText("All 12 shown");
  await table.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("r");
  await page.keyboard.press("d");
  // The others go on working.
  await page.keyboard.press("Space");
  await expect(page.locator("#held-table [role=row][aria-selected=true]")).toHaveCount(1);
  await expect(totals).toContainText("Release\n0", { useInnerText: true });
  await expect(totals).toContainText("Delete\n0", { useInnerText: true });

  await page.getByText("Keys for the table").click();
  await page.getByLabel("Use keys of a single letter").check();
  await table.focus();
  await page.keyboard.press("d");
  await expect(totals).toContainText("Delete\n1", { useInnerText: true });
});
