import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { Api, announcement, put } from "../support/api";
import { aro, sign } from "../support/cms";
import { networkThresholds, type Made } from "../support/made";
import { expect, expectAccessible, expectNoSidewaysScroll, expectTablesStack, signIn } from "../support/sluice";
import { spreadsheetLines } from "../support/spreadsheet";
import { test, type Stack } from "../support/stack";

/** Sends a file of the network operator and gives its reference, once it is settled or waits. */
async function sent(stack: Stack, file: Made): Promise<string> {
  const api = new Api(stack, "network-submitter");
  const request = announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const started = await api.start({ ...request, kind: "adt" });
  await put(started.body.upload!, file.content);
  await api.outcome(started.body.submission.reference);
  return started.body.submission.reference;
}

function risky(): Made {
  const file = networkThresholds();
  return { ...file, content: Buffer.from(file.content.toString().replaceAll(",62,", ",620,")) };
}

const shown = (page: Page) => page.getByRole("table", { name: "Submissions" }).getByRole("row");

async function taken(page: Page): Promise<string[]> {
  const [given] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download this list (CSV)" }).click(),
  ]);
  return spreadsheetLines(readFileSync(await given.path(), "utf8"));
}

test("submissions are searched, narrowed and sorted in the address, and taken away as CSV", async ({ page, stack }) => {
  // A name that a spreadsheet would take for a formula.
  const reference = await sent(stack, { ...networkThresholds(), name: "=HYPERLINK(1).csv" });
  await sent(stack, networkThresholds());
  await signIn(page, "Network ARO 1", "/submissions");
  await expect(page.getByRole("status").filter({ hasText: /^\d+ submissions$/ })).toBeVisible();
  const all = (await shown(page).count()) - 1;
  await expectAccessible(page);

  await page.getByLabel("File name or reference").fill("=hyper");
  await expect(shown(page)).toHaveCount(2);
  await expect(page.getByRole("status").filter({ hasText: `1 of ${all} submissions` })).toBeVisible();
  await expect(page).toHaveURL(/\?search=%3Dhyper$/);
  const lines = await taken(page);
  expect(lines[0]).toContain("Reference,Organisation,Kind of file,File name,State");
  expect(lines[1]).toContain(`${reference},Network Operator,ADT file,'=HYPERLINK(1).csv,`);
  expect(lines).toHaveLength(2);

  // The reference, as people copy it.
  await page.getByLabel("File name or reference").fill(reference.replaceAll("-", "").toLowerCase());
  await expect(shown(page)).toHaveCount(2);
  await page.reload();
  await expect(page.getByLabel("File name or reference")).toHaveValue(reference.replaceAll("-", "").toLowerCase());
  await expect(shown(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(shown(page)).toHaveCount(all + 1);
  await expect(page).toHaveURL(/\/submissions$/);

  await page.getByLabel("Kind of file").selectOption("Exit Quarantine file");
  await expect(page.getByText("No submission fits.")).toBeVisible();
  await page.getByLabel("Kind of file").selectOption("ADT file");
  await page.getByLabel("Started until (UTC)").fill("2020-01-01");
  await expect(page.getByText("No submission fits.")).toBeVisible();
  await expect(page.getByText("This day comes before the first")).toHaveCount(0);
  await page.getByLabel("Started from (UTC)").fill("2020-01-02");
  await expect(page.getByLabel("Started until (UTC)")).toHaveAccessibleDescription("This day comes before the first, so that nothing is found");
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(shown(page)).toHaveCount(all + 1);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectTablesStack(page);
  await page.getByLabel("Order").selectOption("By file name");
  await expect(page).toHaveURL(/\?sort=file$/);
  await expect(shown(page).nth(1)).toContainText("=HYPERLINK");
  await expectAccessible(page);
});

test("headings sort by keyboard, say so, and keep the focus", async ({ page, stack }) => {
  await sent(stack, networkThresholds());
  await sent(stack, networkThresholds());
  await signIn(page, "Network ARO 1", "/submissions");
  const started = page.getByRole("columnheader", { name: "Started" });
  await expect(started).toHaveAttribute("aria-sort", "descending");
  const times = () =>
    page.getByRole("table").locator("td time").evaluateAll((all) => all.map((time) => time.getAttribute("datetime")));
  expect(await times()).toEqual((await times()).toSorted().reverse());
  await started.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(started).toHaveAttribute("aria-sort", "ascending");
  await expect(started.getByRole("button")).toBeFocused();
  expect(await times()).toEqual((await times()).toSorted());
  await expect(page.getByRole("columnheader", { name: "File" })).toHaveAttribute("aria-sort", "none");
  await expect(page).toHaveURL(/\?sort=started$/);
});

test("staff narrow all submissions and the review queue to an organisation", async ({ page, stack }) => {
  const first = await sent(stack, risky());
  const second = await sent(stack, risky());
  await signIn(page, "DCC reviewer 1", "/submissions");
  await page.getByLabel("Organisation").selectOption("Network Operator");
  await expect(page).toHaveURL(/\?organisation=network-operator$/);
  await expect(shown(page).filter({ hasText: "Large Supplier" })).toHaveCount(0);
  await expect(shown(page).filter({ hasText: first })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Review", exact: true }).click();
  const waiting = page.getByRole("table", { name: "Submissions that wait for review" }).getByRole("row");
  await expect(waiting.filter({ hasText: second })).toBeVisible();
  await page.getByLabel("File name or reference").fill(second);
  await expect(waiting).toHaveCount(2);
  expect(await taken(page)).toHaveLength(2);
  await expectAccessible(page);
  // Keys go over what is shown.
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(second);
  await page.goBack();
  await expect(page.getByLabel("File name or reference")).toHaveValue(second);
  await page.getByLabel("Organisation").selectOption("Large Supplier");
  await expect(page.getByText("No submission fits.")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});
