import type { Page } from "@playwright/test";
import { Api, announcement, put } from "../support/api";
import { today } from "../support/clock";
import { aro, sign } from "../support/cms";
import { NETWORK, type Made } from "../support/made";
import { continueToSend, installKey, sent } from "../support/send";
import { decide } from "../support/review";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn } from "../support/sluice";
import { testAlone, type Stack } from "../support/stack";

// What waits for a reviewer depends on all thresholds that were sent before.
const test = testAlone();

let made = 0;

/** Thresholds of the network operator, with this quarantine threshold for 6.15.1. */
function thresholds(quarantine: number): Made {
  made += 1;
  const rows = [
    "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo",
    `${NETWORK},6.15.1,P1D,${made},${quarantine},,`,
    `${NETWORK},ALL,P1D,1,62,,`,
    "",
  ];
  return { name: `ADT_network-operator_${today()}_s${made}.csv`, content: Buffer.from(rows.join("\r\n")) };
}

async function submit(stack: Stack, file: Made): Promise<{ reference: string; state: string }> {
  const api = new Api(stack, "network-aro-1");
  const { body } = await api.start(announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content)));
  await put(body.upload!, file.content);
  const { reference } = body.submission;
  return { reference, state: await api.outcome(reference) };
}

async function settle(stack: Stack, reference: string, decision: "accept" | "refuse"): Promise<void> {
  await decide(stack, "reviewer-1", reference, decision, "Not all of them.");
  const sender = new Api(stack, "network-aro-1");
  await expect.poll(() => sender.outcome(reference)).toBe(decision === "accept" ? "accepted" : "refused");
}

const eventRow = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("link", { name: "1301", exact: true }) });

const other = async (page: Page, stack: Stack) => (await page.context().browser()!.newContext({ baseURL: stack.url })).newPage();

test("decisions that were sent look sent wherever they are listed, and are chosen again only once they failed", async ({ page, stack }) => {
  test.slow();
  // More than this are released then only after a review.
  expect((await submit(stack, thresholds(7))).state).toBe("accepted");
  await signIn(page, "Network ARO 1", "/signing-key");
  await installKey(page);
  await openWithin(page, "/quarantine/1301");
  await page.getByRole("grid", { name: "Held communications" }).focus();
  await page.keyboard.press("Space");
  for (let row = 1; row < 8; row += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Review decisions" }).click();
  await expect(page.getByText("Release 8 of the 12 communications held in event 1301. Keep 4 held.")).toBeVisible();
  await page.getByRole("button", { name: "Write the file and go on to sign" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign file" }).click();
  await (await continueToSend(page)).click();
  const reference = await sent(page);
  await expect(page.getByText("Needs review").first()).toBeVisible();

  const said = new RegExp(`Release 8 in ${reference}, sent by Network ARO 1 on .*It waits for a DCC reviewer\\.`);
  for (const list of ["Quarantine", "Overview"]) {
    await page.getByRole("navigation").getByRole("link", { name: list }).click();
    await expect(eventRow(page)).toContainText(said);
    await expectAccessible(page);
  }
  await page.getByRole("link", { name: "1301", exact: true }).click();
  await expect(page.getByText(said)).toBeVisible();
  await expect(page.getByText("What was sent is locked here until its outcome is known.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Decide on 4 communications" })).toBeVisible();
  await expect(page.getByText("Release sent")).toHaveCount(8);
  await expect(page.getByRole("button", { name: "Review decisions" })).toHaveCount(0);
  await page.getByRole("grid").focus();
  await page.keyboard.press("d");
  await page.keyboard.press("Control+a");
  await expect(page.getByText("4 selected", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.reload();
  await expect(page.getByText("Release sent")).toHaveCount(8);

  // In a browser that did not write the file, the service tells which they are.
  const colleague = await other(page, stack);
  await signIn(colleague, "Network submitter", "/quarantine/1301");
  await expect(colleague.getByText(said)).toBeVisible();
  await expect(colleague.getByText("What was sent is locked here until its outcome is known.")).toBeVisible();
  await expect(colleague.getByText("Release sent")).toHaveCount(8);
  await colleague.getByRole("grid").focus();
  await colleague.keyboard.press("Control+a");
  await expect(colleague.getByText("4 selected", { exact: true })).toBeVisible();
  const staff = await other(page, stack);
  await signIn(staff, "DCC operator", "/quarantine");
  await expect(eventRow(staff)).toContainText(said);

  await settle(stack, reference, "refuse");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Decide on 12 communications" })).toBeVisible();
  await page.getByRole("button", { name: "Review decisions" }).click();
  await expect(page.getByText("Release 8 of the 12 communications held in event 1301. Keep 4 held.")).toBeVisible();
});

test("thresholds that were sent look sent, and are not written over by mistake", async ({ page, stack }) => {
  // As other tests expect it.
  const usual = await submit(stack, thresholds(62));
  if (usual.state === "awaiting-review") await settle(stack, usual.reference, "accept");
  const raised = await submit(stack, thresholds(930));
  expect(raised.state).toBe("awaiting-review");
  await signIn(page, "Network submitter", "/thresholds");
  const said = /New thresholds are in \S+, sent by Network ARO 1 on .*It waits for a DCC reviewer\./;
  await expect(page.getByRole("row", { name: NETWORK })).toContainText(said);
  await expectAccessible(page);
  await page.getByRole("link", { name: NETWORK }).click();
  await expect(page.getByText(said).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Write thresholds" }).click();
  await expect(page.getByText(said).first()).toBeVisible();
  await expect(page.getByLabel(/^Quarantine threshold of 6\.15\.1/)).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Write another statement" }).click();
  await expect(page.getByLabel(/^Quarantine threshold of 6\.15\.1/).first()).toBeVisible();
  await settle(stack, raised.reference, "refuse");
});
