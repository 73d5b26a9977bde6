import { readFileSync } from "node:fs";
import { expectThresholdsKept } from "../support/kept";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";
import { openToWrite } from "../support/thresholds";

const USER_ID = "90-B3-D5-1F-30-01-00-00";
const USER = `/thresholds/${USER_ID}`;

test("what is in force, exceptions and history, with links to their submissions", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/thresholds");
  await expectAccessible(page);
  await page.getByRole("link", { name: "90-B3-D5-1F-30-01-00-00" }).click();
  await expect(page.getByRole("cell", { name: "7.2 Disable Supply" }).first()).toBeVisible();
  await page.getByLabel("Find a service").fill("disable supply");
  await expect(page.getByText(/^1 of \d+ thresholds$/)).toBeVisible();
  await page.getByText("What it changed").first().click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("writing: checked as one types, by the words of the service; the draft is kept; the file goes on to be signed", deployed, async ({ page }) => {
  await signIn(page, "Supplier ARO 1", USER);
  await openToWrite(page, `${USER}/write`);
  const warning = page.getByLabel("Warning threshold of 7.2 Disable Supply, a day").first();
  const quarantine = page.getByLabel("Quarantine threshold of 7.2 Disable Supply, a day").first();
  await expect(page.getByText("Nothing is changed yet.").first()).toBeVisible();
  await expect(page.getByText(/anything left out ends when it is accepted\. .*Periods are fixed, not rolling/)).toBeVisible();
  await expectAccessible(page);

  const before = Number(await quarantine.inputValue());
  await warning.fill(String(before + 1));
  await warning.blur();
  await expect(page.getByText(`The warning threshold (${before + 1}) is above the quarantine threshold (${before}).`).first()).toBeVisible();
  await page.getByRole("link", { name: /is above the quarantine threshold/ }).click();
  await expect(page.locator(":focus")).toHaveAttribute("aria-invalid", "true");
  await expect(warning).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expectAccessible(page);

  await quarantine.fill(String(before * 5));
  await expect(page.getByText("Big change").first()).toBeVisible();
  await expect(page.locator("#change-counts")).toContainText("1 threshold is raised");
  await warning.fill("10");
  await quarantine.fill(String(before + 1));
  await expectThresholdsKept(page, USER_ID, { srv: "7.2", warning: "10", quarantine: String(before + 1) });
  await openToWrite(page, `${USER}/write`);
  await expect(page.getByText("This is your draft from before")).toBeVisible();
  await expect(warning).toHaveValue("10");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file to sign elsewhere" }).click();
  const text = readFileSync(await (await download).path()).toString();
  expect(text).toContain(`90-B3-D5-1F-30-01-00-00,7.2,P1D,10,${before + 1},,\r\n`);
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page).toHaveURL(/\/send\?draft=/);
});

test("an exception is added, needs its end, and is shown as added", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", USER);
  await openToWrite(page, `${USER}/write`);
  await page.getByText("Add an exception").click();
  await page.locator("#add-exception-service").selectOption("7.1");
  await page.getByRole("button", { name: "Add the exception" }).click();
  await page.getByLabel("Warning threshold of 7.1 Enable Supply, a day").last().fill("1");
  await page.getByLabel("Quarantine threshold of 7.1 Enable Supply, a day").last().fill("2");
  await page.getByLabel("End of 7.1 Enable Supply, a day").fill("2036-01-01T00:00");
  await expect(page.locator("#change-counts")).toContainText("1 exception is added");
  await expect(page.getByText("No errors.").first()).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("people of another organisation and viewers of the DCC do not write", async ({ page }) => {
  await signIn(page, "DCC reviewer 1", USER);
  await expect(page.getByRole("heading", { name: "In force now" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Write thresholds" })).toHaveCount(0);
});
