import type { Page } from "@playwright/test";
import { expectThresholdsKept } from "../support/kept";
import { hides, expectFocusInSight } from "../support/sight";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";
import { openToWrite } from "../support/thresholds";

/** 35 services, and one exception. */
const USER_ID = "90-B3-D5-1F-30-01-00-00";
const WRITE = `/thresholds/${USER_ID}/write`;

async function open(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, "Supplier ARO 2", "/thresholds");
  await openToWrite(page, WRITE);
  await expect(page.getByText("35 of 35 shown")).toBeVisible();
}

test("a service is found, headings stay in sight, and nothing covers the focus", async ({ page }) => {
  await open(page);
  const last = page.getByLabel(/^Quarantine threshold of 11\.3 /);
  await last.focus();
  await expect(page.getByRole("region", { name: "Standing thresholds" }).getByRole("columnheader", { name: "Quarantine" })).toBeInViewport();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await expectFocusInSight(page);
  await page.getByLabel("Find a service").fill("disable supply");
  await expect(page.getByText("1 of 35 shown")).toBeVisible();
  await expect(page.getByLabel(/^Quarantine threshold of 7\.2 /).first()).toBeVisible();
  await expectAccessible(page);
});

test("a row at fault is shown whatever is looked for", async ({ page }) => {
  await open(page);
  await page.getByLabel(/^Warning threshold of 1\.1\.1 /).fill("-4");
  await page.getByLabel("Find a service").fill("disable supply");
  await expect(page.getByText("2 of 35 shown")).toBeVisible();
  await page.getByRole("button", { name: "Start again from what is in force" }).or(page.getByLabel(/^Warning threshold of 1\.1\.1 /)).first().focus();
});

test("Remove is in view at 1280 pixels, and on paper nothing sticks out", async ({ page }) => {
  await open(page);
  const remove = page.getByRole("region", { name: "Exceptions" }).getByRole("button", { name: /^Remove 7\.2/ });
  await remove.focus();
  expect(await hides(page, ":focus")).toBeNull();
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.emulateMedia({ media: "print" });
  await expectNoSidewaysScroll(page);
});

test("what was started again is no draft from before", async ({ page }) => {
  await open(page);
  const warning = page.getByLabel(/^Warning threshold of 1\.1\.1 /);
  const before = await warning.inputValue();
  await warning.fill("1");
  await expectThresholdsKept(page, USER_ID, { srv: "1.1.1", warning: "1" });
  await openToWrite(page, WRITE);
  const draft = page.getByText("This is your draft from before");
  await expect(draft).toBeVisible();
  await page.getByRole("button", { name: "Start again from what is in force" }).click();
  await expect(draft).toHaveCount(0);
  await expect(warning).toHaveValue(before);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expectThresholdsKept(page, USER_ID);
  await openToWrite(page, WRITE);
  await expect(page.getByText("35 of 35 shown")).toBeVisible();
  await expect(draft).toHaveCount(0);
});

test("what checks the rows comes while a button is pressed: it stays under the pointer, and goes on", async ({ page }) => {
  await open(page);
  let comes = () => {};
  const held = new Promise<void>((resolve) => (comes = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(/\.wasm$/);
  await page.getByLabel(/^Warning threshold of 1\.1\.1 /).fill("1");
  await asked;
  const button = page.getByRole("button", { name: "Write the file and go on to sign" });
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  await page.mouse.down();
  const before = await button.boundingBox();
  const came = page.waitForResponse(/\.wasm$/);
  comes();
  await (await came).finished();
  // As long as it takes to be compiled, and drawn.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 60; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  });
  expect(await button.boundingBox()).toEqual(before);
  await page.mouse.up();
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
});
