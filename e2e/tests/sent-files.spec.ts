import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { Api, announcement, put } from "../support/api";
import { aro, sign, verify } from "../support/cms";
import { networkThresholds, type Made } from "../support/made";
import { expect, expectAccessible, signIn } from "../support/sluice";
import { test, type Stack } from "../support/stack";

/** A file of the network operator that is sent and settled. */
async function settled(stack: Stack): Promise<{ reference: string; file: Made; signature: Buffer }> {
  const file = networkThresholds();
  const signature = sign(stack, aro(stack, "network-aro-1"), file.content);
  const api = new Api(stack, "network-submitter");
  const started = await api.start(announcement(file, signature));
  await put(started.body.upload!, file.content);
  const { reference } = started.body.submission;
  await api.outcome(reference);
  return { reference, file, signature };
}

async function download(page: Page, button: string): Promise<{ name: string; content: Buffer }> {
  const [given] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return { name: given.suggestedFilename(), content: readFileSync(await given.path()) };
}

test("the sender downloads the file and the signature as they were sent, and they hold together", async ({ page, stack }) => {
  const { reference, file, signature } = await settled(stack);
  await signIn(page, "Network ARO 2", `/submissions/${reference}`);
  await expect(page.getByRole("button", { name: "Download the file" })).toBeVisible();
  await expectAccessible(page);
  expect(await download(page, "Download the file")).toEqual(file);
  const given = await download(page, "Download the signature");
  expect(given).toEqual({ name: `${file.name}.p7s`, content: signature });
  verify(stack, given.content, file.content);
});

test("a reviewer downloads them where the evidence is; an operator does not", async ({ page, stack, browser }) => {
  const { reference, file } = await settled(stack);
  await signIn(page, "DCC reviewer 1", `/submissions/${reference}`);
  expect((await download(page, "Download the file")).content).toEqual(file.content);

  const operator = await (await browser.newContext()).newPage();
  await signIn(operator, "DCC operator", `/submissions/${reference}`);
  await expect(operator.getByText("SHA-256 of the file")).toBeVisible();
  await expect(operator.getByRole("button", { name: /^Download the (file|signature)/ })).toHaveCount(0);
});

test.describe("when storage has the file no longer", () => {
  test.use({ brokenNetwork: true });

  test("the page says so, and what stays", async ({ page, stack }) => {
    const { reference } = await settled(stack);
    await signIn(page, "Network ARO 1", `/submissions/${reference}`);
    await page.route(/versionId=/, (route) => route.fulfill({ status: 403, headers: { "access-control-allow-origin": "*" } }));
    await page.getByRole("button", { name: "Download the file" }).click();
    await expect(page.getByRole("alert")).toContainText("The file is not there");
  });
});
