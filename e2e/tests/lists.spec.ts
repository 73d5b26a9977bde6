import { readFileSync } from "node:fs";
import { spreadsheetLines } from "../support/spreadsheet";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, expectTablesStack, openWithin, signIn, test } from "../support/sluice";

/** The lines of the list that the page gives, without the mark at its beginning. */
async function takeAway(page: Page, name: string): Promise<string[]> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download this list (CSV)" }).click();
  expect((await download).suggestedFilename()).toBe(name);
  return spreadsheetLines(readFileSync(await (await download).path(), "utf8"));
}

async function narrow(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectTablesStack(page);
  await expect(page.getByLabel("Order")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test("thresholds in force are searched, sorted and taken away, and a view is found again by its address", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/thresholds/90-B3-D5-1F-30-01-00-00");
  const table = page.getByRole("table", { name: "Thresholds in force" });
  const firsts = () => table.getByRole("row").locator("td:first-child").allInnerTexts();
  await page.getByLabel("Find a service").fill("supply");
  await expect(page.getByText(/^\d of \d\d thresholds$/)).toBeVisible();
  await expect(page).toHaveURL(/search=supply/);
  const heading = table.getByRole("columnheader", { name: "Quarantine" });
  await expect(heading).toHaveAttribute("aria-sort", "none");
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  await expect(heading.getByRole("button")).toBeFocused();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-quarantine/);
  const shown = await firsts();
  const numbers = (await table.getByRole("row").locator("td:nth-child(4)").allInnerTexts()).map((text) => Number(text.replaceAll(",", "")));
  expect(numbers).toEqual([...numbers].sort((one, other) => other - one));

  const lines = await takeAway(page, "thresholds-in-force.csv");
  expect(lines[0]).toBe("Service,Period,Warning threshold,Quarantine threshold,Kind");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(shown);
  await narrow(page);
  await page.reload();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect.poll(firsts).toEqual(shown);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page.getByText(/^\d\d thresholds$/)).toBeVisible();
});

test("exceptions and what starts later are sorted by their headings, one table at a time", async ({ page }) => {
  const first = (row: object, at: number) => ({ ...row, warning: at, quarantine: 10 - at, from: `2035-0${at}-01T00:00:00Z`, to: `2036-0${at}-01T00:00:00Z` });
  await page.route("**/api/thresholds/90-B3-D5-1F-30-01-00-00", async (route) => {
    const answer = await route.fetch();
    const view = await answer.json();
    const { standing, exceptions } = view.thresholds;
    view.thresholds.exceptions = [2, 3, 1].map((at) => first(exceptions[0], at));
    view.thresholds.standing = [...standing, ...[2, 3, 1].map((at) => first(standing[0], at))];
    await route.fulfill({ response: answer, json: view });
  });
  await signIn(page, "Supplier ARO 1", "/thresholds/90-B3-D5-1F-30-01-00-00");
  for (const [name, column, words] of [
    ["Starting later", "Starts", "later-from"],
    ["Exceptions", "Until", "exception-until"],
  ] as const) {
    const table = page.getByRole("table", { name });
    const warnings = table.locator("tbody td:nth-child(3)");
    const heading = table.getByRole("columnheader", { name: column });
    await heading.getByRole("button").click();
    await expect(heading).toHaveAttribute("aria-sort", "ascending");
    await expect(heading.getByRole("button")).toBeFocused();
    await expect(page).toHaveURL(new RegExp(`sort=${words}$`));
    await expect(warnings).toHaveText(["1", "2", "3"]);
    await heading.getByRole("button").click();
    await expect(warnings).toHaveText(["3", "2", "1"]);
    await table.getByRole("columnheader", { name: "Quarantine" }).getByRole("button").click();
    await expect(warnings).toHaveText(["3", "2", "1"]);
  }
  await expect(page.getByRole("table", { name: "Starting later" }).getByRole("columnheader", { name: "Starts" })).toHaveAttribute("aria-sort", "none");
  await narrow(page);
});

test("User IDs of all organisations are narrowed to one", async ({ page }) => {
  await signIn(page, "DCC reviewer 1", "/thresholds");
  const rows = page.getByRole("table", { name: "User IDs" }).locator("tbody").getByRole("row");
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  await page.getByLabel("Organisation", { exact: true }).selectOption({ label: "Network Operator" });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("90-B3-D5-1F-30-03-00-00");
  await expect(page).toHaveURL(/organisation=network-operator/);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(rows).toHaveCount(all);
  // As it is copied, without hyphens.
  await page.getByLabel("Search").fill("90b3d51f30030000");
  await expect(rows).toHaveCount(1);
  expect(await takeAway(page, "user-ids.csv")).toHaveLength(2);
  await narrow(page);
});

test("events are searched by service and sorted, and long references are no numbers in the file", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/quarantine");
  const table = page.getByRole("table", { name: "To be decided" });
  const held = table.getByRole("columnheader", { name: "Held", exact: true });
  await held.getByRole("button").click();
  await held.getByRole("button").click();
  await expect(held).toHaveAttribute("aria-sort", "descending");
  await expect(table.locator("tbody").getByRole("row").first()).toContainText("18446744073709551617");
  await page.getByLabel("Search").fill("18446744073709551617");
  await expect(table.locator("tbody").getByRole("row")).toHaveCount(1);
  await expect(page.getByText(/^1 of \d+ events$/)).toBeVisible();
  const lines = await takeAway(page, "quarantine-events.csv");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^Event 18446744073709551617,\d/);
  await narrow(page);
});

test("events of all organisations are narrowed to one, and to days", async ({ page }) => {
  await signIn(page, "DCC reviewer 1", "/quarantine");
  const rows = page.locator("tbody").getByRole("row");
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  await page.getByLabel("Organisation", { exact: true }).selectOption({ label: "Network Operator" });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("1301");
  await expect(page).toHaveURL(/organisation=network-operator/);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(rows).toHaveCount(all);
  await page.getByLabel("Held until (UTC)").fill("2020-01-01");
  await expect(page.getByText(new RegExp(`^0 of ${all} events$`))).toBeVisible();
  await page.getByLabel("Held until (UTC)").fill("");
  await page.getByLabel("Held from (UTC)").fill("2020-01-01");
  await expect(rows).toHaveCount(all);
  await narrow(page);
});

test("held communications are taken away as they are filtered, and found by a whole Request ID", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/quarantine/1203?srv=7.1");
  await expect(page.locator("#rows-shown")).toHaveText("120 of 240 shown");
  const lines = await takeAway(page, "held-communications.csv");
  expect(lines[0]).toBe("Event,Request ID,Service,Held since (UTC),State");
  expect(lines).toHaveLength(121);
  for (const line of lines.slice(1)) expect(line).toMatch(/^Event 1203,90-B3-D5-1F-30-01-00-00:[0-9A-F-]{23}:\d+,7\.1 [^,]+,\d{4}-[^,]+Z,Held$/);
  await openWithin(page, "/quarantine/1203");
  await page.getByLabel("Device contains").fill(lines[1]!.split(",")[1]!);
  await expect(page.locator("#rows-shown")).toHaveText(/^\d of 240 shown$/);
  await expectAccessible(page);
});
