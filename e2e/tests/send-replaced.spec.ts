import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { writeMillion } from "../figures/million";
import { choose, decisionsOn, sample, smallChange } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { expect, expectAccessible, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

let folder = "";
let large = "";

test.beforeAll(async () => {
  folder = temporaryFolder();
  large = join(folder, "EXITQ_18446744073709551617_20261101.csv");
  await writeMillion(large);
});

test.afterAll(() => rmSync(folder, { recursive: true }));

/** Chooses the file whose check takes longest, and goes back to the first step while it is being read. */
async function chooseLargeAndChange(page: Page): Promise<void> {
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(large);
  await expect(page.getByText("Reading the file…")).toBeVisible();
  await page.getByRole("button", { name: "Change : Choose a file" }).click();
  await expect(page.getByRole("heading", { name: "Choose a file" })).toBeFocused();
}

/**
 * From now on the page hears nothing of the check of a large file, before `longEnough`: that the check is still going on when it is
 * stopped does not depend on how fast this machine is. A worker that was ended is not heard afterwards, as always.
 */
async function holdChecks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { addEventListener, postMessage, terminate } = Worker.prototype;
    const large = new Set<number>();
    const ended = new WeakSet<Worker>();
    let held: (() => void)[] | undefined = [];
    Worker.prototype.postMessage = function (this: Worker, ...asked: unknown[]) {
      const { id, file } = asked[0] as { id: number; file?: Blob };
      if (file && file.size > 1_000_000) large.add(id);
      (postMessage as (...asked: unknown[]) => void).apply(this, asked);
    } as typeof postMessage;
    Worker.prototype.terminate = function (this: Worker) {
      ended.add(this);
      terminate.call(this);
    };
    Worker.prototype.addEventListener = function (this: Worker, type: string, heard: (event: Event) => void, ...rest: unknown[]) {
      const hear = (event: Event) => {
        const { id } = (event as MessageEvent<{ id: number } | undefined>).data ?? { id: 0 };
        const tell = () => void (ended.has(this) || heard.call(this, event));
        if (held && type === "message" && large.has(id)) held.push(tell);
        else tell();
      };
      addEventListener.call(this, type, hear, ...(rest as []));
    } as typeof addEventListener;
    const letGo = () => {
      held?.forEach((tell) => tell());
      held = undefined;
    };
    Object.assign(window, { letGo });
  });
}

/** Lets the page hear of all checks, and waits until one that was not stopped would have ended long ago. */
async function longEnough(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  await page.waitForTimeout(4_000);
}

const largeOutcome = (page: Page) => page.getByText(/1,000,000 rows|Your file cannot be sent yet/);

test("a file that is chosen during the check of another is the only one that has an outcome", async ({ page }) => {
  await holdChecks(page);
  await signIn(page, "Supplier ARO 1", "/send");
  await chooseLargeAndChange(page);
  await choose(page, await sample(page, smallChange));
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  const changes = page.getByText(/changes? to the thresholds of \d User ID/).first();
  await expect(changes).toBeVisible();
  await longEnough(page);
  await expect(largeOutcome(page)).toHaveCount(0);
  await expect(changes).toBeVisible();

  // What is kept is the small one too.
  await page.reload();
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await expect(page.getByText(/^ADT file: ADT_large-supplier_/)).toBeVisible();
});

test("Change during a check stops it, and the file is there to go on with", async ({ page }) => {
  await holdChecks(page);
  await signIn(page, "Supplier ARO 1", "/send");
  await chooseLargeAndChange(page);
  await longEnough(page);
  await expect(largeOutcome(page)).toHaveCount(0);
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
  await expect(page.getByText(/^You have chosen EXITQ_18446744073709551617_20261101\.csv/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue with this file" }).click();
  await expect(page.getByText("Your file cannot be sent yet: 20 errors")).toBeVisible();
});

test("Stop ends the check, says so, and leaves the keyboard where one can go on", async ({ page }) => {
  await holdChecks(page);
  await signIn(page, "Supplier ARO 1", "/send");
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(large);
  await page.getByRole("button", { name: "Stop", exact: true }).press("Enter");
  await expect(page.getByText("You stopped the check. The file is kept.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Check the file" })).toBeFocused();
  await longEnough(page);
  await expect(largeOutcome(page)).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("Your file cannot be sent yet: 20 errors")).toBeVisible();
});

test("a draft that is removed during its check is gone, and does not come back", async ({ page }) => {
  await holdChecks(page);
  await signIn(page, "Supplier ARO 1", "/send");
  await chooseLargeAndChange(page);
  await page.getByRole("button", { name: "Remove this draft" }).click();
  await longEnough(page);
  await expect(largeOutcome(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Drafts in this browser" })).toHaveCount(0);
});

test("of two checks in a row each shows its own file", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByText(/changes? to the thresholds of \d User ID/).first()).toBeVisible();
  await page.getByRole("button", { name: "Change : Choose a file" }).click();
  await choose(page, await sample(page, decisionsOn("1203")));
  await expect(page.getByText(/of the 240 communications held in event 1203/).first()).toBeVisible();
  await expect(page.getByText(/to the thresholds/)).toHaveCount(0);
  await page.getByRole("button", { name: "Change : Choose a file" }).click();
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(large);
  await expect(page.getByText("Your file cannot be sent yet: 20 errors")).toBeVisible();
  // The lines shown are those of the file that is there now.
  await page.getByRole("button", { name: /^Line / }).first().click();
  await expect(page.locator(".app-lines").first()).toContainText("18446744073709551617,90-B3-D5-1F-30-0");
});

test("a file is read while the service has not said yet what it judges by", async ({ page }) => {
  let asked = 0;
  // Never answered.
  await page.route("**/api/profile", () => (asked += 1));
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  // All rows are read; the verdict waits.
  await expect(page.getByText("Comparing it with what is in force…")).toBeVisible();
  expect(asked).toBeGreaterThan(0);
  await page.unrouteAll();
});

test("what is held goes to the worker as the service answered it", deployed, async ({ page }) => {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage as (...asked: unknown[]) => void;
    Object.assign(window, { posted: [] });
    Worker.prototype.postMessage = function (this: Worker, ...asked: unknown[]) {
      const { task, answers } = asked[0] as { task: string; answers: unknown[] };
      const bytes = answers.map((answer) => (answer instanceof ArrayBuffer ? answer.byteLength : -1));
      post.apply(this, asked);
      const left = answers.map((answer) => (answer as ArrayBuffer).byteLength);
      (window as unknown as { posted: object[] }).posted.push({ task: JSON.parse(task).task, length: task.length, bytes, left });
    };
  });
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, decisionsOn("18446744073709551617")));
  await expect(page.getByText(/100,000 communications held/).first()).toBeVisible();
  const posted = await page.evaluate(() => (window as unknown as { posted: { task: string; length: number; bytes: number[]; left: number[] }[] }).posted);
  const judge = posted.find(({ task }) => task === "judge")!;
  expect(judge.length).toBeLessThan(10_000);
  expect(judge.bytes.length).toBeGreaterThan(1);
  expect(Math.min(...judge.bytes)).toBeGreaterThan(1_000);
  // They moved: nothing was copied.
  expect(judge.left).toEqual(judge.bytes.map(() => 0));
});
