import { readFileSync } from "node:fs";
import { expectDecisionsKept } from "../support/kept";
import { mainThreadWork } from "../support/processor";
import { expect, expectAccessible, expectNoSidewaysScroll, expectOutlineInForcedColours, signIn, test } from "../support/sluice";

/** Event with 100,000 held communications: nothing here is submitted, so other tests find it as it was. */
const LARGE = "/quarantine/18446744073709551617";
/** Event of 12 of the network operator. */
const SMALL = "/quarantine/1301";

test("100,000 communications: filter, select all that match, delete, undo and redo, and the numbers to the end", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", LARGE);
  await expect(page.locator("#rows-shown")).toHaveText("All 100,000 shown", { timeout: 40_000 });
  await expectAccessible(page);

  await page.getByLabel("Service").selectOption("7.2");
  await expect(page).toHaveURL(/srv=7\.2/);
  const shown = await page.locator("#rows-shown").innerText();
  const matching = shown.match(/^([\d,]+) of 100,000 shown$/)![1]!;
  await page.getByRole("button", { name: `Select all ${matching} shown` }).click();
  const measure = await mainThreadWork(page);
  const work = await measure(async () => {
    await page.getByRole("button", { name: `Delete ${matching}` }).click();
    await expect(page.locator(".app-decide__totals")).toContainText(`Delete\n${matching}`, { useInnerText: true });
  });
  expect(work).toBeLessThan(1_000);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".app-decide__totals")).toContainText("Delete\n0", { useInnerText: true });
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByRole("button", { name: "Review decisions" }).click();
  await expect(page.locator("#in-numbers")).toContainText(`Delete ${matching} of the 100,000 communications held`);
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file to sign elsewhere" }).click();
  const lines = readFileSync(await (await download).path()).toString().split("\r\n");
  expect(lines[0]).toBe("QuarantineEventRef,RequestID,Action");
  expect(lines.length - 2).toBe(Number(matching.replaceAll(",", "")));
  expect(lines[1]).toMatch(/^18446744073709551617,90-B3-D5-1F-30-02-00-00:[0-9A-F-]{23}:\d+,Delete$/);
});

test("scrolling through 100,000 rows draws a few dozen and never stalls", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", LARGE);
  await expect(page.locator("#rows-shown")).toHaveText("All 100,000 shown", { timeout: 40_000 });
  const measure = await mainThreadWork(page);
  for (let step = 1; step <= 60; step += 1) {
    const work = await measure(() =>
      page.locator("#held-table").evaluate(async (table, step) => {
        table.scrollTop = (table.scrollHeight / 60) * step;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      }, step),
    );
    expect(work, `step ${step}`).toBeLessThan(500);
  }
  expect(await page.locator("#held-table [role=row]").count()).toBeLessThan(80);
  await expect(page.locator("#held-table [role=row]").last()).toHaveAttribute("aria-rowindex", "100001");
});

test("by keyboard alone: move, select a range, release, undo, keep held", async ({ page }) => {
  await signIn(page, "Network ARO 1", SMALL);
  await expect(page.locator("#rows-shown")).toHaveText("All 12 shown");
  const totals = page.locator(".app-decide__totals");
  await expect(totals).toContainText("Keep held\n12", { useInnerText: true });
  await page.locator("#held-table").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expectOutlineInForcedColours(page.locator("#held-table .app-grid__row--here"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.keyboard.press("r");
  await expect(totals).toContainText("Release\n3", { useInnerText: true });
  await expect(totals).toContainText("Keep held\n9", { useInnerText: true });
  await page.keyboard.press("End");
  await page.keyboard.press("d");
  await expect(totals).toContainText("Delete\n1", { useInnerText: true });
  await page.keyboard.press("Control+z");
  await expect(totals).toContainText("Delete\n0", { useInnerText: true });
  await page.keyboard.press("Control+a");
  await expect(page.getByText("12 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("0 selected", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: "Keep held 12" }).press("Enter");
  await expect(totals).toContainText("Release\n0", { useInnerText: true });
  await expect(totals).toContainText("Keep held\n12", { useInnerText: true });
});

test("choices are kept over a reload, and the file goes on to be signed", async ({ page }) => {
  await signIn(page, "Network ARO 1", SMALL);
  await page.locator("#held-table").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("r");
  await expect(page.locator(".app-decide__totals")).toContainText("Release\n12", { useInnerText: true });
  await expectDecisionsKept(page, "1301", 12);
  await page.goto(SMALL);
  await expect(page.locator(".app-decide__totals")).toContainText("Release\n12", { useInnerText: true });
  await page.getByRole("button", { name: "Review decisions" }).click();
  await expect(page.locator("#in-numbers")).toHaveText(/^Release 12 of the 12 communications held in event 1301\.$/);
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page).toHaveURL(/\/send\?draft=/);
  await expect(page.getByText(/EXITQ_1301_\d{8}\.csv/).first()).toBeVisible();
});

test("plain pages with check boxes, and a narrow window", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "Network ARO 1", SMALL);
  await expect(page.locator("#rows-shown")).toHaveText("All 12 shown");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show as plain pages" }).click();
  await expect(page).toHaveURL(/view=plain/);
  await page.getByRole("checkbox").first().check();
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.getByRole("button", { name: "Delete 1" }).click();
  await expect(page.locator(".app-decide__totals")).toContainText("Delete\n1", { useInnerText: true });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("a filter that nothing fits says so; DCC staff look and do not decide", async ({ page }) => {
  await signIn(page, "DCC operator", SMALL);
  await expect(page.getByText("Submitters and AROs of the organisation decide.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Release" })).toHaveCount(0);
  await page.getByLabel("Device contains").fill("ff-ff-ff");
  await expect(page.getByText("No communication fits the filters.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page.locator("#rows-shown")).toHaveText("All 12 shown");
});

test("the list of events says what is due", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/quarantine");
  await expect(page.getByRole("link", { name: "18446744073709551617" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});
