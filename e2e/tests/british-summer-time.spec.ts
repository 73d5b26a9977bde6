import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

test("in summer the time in Great Britain stands beside UTC, in lists, in facts and in the table", async ({ page }) => {
  // As if it had happened in July: the service's answers are as they are, but for their times.
  const inJuly = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "2026-07-03T23:30:00Z");
  await page.route(/\/api\/quarantine-events/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: inJuly(await answer.text()) });
  });
  await signIn(page, "Supplier ARO 1", "/quarantine");
  const beside = "3 July 2026, 23:30 UTC (4 July, 00:30 BST)";
  await expect(page.getByRole("row").filter({ has: page.getByRole("link", { name: "1203", exact: true }) })).toContainText(`${beside}, `);
  await expectAccessible(page);
  await page.getByRole("link", { name: "1203", exact: true }).click();
  await page.getByText("About this event").click();
  await expect(page.getByText(beside).first()).toBeVisible();
  await expect(page.locator("#held-table [role=row]").nth(1)).toContainText("3 Jul 2026, 23:");
  await expect(page.locator("#held-table [role=row]").nth(1)).toContainText(" BST)");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});
