import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIResponse, Page } from "@playwright/test";
import { makeReviewerKey } from "../support/files";
import { signInToDecide } from "../support/review";
import { expect, expectAccessible, expectNoSidewaysScroll, expectOutlineInForcedColours, openWithin, signIn, test } from "../support/sluice";
import { sendRiskyThresholds } from "../support/risky";
import { deployed } from "../support/stacks";

test("of two reviewers at once one decides; the other is told who, and the sender sees decision and reason", deployed, async ({ page, browser }) => {
  const reference = await sendRiskyThresholds(page);

  const second = await (await browser.newContext()).newPage();
  // The page asks by itself every now and then, and a decision that it noticed so takes the buttons away: it gets the first answer again.
  const evidence = (url: URL) => url.pathname.endsWith(`/reviews/${reference}`);
  let atFirst: APIResponse | undefined;
  await second.route(evidence, async (route) => {
    atFirst ??= await route.fetch();
    await route.fulfill({ response: atFirst });
  });
  await signInToDecide(second, "DCC reviewer 2", `/review/${reference}`);
  await expect(second.getByRole("heading", { name: "Why it is waiting" })).toBeVisible();
  const first = await (await browser.newContext()).newPage();
  await signInToDecide(first, "DCC reviewer 1", "/review");
  await expectAccessible(first);
  const asked = first.waitForRequest((request) => new URL(request.url()).pathname.endsWith("/reviews"));
  await first.getByRole("button", { name: "Refresh" }).click();
  await asked;
  await first.getByRole("link", { name: reference }).click();
  for (const part of ["Why it is waiting", "What will change", "Who and when", "Signature", "Earlier submissions"]) {
    await expect(first.getByRole("heading", { name: part })).toBeVisible();
  }
  await expect(first.getByText("A quarantine threshold is raised by a large factor")).toBeVisible();
  await expect(first.getByText("CN=Supplier ARO 1,O=Large Supplier,C=GB").first()).toBeVisible();
  await expectAccessible(first);

  await first.getByRole("button", { name: "Refuse submission" }).click();
  await first.getByRole("button", { name: "Refuse submission" }).click();
  await expect(first.getByRole("alert")).toContainText("Say in at least 3 characters why");
  await first.getByLabel("Reason").fill("The network forecast for this year shows no such rise.");
  await expectAccessible(first);
  await first.getByRole("button", { name: "Refuse submission" }).click();
  await expect(first.getByRole("heading", { name: "Submission refused" })).toBeVisible();

  await second.getByRole("button", { name: "Accept submission" }).click();
  await expect(second.locator("#in-numbers")).toContainText("1 threshold is raised");
  await second.getByLabel("Reason").fill("Looks fine to me.");
  await second.getByRole("button", { name: "Accept submission" }).click();
  await expect(second.getByRole("alert").filter({ hasText: "This has been decided already" })).toContainText("DCC reviewer 1");
  await second.unroute(evidence);
  await second.getByRole("button", { name: "Show how it stands now" }).last().click();
  await expect(second.getByText("The network forecast for this year shows no such rise.")).toBeVisible();

  await page.getByRole("link", { name: "Submissions" }).click();
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText("The network forecast for this year shows no such rise.")).toBeVisible();
});

/** Switches the keys of a single letter, and leaves the box: within a field no key is the page's. */
async function switchLetterKeys(page: Page, on: boolean): Promise<void> {
  const box = page.getByLabel("Use keys of a single letter");
  if (!(await box.isVisible())) await page.getByText("Keys", { exact: true }).click();
  await box.setChecked(on);
  await page.getByRole("heading", { level: 1 }).click();
}

test("by keyboard alone: find it, open it, accept it; a single letter does nothing while such keys are switched off", async ({ page, browser }) => {
  const reference = await sendRiskyThresholds(page);
  const reviewer = await (await browser.newContext()).newPage();
  await signInToDecide(reviewer, "DCC reviewer 1", "/review");
  await expect(reviewer.getByRole("link", { name: reference })).toBeVisible();
  const rows = reviewer.locator("tbody tr");
  const here = reviewer.locator("tr[aria-current]");
  const place = (await rows.allInnerTexts()).findIndex((text) => text.includes(reference));
  await switchLetterKeys(reviewer, false);
  await reviewer.keyboard.press("j");
  await expect(here).toHaveCount(0);
  await switchLetterKeys(reviewer, true);
  for (let step = 0; step <= place; step += 1) await reviewer.keyboard.press("j");
  await expect(here).toContainText(reference);
  await expectOutlineInForcedColours(here);
  await reviewer.keyboard.press("Enter");
  await expect(reviewer.getByRole("button", { name: "Accept submission" })).toBeVisible();
  await switchLetterKeys(reviewer, false);
  await reviewer.keyboard.press("a");
  await reviewer.keyboard.press("r");
  await expect(reviewer.getByLabel("Reason")).toHaveCount(0);
  await switchLetterKeys(reviewer, true);
  await reviewer.keyboard.press("a");
  await expect(reviewer.getByLabel("Reason")).toBeFocused();
  await reviewer.keyboard.type("Matches the announced campaign.");
  await reviewer.keyboard.press("Tab");
  await reviewer.keyboard.press("Enter");
  await expect(reviewer.getByRole("heading", { name: "Submission accepted" })).toBeVisible();
  await reviewer.setViewportSize({ width: 390, height: 844 });
  await reviewer.goto("/review");
  await expect(reviewer.locator("#content h1")).toBeVisible();
  await expectNoSidewaysScroll(reviewer);
});

test("without a key nothing can be decided, and the page leads to one; what was signed is named and can be taken away", async ({ page, browser }) => {
  const reference = await sendRiskyThresholds(page);
  const reviewer = await (await browser.newContext()).newPage();
  await signIn(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await expect(reviewer.getByText("there is none in this browser yet")).toBeVisible();
  await expect(reviewer.getByRole("button", { name: "Accept submission" })).toHaveCount(0);
  await expectAccessible(reviewer);
  await reviewer.getByRole("button", { name: "Set up a signing key" }).click();
  await expect(reviewer.getByText("You need one to decide")).toBeVisible();
  await expectAccessible(reviewer);
  await makeReviewerKey(reviewer);
  await expectAccessible(reviewer);
  await reviewer.getByRole("button", { name: "Go to review" }).click();
  await reviewer.getByRole("link", { name: reference }).click();
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await reviewer.getByLabel("Reason").fill("Nobody has announced this.");
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByRole("heading", { name: "Submission refused" })).toBeVisible();

  // The decision takes effect a moment after it was taken, and a page that is open already stays as it was.
  await expect(async () => {
    await openWithin(page, "/submissions");
    await openWithin(page, `/submissions/${reference}`);
    await expect(page.getByRole("link", { name: "Read or print the receipt" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("CN=DCC reviewer 1,O=DCC,C=GB")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the signed decision" }).click();
  const decision = await download;
  expect(decision.suggestedFilename()).toBe(`decision_${reference}.p7m`);

  // The receipt names the very decision.
  await page.getByRole("link", { name: "Read or print the receipt" }).click();
  const digest = createHash("sha256").update(readFileSync(await decision.path())).digest("hex");
  await expect.poll(async () => (await page.getByRole("main").innerText()).replaceAll(/[-\s]/g, "")).toContain(digest);
});
