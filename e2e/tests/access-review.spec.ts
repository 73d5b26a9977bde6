import { readFileSync } from "node:fs";
import { makeReviewerKey } from "../support/files";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";
import type { Locator, Page } from "@playwright/test";

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

function access(page: Page, person: string): Locator {
  return page.getByRole("region", { name: "Access" }).getByRole("row").filter({ hasText: person });
}

async function openReview(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Access review" }).click();
  await expect(page.getByRole("heading", { name: "Access review" })).toBeFocused();
}

test("an administrator looks over who may do what, confirms one, and is on record", deployed, async ({ page }) => {
  await signIn(page, "Supplier administrator", "/people");
  await openReview(page);
  await expect(page.getByText(/The review of \d+ people is overdue/)).toBeVisible();
  await expect(page.getByText(/^Who is here is noted since/)).toBeVisible();
  const aro = access(page, "supplier-aro-1");
  await expect(aro).toContainText("Authorised Responsible Officer, since before changes were kept here");
  await expect(aro).toContainText(/valid until \d+ \w+ \d{4}/);
  await expect(aro).toContainText("Review overdue");
  // Nobody confirms themselves.
  const own = access(page, "supplier-admin");
  await expect(own.getByRole("checkbox")).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Confirm access", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Tick at least one person whose access you confirm.");
  await expectAccessible(page);
  await aro.getByLabel("Supplier ARO 1").check();
  for (const size of [NARROW, { width: 320, height: 640 }]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize(WIDE);
  await page.getByRole("button", { name: "Confirm access of 1 person" }).click();
  await expect(page.getByRole("alert")).toContainText("The access of 1 person is confirmed.");
  await expect(aro).toContainText("by Supplier administrator");
  await expect(aro).not.toContainText("Review overdue");
  await expect(aro.getByRole("checkbox")).not.toBeChecked();
  await expect(page.getByRole("row").filter({ hasText: "Confirm access" }).first()).toContainText("Looked over, and still needed.");
  await page.setViewportSize(NARROW);
  await expectAccessible(page);
  await page.setViewportSize(WIDE);

  await page.getByLabel("Show").selectOption("Review overdue");
  await expect(access(page, "supplier-aro-1")).toHaveCount(0);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download this list (CSV)" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text).toContain("Access confirmed (UTC)");
  expect(text).toMatch(/"Supplier ARO 1","supplier-aro-1",.*,"Supplier administrator","no"/);

  // What is not needed any more is taken away as on the list.
  await page.getByRole("button", { name: "Change or remove Supplier ARO 2" }).click();
  await expect(page.getByRole("heading", { name: "Change Supplier ARO 2" })).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Back to the list of people" }).click();
  await expect(page.getByRole("region", { name: "People" })).toBeVisible();
});

test("a DCC administrator confirms several of the DCC with a signature each, and elsewhere nobody whom others can", deployed, async ({ page }) => {
  await signIn(page, "DCC administrator 1", "/signing-key");
  await makeReviewerKey(page);
  await openWithin(page, "/directory?organisation=dcc&view=access");
  for (const name of ["DCC operator", "DCC reviewer 1"]) {
    await page.getByRole("region", { name: "Access" }).getByLabel(name, { exact: true }).check();
  }
  await page.getByRole("button", { name: "Confirm access of 2 people" }).click();
  await expect(page.getByRole("alert")).toContainText("The access of 2 people is confirmed.");
  await expect(access(page, "dcc-operator")).toContainText("by DCC administrator 1");
  await expectAccessible(page);

  await openWithin(page, "/directory?organisation=large-supplier&view=access");
  await expect(access(page, "supplier-aro-2")).toBeVisible();
  await expect(access(page, "supplier-aro-2").getByRole("checkbox")).toHaveCount(0);
  // The only administrator, whom nobody there can confirm.
  await expect(access(page, "supplier-admin").getByRole("checkbox")).toHaveCount(1);
});

test.describe("what is refused", () => {
  // The browser says in its console that the second was answered with 409.
  test.use({ brokenNetwork: true });

  test("the same is not confirmed twice a day, and who it is says why", deployed, async ({ page }) => {
    await signIn(page, "Supplier administrator", "/people?view=access");
    const submitter = access(page, "supplier-submitter");
    for (const outcome of ["The access of 1 person is confirmed.", "Supplier submitter: This was confirmed today already"]) {
      await submitter.getByLabel("Supplier submitter").check();
      await page.getByRole("button", { name: "Confirm access of 1 person" }).click();
      await expect(page.getByRole("alert")).toContainText(outcome);
    }
    await expectAccessible(page);
  });
});
