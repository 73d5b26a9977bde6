import { hides } from "../support/sight";
import { expect, expectAccessible, signIn, test } from "../support/sluice";

/** 240 communications of Supplier ARO 1, about which these tests decide nothing. */
const EVENT = "/quarantine/1203";

test("on paper every communication is there, and nothing to press", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  await expect(page.getByText("All 240 shown", { exact: true })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(page.locator("#held-table [role=row]")).toHaveCount(241);
  for (const control of ["button", "combobox", "textbox"] as const) {
    const shown = page.getByRole(control).filter({ visible: true });
    expect(await shown.evaluateAll((all) => all.filter((one) => !one.closest("[role=columnheader]")).map((one) => one.textContent))).toEqual([]);
  }
  const overlaps = await page.locator("#held-table [role=row]").evaluateAll((rows) => {
    const boxes = rows.map((row) => row.getBoundingClientRect());
    return boxes.some((box, at) => at > 0 && box.top < boxes[at - 1]!.bottom - 1);
  });
  expect(overlaps).toBe(false);
  const totals = (await page.locator("#totals").boundingBox())!;
  const last = (await page.locator("#held-table [role=row]").last().boundingBox())!;
  expect(totals.y).toBeGreaterThanOrEqual(last.y + last.height - 1);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect.poll(() => page.locator("#held-table [role=row]").count()).toBeLessThan(60);
});

test("whoever filters sees what is found, and the field", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, "Supplier ARO 1", EVENT);
  const service = page.getByLabel("Service");
  await service.selectOption("7.1");
  await expect(page.getByText("120 of 240 shown", { exact: true })).toBeVisible();
  await expect.poll(() => hides(page, "#held-table [role=row][aria-rowindex='6']")).toBeNull();
  await expect(service).toBeInViewport();
  await expectAccessible(page);
});

test("undo and redo by keys wherever the focus is, except in a field", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  const table = page.getByRole("grid", { name: "Held communications" });
  await table.focus();
  await page.keyboard.press("d");
  await expect(table.getByText("Delete")).toHaveCount(1);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Control+z");
  await expect(table.getByText("Delete")).toHaveCount(0);
  await page.keyboard.press("Control+y");
  await expect(table.getByText("Delete")).toHaveCount(1);
  await page.getByLabel("Device contains").focus();
  await page.keyboard.press("Control+z");
  await expect(table.getByText("Delete")).toHaveCount(1);
  await table.focus();
  await page.keyboard.press("Control+z");
  await expect(table.getByText("Delete")).toHaveCount(0);
});

test("a heading by which rows can be sorted says so", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  const sign = (name: string) => page.getByRole("button", { name }).evaluate((button) => getComputedStyle(button, "::after").content);
  expect(await sign("Counter")).toContain("↕");
  await page.getByRole("button", { name: "Counter" }).click();
  expect(await sign("Counter")).toContain("▲");
  await expect(page.getByRole("columnheader", { name: "Counter" })).toHaveAttribute("aria-sort", "ascending");
});
