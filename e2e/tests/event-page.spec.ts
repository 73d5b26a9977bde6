import { hides } from "../support/sight";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

/** 240 communications of Supplier ARO 1, about which these tests decide nothing. */
const EVENT = "/quarantine/1203";

test("on paper every communication is there, and nothing to press", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  await expect(page.getByText("All 240 shown", { exact: true })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(page.locator("#held-table [role=row]")).toHaveCount(241);
  // Browsers print the headings of a table, and of nothing else, on each page; and not where they hold a box of their own, such as a button.
  const display = (selector: string) => page.locator(`#held-table ${selector}`).first().evaluate((element) => getComputedStyle(element).display);
  expect(await display("[role=rowgroup]")).toBe("table-header-group");
  expect(await display("[role=rowgroup]:nth-child(2) [role=row]")).toBe("table-row");
  expect(await display("[role=columnheader] button")).toBe("contents");
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
  expect(await sign("Request ID")).toContain("↕");
  await page.getByRole("button", { name: "Request ID" }).click();
  await expect.poll(() => sign("Request ID")).toContain("▲");
  await expect(page.getByRole("columnheader", { name: "Request ID" })).toHaveAttribute("aria-sort", "ascending");
});

const REQUEST_ID = /90-B3-D5-1F-30-01-00-00:[0-9A-F-]{23}:\d+/;

test("a row has the whole Request ID and the service with its name, cut off nowhere", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  const first = page.locator("#held-table [role=row][aria-rowindex='2']");
  for (const width of [1280, 768, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(first).toContainText(REQUEST_ID);
    await expect(first).toContainText(/7\.\d+ (Enable|Disable|Arm) /);
    const cut = await page.locator("#held-table [role=gridcell]").evaluateAll((cells) =>
      cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1 || (!cell.querySelector(".govuk-tag") && cell.scrollHeight > cell.clientHeight + 1)).map((cell) => cell.textContent),
    );
    expect(cut, `at ${width}`).toEqual([]);
    await expectNoSidewaysScroll(page);
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show as plain pages" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(REQUEST_ID);
  await expect(page.getByRole("row").nth(1)).toContainText(/7\.\d+ (Enable|Disable|Arm) /);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("undo says what it came to", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  await page.getByRole("grid", { name: "Held communications" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("r");
  await expect(page.getByText("2 communications are to be released.").first()).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Undone: 2 communications are held again.").first()).toBeVisible();
});

test("a page about an event says which it is", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^Event 1203: 7\.\d+ .+ and \d other services?, User ID 90-B3-D5-1F-30-01-00-00, held since \d+ \w+ \d{4}$/,
  );
});

test("before decisions are written, the devices that are released and deleted are listed, to be counted", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", EVENT);
  const grid = page.getByRole("grid", { name: "Held communications" });
  await grid.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("r");
  await page.keyboard.press("Home");
  for (let row = 0; row < 3; row += 1) {
    await page.keyboard.press("d");
    await page.keyboard.press("ArrowDown");
  }
  const deleted = await grid.getByRole("row").filter({ hasText: "Delete" }).locator(".app-grid__request").allTextContents();
  expect(deleted).toHaveLength(3);
  await page.getByRole("button", { name: "Review decisions" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review decisions on event 1203");

  await expect(page.getByRole("heading", { name: /^Delete 3 communications for \d devices?$/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Release 237 communications for \d+ devices$/ })).toBeVisible();
  for (const request of deleted) await expect(page.getByRole("table", { name: /^Delete: / }).getByRole("row").filter({ hasText: request })).toBeVisible();
  const release = page.locator("section").filter({ has: page.getByRole("heading", { name: /^Release 237 / }) });
  // Long lists are folded, and come in pages.
  await expect(release.getByRole("table")).toHaveCount(0);
  await release.getByText(/^7\.1 .+: \d+ communications for \d+ devices$/).click();
  await expect(release.getByRole("row")).toHaveCount(51);
  await expect(release.getByText(/^1 to 50 of 1\d\d$/)).toBeVisible();
  await release.getByRole("button", { name: "Next" }).click();
  await expect(release.getByText(/^51 to 100 of 1\d\d$/)).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  // On paper they are all there.
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(release.getByRole("row")).toHaveCount(237 + (await release.getByRole("table").count()));
});
