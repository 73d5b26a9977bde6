import { Api, announcement, put } from "../support/api";
import { aro, sign } from "../support/cms";
import { NETWORK, networkThresholds, oneRelease, type Made } from "../support/made";
import { decide } from "../support/review";
import { expect, expectAccessible, expectNoSidewaysScroll, expectTablesStack, signIn } from "../support/sluice";
import { test, type Stack } from "../support/stack";

/** Sends a file by the API and gives its reference and state. */
async function sent(stack: Stack, file: Made, organisation: string): Promise<{ reference: string; state: string }> {
  const api = new Api(stack, `${organisation}-submitter`);
  const started = await api.start(announcement(file, sign(stack, aro(stack, `${organisation}-aro-1`), file.content)));
  await put(started.body.upload!, file.content);
  const { reference } = started.body.submission;
  return { reference, state: await api.outcome(reference) };
}

test("an accepted ADT file: thresholds before and after, what happened, and which later file counts now", async ({ page, stack }) => {
  const { reference, state } = await sent(stack, networkThresholds(), "network");
  expect(state).toBe("accepted");
  await signIn(page, "Network ARO 2", `/submissions/${reference}`);
  await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
  const changes = page.getByRole("table", { name: "Thresholds that change" });
  await expect(changes.getByRole("columnheader", { name: "Old warning" })).toBeVisible();
  await expect(changes.getByRole("row")).not.toHaveCount(1);

  const steps = page.getByRole("region", { name: "What happened" }).getByRole("listitem");
  await expect(steps).toContainText([
    "Signed by Network ARO 1",
    "Started by Network submitter",
    "Sent by Network submitter: the file arrived",
    "Checked, accepted and in effect",
  ]);
  await expect(steps.locator("time[datetime]")).toHaveCount(4);
  const notice = page.getByRole("region", { name: "A later file is in force" });
  await expect(notice).toHaveCount(0);
  const later = await sent(stack, networkThresholds(), "network");
  expect(later.state).toBe("accepted");
  await page.reload();
  await expect(notice).toContainText(`For User ID ${NETWORK}, submission ${later.reference} was accepted later, on `);
  await expect(notice).toContainText("To put its thresholds back, sign it again and send it.");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectTablesStack(page);
});

test("an exit file: how many were released, deleted and kept held", async ({ page, stack }) => {
  const { reference, state } = await sent(stack, oneRelease(stack, "1203"), "supplier");
  expect(state).toBe("accepted");
  await signIn(page, "Supplier ARO 1", `/submissions/${reference}`);
  await expect(page.getByRole("heading", { name: "What it decided" })).toBeVisible();
  const row = page.getByRole("table", { name: "By event" }).getByRole("row").filter({ hasText: "1203" });
  await expect(row).toContainText(String(await new Api(stack, "supplier-submitter").held("1203")));
  await expectAccessible(page);
});

test("a refused file shows what would have changed, and who refused it", async ({ page, stack }) => {
  const file = networkThresholds();
  const content = Buffer.from(file.content.toString().replaceAll(",62,", ",620,"));
  const { reference, state } = await sent(stack, { ...file, content }, "network");
  expect(state).toBe("awaiting-review");
  await signIn(page, "Network ARO 1", `/submissions/${reference}`);
  await expect(page.getByRole("heading", { name: "What will change" })).toBeVisible();

  const reviewer = new Api(stack, "reviewer-1");
  await decide(stack, "reviewer-1", reference, "refuse", "The forecast does not show such a rise.");
  await expect.poll(async () => (await reviewer.get<{ state: string }>(`/submissions/${reference}`)).body.state).toBe("refused");

  await page.reload();
  await expect(page.getByRole("heading", { name: "What would have changed" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Thresholds that change" })).toContainText("620");
  const steps = page.getByRole("region", { name: "What happened" }).getByRole("listitem");
  await expect(steps.nth(-2)).toContainText("Refused by DCC reviewer 1");
  await expect(steps.last()).toContainText("Completed: nothing takes effect");
  await expectAccessible(page);
});
