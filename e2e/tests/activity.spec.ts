import { readFile } from "node:fs/promises";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn, test } from "../support/sluice";

const supplier = "Large Supplier";

test("what DCC staff read of an organisation is there for its administrator", async ({ browser }) => {
  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "DCC reviewer 1", "/thresholds");
  await expect(staff.getByRole("heading", { name: "Thresholds", level: 1 })).toBeVisible();
  await expect(staff.getByRole("region", { name: "User IDs" })).toBeVisible();

  const page = await (await browser.newContext()).newPage();
  await signIn(page, "Supplier administrator", "/people");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Activity" }).click();
  await expect(page.getByRole("heading", { name: "Activity", level: 1 })).toBeFocused();
  const table = page.getByRole("region", { name: "Activity" });
  const read = table.getByRole("row").filter({ hasText: "Read the list of thresholds" }).first();
  await expect(read).toContainText("DCC reviewer 1");
  await expect(read).toContainText("of dcc");
  await expect(read).toContainText("Done");
  await expect(read).toContainText("127.0.0.1");
  await expectAccessible(page);

  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("a refusal is found by its outcome, and the list is taken away as it is narrowed", async ({ browser }) => {
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "Supplier submitter", "/activity");
  await expect(other.getByText("Your organisation's administrator reads who did what.")).toBeVisible();
  await expectAccessible(other);
  // Nothing of that sort is there for them.
  await openWithin(other, "/submissions/4F7K-2M9Q-XW3T-8HBD");
  await expect(other.getByRole("heading", { name: "There is no such thing here, or none that you may see" })).toBeVisible();

  const page = await (await browser.newContext()).newPage();
  await signIn(page, "Supplier administrator", "/activity");
  const table = page.getByRole("region", { name: "Activity" });
  await page.getByLabel("Outcome").selectOption({ label: "Refused" });
  const refused = table.getByRole("row").filter({ hasText: "4F7K-2M9Q-XW3T-8HBD" }).first();
  await expect(refused).toContainText("Refused");
  await expect(refused).toContainText("There is no such thing here, or none that you may see");
  await expect(table.getByRole("row").filter({ hasText: "Done" })).toHaveCount(0);
  await expect(page).toHaveURL(/outcome=refused/);

  // By the keyboard: the person is asked for once it is typed.
  await page.getByLabel("Person's sign-in").fill("supplier-submitter");
  await page.keyboard.press("Tab");
  await expect(page).toHaveURL(/person=supplier-submitter/);
  await expect(refused).toBeVisible();

  for (const [button, name, begins] of [
    ["Download this list (CSV)", "activity.csv", "\ufeff\"Time (UTC)\",\"Organisation\""],
    ["Download this list (JSON Lines)", "activity.jsonl", "{\"at\":"],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
    expect(download.suggestedFilename()).toBe(name);
    const text = await readFile(await download.path(), "utf8");
    expect(text.startsWith(begins), text.slice(0, 80)).toBe(true);
    expect(text).toContain("4F7K-2M9Q-XW3T-8HBD");
    expect(text).not.toContain("start-submission");
  }

  await page.getByLabel("Until (UTC)").fill("2001-01-01");
  await page.getByLabel("Until (UTC)").blur();
  await expect(page.getByText("No record fits. Change or clear the filters.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(table).toBeVisible();
});

test("DCC staff choose whose record they read, and are on it", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, "DCC administrator 2", "/activity");
  await expect(page.getByRole("heading", { name: "Activity", level: 1 })).toBeVisible();
  // Each reading is on record with its answer, so the next one shows it.
  const answered = page.waitForResponse(/\/activity\?.*organisation=large-supplier/);
  await page.getByLabel("Record of").selectOption({ label: supplier });
  await expect(page).toHaveURL(/organisation=large-supplier/);
  await (await answered).finished();
  await page.getByLabel("What", { exact: true }).selectOption({ label: "Read the activity" });
  const own = page.getByRole("region", { name: "Activity" }).getByRole("row").filter({ hasText: "DCC administrator 2" });
  await expect(own.first()).toContainText("Read the activity");
  await expectAccessible(page);
});

test("where the service does not answer, it says so, with another try", async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, "Supplier administrator", "/people");
  await page.route(/\/api\/activity\?/, (route) => route.abort());
  await openWithin(page, "/activity");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expectAccessible(page);
  await page.unroute(/\/api\/activity\?/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "Activity" })).toBeVisible();
});
