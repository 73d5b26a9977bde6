import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { choose, sample, smallChange } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { signInToDecide } from "../support/review";
import { sendRiskyThresholds } from "../support/risky";
import { expect, expectAccessible, signIn, test as base } from "../support/sluice";
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
    const stack = await Stack.start({ page: served });
    await use(stack);
    await stack.stop();
  },
  baseURL: async ({ stack }, use) => use(stack.url),
});

test.use({ brokenNetwork: true });

/** Takes files of the page away, and returns what brings them back. */
function hide(folder: string, start: string): () => void {
  // Compressed, too, where it is there so.
  const hidden = readdirSync(folder).filter((name) => name.startsWith(start));
  expect(hidden.length).toBeGreaterThan(0);
  const away = mkdtempSync(`${folder}-away-`);
  for (const name of hidden) renameSync(join(folder, name), join(away, name));
  return () => {
    for (const name of hidden) renameSync(join(away, name), join(folder, name));
    rmSync(away, { recursive: true });
  };
}

/** The folder with the parts of the program. */
function programOf(served: string): string {
  const assets = join(served, "assets");
  return join(assets, readdirSync(assets).find((name) => name.startsWith("program-"))!);
}

test("what hashes files did not come: the check says what may be wrong, and goes through when tried again", async ({ page, served }) => {
  const bringBack = hide(join(served, "assets"), "digester-");
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByText("The file could not be checked")).toContainText("the connection was lost");

  bringBack();
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
});

test("what checks thresholds did not come: nothing is written unchecked, what was typed stays, and a second try goes through", async ({ page, served }) => {
  const user = "90-B3-D5-1F-30-01-00-00";
  const bringBack = hide(programOf(served), "split_rows.wasm");
  await signIn(page, "Supplier ARO 1", `/thresholds/${user}`);
  await openToWrite(page, `/thresholds/${user}/write`);
  const warning = page.getByLabel("Warning threshold of 7.2 Disable Supply, a day").first();
  await warning.fill("1");
  const missing = page.locator(".app-write__summary").getByText("What checks the thresholds could not be loaded.").first();
  await expect(missing).toBeVisible();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page.getByRole("alert")).toContainText("What checks the thresholds could not be loaded.");
  await expect(warning).toHaveValue("1");

  bringBack();
  // Whoever goes on in the form has it tried again by that alone, and the summary of errors took the focus.
  const again = page.getByRole("button", { name: "Try again" });
  await expect(async () => {
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(page.locator("#change-counts")).toContainText("1 threshold is", { timeout: 2_000 });
  }).toPass();
  await expect(missing).toBeHidden();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await expect(page).toHaveURL(/\/send\?draft=/);
});

test("of a review: without its form nothing is decided; what changed shows without its differences; the file can be fetched later", async ({ page, served, browser }) => {
  const reference = await sendRiskyThresholds(page);
  const program = programOf(served);
  const missing = ["split_form.wasm", "split_differences.wasm", "split_download.wasm"].map((part) => hide(program, part));
  const reviewer = await (await browser.newContext()).newPage();
  await signInToDecide(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await expect(reviewer.getByRole("heading", { name: "Why it is waiting" })).toBeVisible();

  // The file.
  await reviewer.getByRole("button", { name: "Download the file" }).click();
  await expect(reviewer.getByRole("alert")).toContainText("What fetches files could not be loaded.");

  // By keyboard, up to where the form would be.
  await reviewer.locator("#content h1").click();
  await reviewer.keyboard.press("a");
  const lost = reviewer.getByText("The form for your reason could not be loaded. Nothing is decided.");
  await expect(lost).toBeFocused();
  await expectAccessible(reviewer);

  // What the service has now is shown, and that it is something else.
  await reviewer.route(`**/api/dcc/reviews/${reference}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), verdict: "11".repeat(32) } });
  });
  await reviewer.evaluate(() => window.dispatchEvent(new Event("focus")));
  await reviewer.getByRole("button", { name: "Show how it stands now" }).click();
  await expect(reviewer.getByRole("alert").filter({ hasText: "This changed since you opened it" })).toContainText("is not what it was before");
  await reviewer.unrouteAll({ behavior: "ignoreErrors" });
  await reviewer.reload();
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(lost).toBeFocused();

  for (const bringBack of missing) bringBack();
  await reviewer.keyboard.press("Tab");
  await expect(reviewer.getByRole("button", { name: "Try again" })).toBeFocused();
  await reviewer.keyboard.press("Enter");
  await expect(reviewer.getByLabel("Reason")).toBeFocused();
  await reviewer.keyboard.type("Nobody has announced this.");
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByRole("heading", { name: "Submission refused" })).toBeVisible();
  const download = reviewer.waitForEvent("download");
  await reviewer.getByRole("link", { name: "View submission" }).click();
  await reviewer.getByRole("button", { name: "Download the file" }).click();
  await download;
});
