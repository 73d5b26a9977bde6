import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { csv, makeReviewerKey } from "../support/files";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

/** The lines of the list that the page gives, without its marks. */
async function downloaded(page: Page): Promise<string[]> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download this list (CSV)" }).click();
  const text = readFileSync((await (await coming).path())!, "utf8");
  return text.replace("\ufeff", "").trimEnd().split("\r\n");
}

async function bringIn(page: Page, lines: string[]): Promise<void> {
  await page.getByLabel("The list", { exact: true }).setInputFiles([csv("people.csv", `${lines.join("\r\n")}\r\n`)]);
}

test("the list that was taken away comes back: each row is checked, then asked for, one after another", async ({ page }) => {
  await signIn(page, "Supplier administrator", "/people");
  await expect(page.getByRole("region", { name: "People" }).getByRole("cell", { name: "Supplier ARO 1", exact: true })).toBeVisible();
  const lines = await downloaded(page);
  await page.getByRole("button", { name: "Bring in a list" }).click();
  await expect(page.getByRole("heading", { name: "Bring in a list of people" })).toBeFocused();
  await bringIn(page, lines);
  await expect(page.getByText(/^\d+ rows: 0 changes, 0 rows with an error\.$/).last()).toBeVisible();
  await expect(page.getByText("There is nothing to ask for.")).toBeVisible();

  // One is wrong: nothing is asked for.
  const invited = '"list-1","Listed, Person","viewer","","",""';
  await bringIn(page, [...lines, invited, '"list-2","Boss","boss","","",""']);
  await expect(page.getByText("Roles: “boss” is no role.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Ask for/ })).toHaveCount(0);
  await expectAccessible(page);

  await bringIn(page, [...lines, invited]);
  const region = page.getByRole("region", { name: "Rows of the list" });
  await expect(region.getByRole("row").filter({ hasText: "list-1" })).toContainText("Roles: viewer");
  await page.getByRole("button", { name: "Ask for 1 change" }).click();
  await expect(page.getByRole("alert")).toContainText("at least 3 characters");
  await page.getByLabel("Reason").fill("Joins with the others of her team.");
  // A sign-in that is too old for it leads away and back: neither the list nor the reason is lost.
  await page.reload();
  await expect(page.getByText("The list that you brought in before, and did not ask for all of, is here again.")).toBeVisible();
  await expect(page.getByLabel("Reason")).toHaveValue("Joins with the others of her team.");
  await page.getByRole("button", { name: "Ask for 1 change" }).click();
  await expect(region.getByRole("row").filter({ hasText: "list-1" })).toContainText("Done: The change is made.");
  await expect(page.getByText("There is nothing to ask for.")).toBeVisible();
  await expect(page.getByRole("region", { name: "People", exact: true }).getByRole("cell", { name: "Listed, Person", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("a DCC administrator signs each change of a list, and what needs a second one waits for it", async ({ page }) => {
  await signIn(page, "DCC administrator 1", "/signing-key");
  await makeReviewerKey(page);
  await page.goto("/directory?organisation=network-operator");
  await page.getByRole("button", { name: "Bring in a list" }).click();
  await bringIn(page, ["Sign-in,Name,Roles", "listed-1,Two Names,submitter", "listed-2,Three Names,viewer", "network-aro-1,,"]);
  await expect(page.getByText("3 rows: 2 changes, 0 rows with an error.").last()).toBeVisible();
  await expect(page.getByText("Another DCC administrator has to approve it.")).toHaveCount(2);
  await page.getByLabel("Reason").last().fill("As the organisation's letter of today says.");
  await page.getByRole("button", { name: "Ask for 2 changes" }).click();
  const region = page.getByRole("region", { name: "Rows of the list" });
  for (const sign of ["listed-1", "listed-2"]) {
    await expect(region.getByRole("row").filter({ hasText: sign })).toContainText("Waiting for approval");
  }
  // It is not asked for again.
  await expect(page.getByText("Asked for already. It waits for its approval.")).toHaveCount(2);
  await expect(page.getByText("There is nothing to ask for.")).toBeVisible();
});

test("a file that is no list of people says what is wrong with it", async ({ page }) => {
  await signIn(page, "Supplier administrator", "/people");
  await page.getByRole("button", { name: "Bring in a list" }).click();
  await bringIn(page, ["Who,Name", "x,y"]);
  await expect(page.getByText("Nothing is known by the heading “Who”.")).toBeVisible();
  await bringIn(page, ["Name", "y"]);
  await expect(page.getByText("The first row has no heading “Sign-in”.")).toBeVisible();
});
