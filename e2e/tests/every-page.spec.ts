import type { Page } from "@playwright/test";
import { Api, announcement, put } from "../support/api";
import { networkThresholds } from "../support/made";
import { aro, sign } from "../support/cms";
import {
  expect,
  expectAccessible,
  expectAccessibleInThisSize,
  expectDrawn,
  expectForcedColoursToDo,
  expectNoSidewaysScroll,
  expectPrintToBeWhole,
  expectTablesStack,
  openWithin,
  signIn,
} from "../support/sluice";
import { test } from "../support/stack";

const WIDE = { width: 1280, height: 900 };
/** A window of 1,280 pixels at 400 % has as many. */
const NARROW = { width: 320, height: 640 };
/** A large screen and a telephone. */
const OTHERS = [{ width: 1920, height: 1080 }, { width: 390, height: 844 }];

/** Looks at a page wide and narrow, in forced colours and on paper. */
async function look(page: Page, path: string): Promise<void> {
  await test.step(path, async () => {
    await openWithin(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectDrawn(page);
    await page.setViewportSize(WIDE);
    await expectAccessible(page);
    await expectForcedColoursToDo(page);
    await expectPrintToBeWhole(page);
    for (const size of [...OTHERS, NARROW]) {
      await test.step(`at ${size.width} pixels`, async () => {
        await page.setViewportSize(size);
        await expectNoSidewaysScroll(page);
        await expectTablesStack(page);
      });
    }
    await expectAccessibleInThisSize(page);
  });
}

test("every page of a sender, by axe, from 320 to 1920 pixels, in forced colours and on paper", async ({ page, stack }) => {
  test.setTimeout(300_000);
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
    "/sign-out",
    "/help",
    "/help/files",
    "/help/services",
    "/help/samples",
    "/nothing-here",
  ]) {
    await look(page, path);
  }
});

test("every page of DCC staff, by axe, from 320 to 1920 pixels, in forced colours and on paper", async ({ page, stack }) => {
  test.setTimeout(300_000);
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
    `/review/together?chosen=${reference}`,
    "/review/decided",
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

test("what others of an organisation and of the DCC see, by axe, from 320 to 1920 pixels, in forced colours and on paper", async ({ browser, stack }) => {
  test.setTimeout(300_000);
  const roles: [string, string[]][] = [
    ["Supplier submitter", ["/", "/send", "/quarantine/1203", "/thresholds/90-B3-D5-1F-30-01-00-00", "/signing-key"]],
    ["Supplier administrator", ["/people", "/activity"]],
    ["DCC operator", ["/", "/submissions", "/quarantine", "/quarantine/1203", "/thresholds"]],
    ["DCC administrator 1", ["/directory", "/directory?organisation=large-supplier", "/activity?organisation=large-supplier"]],
  ];
  for (const [person, paths] of roles) {
    const theirs = await (await browser.newContext({ baseURL: stack.url })).newPage();
    await signIn(theirs, person);
    for (const path of paths) await look(theirs, path);
    await theirs.context().close();
  }
});

test("before the sign-in, by axe, from 320 to 1920 pixels, in forced colours and on paper", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  for (const size of [...OTHERS, NARROW]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
  }
  await expectAccessible(page);
});
