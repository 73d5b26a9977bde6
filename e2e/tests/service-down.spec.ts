import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { Api } from "../support/api";
import { aro, sign } from "../support/cms";
import { networkThresholds } from "../support/made";
import { chooseSigned, continueToSend, installKey } from "../support/send";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn } from "../support/sluice";
import { test } from "../support/stack";

test.use({ brokenNetwork: true });

/** The service is down; sign-in and the page itself are not. */
const down = (page: Page) => page.route("**/api/**", (route) => route.abort());
const up = (page: Page) => page.unrouteAll({ behavior: "ignoreErrors" });

async function saved(page: Page, button: string): Promise<{ name: string; content: Buffer }> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

/** Opens a page while the service is down, and tries again until it is up. */
async function expectTryAgain(page: Page, path: string): Promise<void> {
  await down(page);
  await openWithin(page, path);
  await expect(page.getByRole("alert")).toContainText("Sluice cannot be reached");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await up(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
}

for (const path of ["/quarantine", "/quarantine/1301", "/thresholds", "/submissions", "/thresholds/90-B3-D5-1F-30-03-00-00/write"]) {
  test(`${path} can be tried again when the service is up`, async ({ page }) => {
    await signIn(page, "Network ARO 1");
    await expectTryAgain(page, path);
  });
}

test("what DCC staff review, and a submission, can be tried again when the service is up", async ({ page, stack }) => {
  const { body } = await new Api(stack, "supplier-aro-1").get<{ items: { reference: string }[] }>("/submissions");
  const { reference } = body.items[0]!;
  await signIn(page, "DCC reviewer 1");
  await expect(page).toHaveURL(/\/review$/);
  await openWithin(page, "/help");
  await expectTryAgain(page, "/review");
  await expectTryAgain(page, `/submissions/${reference}`);
  await expect(page.getByRole("region", { name: "What happened" })).toBeVisible();
});

test("a reload while the service is down keeps the address, and goes on there", async ({ page }) => {
  await signIn(page, "Network ARO 1", "/quarantine/1301?state=held");
  await expect(page.getByText("All 12 shown", { exact: true })).toBeVisible();
  await down(page);
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("Sluice cannot be reached");
  await expect(page).toHaveURL(/\/quarantine\/1301\?state=held$/);
  await expectAccessible(page);
  await up(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("All 12 shown", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/quarantine\/1301\?state=held$/);
});

test("the file that the page wrote and its signature can be kept when sending fails", async ({ page }) => {
  await signIn(page, "Network ARO 1", "/signing-key");
  await installKey(page);
  await openWithin(page, "/quarantine/1301");
  await page.getByRole("grid", { name: "Held communications" }).focus();
  await page.keyboard.press("d");
  await page.getByRole("button", { name: "Review decisions" }).click();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign file" }).click();
  const send = await continueToSend(page);
  await down(page);
  await send.click();
  await expect(page.getByRole("alert")).toContainText("Sluice cannot be reached");
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  const file = await saved(page, "Download the file");
  expect(file.name).toMatch(/^EXITQ_1301_\d{8}\.csv$/);
  expect(file.content.toString()).toMatch(/^QuarantineEventRef,RequestID,Action\r\n1301,\S+,Delete\r\n$/);
  const signature = await saved(page, "Download the signature (.p7s)");
  expect(signature.name).toBe(`${file.name}.p7s`);
  expect(signature.content.length).toBeGreaterThan(500);
});

test("so can a file that was chosen, before it is sent", async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  await continueToSend(page);
  await page.getByText("If the service cannot be reached").click();
  expect(await saved(page, "Download the file")).toEqual({ name: file.name, content: file.content });
});

test("where the page's own server is down, too, the way on can still be read", async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const send = await continueToSend(page);
  await page.waitForLoadState("networkidle");
  await page.route("**", (route) => route.abort());
  await send.click();
  await page.getByRole("alert").getByRole("link", { name: "When Sluice is down" }).click();
  await expect(page.getByRole("heading", { name: "When Sluice is down", level: 1 })).toBeVisible();
  await expect(page.getByText("second way", { exact: false }).first()).toBeVisible();
});
