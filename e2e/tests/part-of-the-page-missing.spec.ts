import { cpSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { choose, sample, smallChange } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { expect, signIn, test as base } from "../support/sluice";
import { openToWrite } from "../support/thresholds";
import { builtPage, Stack } from "../support/stack";

/** A stack whose page is a copy, so that a file of it can be away for a while. */
const test = base.extend<{ served: string; stack: Stack }>({
  served: async ({}, use) => {
    const folder = temporaryFolder();
    cpSync(builtPage(), folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  stack: async ({ served }, use) => {
    const stack = await Stack.start(served);
    await use(stack);
    await stack.stop();
  },
  baseURL: async ({ stack }, use) => use(stack.url),
});

test.use({ brokenNetwork: true });

test("what hashes files did not come: the check says what may be wrong, and goes through when tried again", async ({ page, served }) => {
  const assets = join(served, "assets");
  const hidden = readdirSync(assets).filter((name) => name.startsWith("digester-"));
  expect(hidden.length).toBeGreaterThan(0);
  for (const name of hidden) renameSync(join(assets, name), join(served, name));
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByText("The file could not be checked")).toContainText("the connection was lost");

  for (const name of hidden) renameSync(join(served, name), join(assets, name));
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
});

test("what checks thresholds did not come: nothing is written unchecked, what was typed stays, and a second try goes through", async ({ page, served }) => {
  const user = "90-B3-D5-1F-30-01-00-00";
  const assets = join(served, "assets");
  const program = readdirSync(assets).find((name) => name.startsWith("program-"))!;
  // Compressed, too, where it is there so.
  const hidden = readdirSync(join(assets, program)).filter((name) => name.startsWith("split_rows.wasm"));
  expect(hidden.length).toBeGreaterThan(0);
  for (const name of hidden) renameSync(join(assets, program, name), join(served, name));
  await signIn(page, "Supplier ARO 1", `/thresholds/${user}`);
  await openToWrite(page, `/thresholds/${user}/write`);
  const warning = page.getByLabel("Warning threshold of 7.2 Disable Supply, a day").first();
  await warning.fill("1");
  const missing = page.locator(".app-write__summary").getByText("What checks the thresholds could not be loaded.").first();
  await expect(missing).toBeVisible();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page.getByRole("alert")).toContainText("What checks the thresholds could not be loaded.");
  await expect(warning).toHaveValue("1");

  for (const name of hidden) renameSync(join(served, name), join(assets, program, name));
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("#change-counts")).toContainText("1 threshold is");
  await expect(missing).toBeHidden();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page).toHaveURL(/\/send\?draft=/);
});
