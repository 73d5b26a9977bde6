import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn } from "../support/sluice";
import { expectFocusInSight, hides } from "../support/sight";
import { test } from "../support/stack";

/** 240 communications of Supplier ARO 1; other tests on this stack decide about a few. */
const EVENT = "/quarantine/1203";

const SIZES = [
  { width: 1280, height: 900 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
  // 1280×900 at 200 % and at 400 % zoom.
  { width: 640, height: 450 },
  { width: 320, height: 225 },
];

/** The row that the keyboard is at. */
const HERE = "[role=row].app-grid__row--here";

async function expectRowInSight(page: Page, when: string): Promise<void> {
  await expect.poll(() => hides(page, HERE), { message: when }).toBeNull();
}

for (const size of SIZES) {
  test(`at ${size.width}×${size.height} the row that keys act on is in view, and nothing covers the focus`, async ({ page }) => {
    await page.setViewportSize(size);
    await signIn(page, "Supplier ARO 1", EVENT);
    await expect(page.getByText("All 240 shown", { exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
    const table = page.getByRole("grid", { name: "Held communications" });
    await table.focus();
    for (let row = 1; row <= 30; row += 1) {
      await page.keyboard.press("ArrowDown");
      await expectRowInSight(page, `after ${row} times down`);
    }
    await page.keyboard.press("r");
    await expectRowInSight(page, "released");
    for (const key of ["End", "PageUp", "ArrowUp", "Home"]) {
      await page.keyboard.press(key);
      await expectRowInSight(page, key);
    }
    await expectAccessible(page);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await expectFocusInSight(page);
  });
}

test("a key does nothing to a row that was scrolled out of view: it shows the row", async ({ page }) => {
  await page.setViewportSize(SIZES[0]!);
  await signIn(page, "Supplier ARO 1", EVENT);
  const table = page.getByRole("grid", { name: "Held communications" });
  await table.focus();
  await page.keyboard.press("ArrowDown");
  await table.evaluate((frame) => frame.scrollTo(0, 4_000));
  await page.keyboard.press("d");
  await expectRowInSight(page, "after the key");
  await expect(page.getByText("This row was not in view.").first()).toBeVisible();
  await expect(table.getByText("Delete")).toHaveCount(0);
  await page.keyboard.press("d");
  await expect(table.getByText("Delete")).toHaveCount(1);
});

test("DCC staff see whole Request IDs, each under its heading, wide and narrow", async ({ page }) => {
  await signIn(page, "DCC operator", EVENT);
  await expect(page.getByText("All 240 shown", { exact: true })).toBeVisible();
  for (const size of SIZES.slice(0, 3)) {
    await page.setViewportSize(size);
    const cut = await page.getByRole("gridcell").evaluateAll((cells) =>
      cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
    );
    expect(cut).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]!);
  const left = async (role: "columnheader" | "gridcell", name: RegExp | string) =>
    (await page.getByRole(role, { name }).first().boundingBox())!.x;
  expect(await left("gridcell", /00-DB-/)).toBe(await left("columnheader", "Request ID"));
  await expectAccessible(page);
});
