import type { Page } from "@playwright/test";
import { Api, announcement, put } from "../support/api";
import { networkThresholds } from "../support/made";
import { aro, sign } from "../support/cms";
import { expect, expectAccessible, expectNoSidewaysScroll, expectTablesStack, openWithin, signIn } from "../support/sluice";
import { test } from "../support/stack";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

/** Looks at a page wide and narrow. */
async function look(page: Page, path: string): Promise<void> {
  await test.step(path, async () => {
    await openWithin(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.getByText(/^(Loading|Looking for)/)).toHaveCount(0);
    await page.setViewportSize(WIDE);
    await expectAccessible(page);
    await page.setViewportSize(NARROW);
    await expectNoSidewaysScroll(page);
    await expectTablesStack(page);
  });
}

test("every page of a sender, by axe and at 390 pixels", async ({ page, stack }) => {
  test.slow();
  const api = new Api(stack, "supplier-aro-1");
  const { content, name } = stack.sample("ADT_large-supplier");
  const started = await api.start(announcement({ name, content }, sign(stack, aro(stack, "network-aro-1"), content)));
  await put(started.body.upload!, content);
  const { reference } = started.body.submission;
  expect(await api.outcome(reference)).toBe("rejected");

  await signIn(page, "Supplier ARO 1");
  for (const path of [
    "/",
    "/send",
    `/send/${reference}`,
    "/quarantine",
    "/quarantine/1201",
    "/quarantine/1201/review",
    "/quarantine/18446744073709551617?view=plain",
    "/thresholds",
    "/thresholds/90-B3-D5-1F-30-01-00-00",
    "/thresholds/90-B3-D5-1F-30-02-00-00/write",
    "/submissions",
    `/submissions/${reference}`,
    `/submissions/${reference}/receipt`,
    "/signing-key",
    "/help",
    "/help/files",
    "/help/services",
    "/help/samples",
    "/nothing-here",
  ]) {
    await look(page, path);
  }
});

test("every page of DCC staff, by axe and at 390 pixels", async ({ page, stack }) => {
  test.slow();
  const file = networkThresholds();
  const content = Buffer.from(file.content.toString().replaceAll(",62,", ",620,"));
  const api = new Api(stack, "network-submitter");
  const started = await api.start(announcement({ ...file, content }, sign(stack, aro(stack, "network-aro-1"), content)));
  await put(started.body.upload!, content);
  const { reference } = started.body.submission;
  expect(await api.outcome(reference)).toBe("awaiting-review");

  await signIn(page, "DCC reviewer 1");
  for (const path of [
    "/",
    "/review",
    `/review/${reference}`,
    "/submissions",
    `/submissions/${reference}`,
    "/quarantine",
    "/quarantine/1301",
    "/thresholds",
    "/thresholds/90-B3-D5-1F-30-03-00-00",
    "/help",
  ]) {
    await look(page, path);
  }
});

test("before the sign-in, by axe and at 390 pixels", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page);
});
