import type { Page } from "@playwright/test";
import { Api, announcement, put, type Started } from "../support/api";
import { aro, sign } from "../support/cms";
import { today } from "../support/clock";
import { NETWORK, type Made } from "../support/made";
import { decide, signInToDecide } from "../support/review";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn } from "../support/sluice";
import { test, type Stack } from "../support/stack";
import { deployed } from "../support/stacks";

let made = 0;

/** The thresholds of the network operator with this quarantine threshold for 6.15.1, and with this one for all services together. */
function thresholds(quarantine: number, all = 62, warning = (made + 1) % 30): Made {
  made += 1;
  const rows = [
    "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo",
    `${NETWORK},6.15.1,P1D,${warning},${quarantine},,`,
    `${NETWORK},ALL,P1D,1,${all},,`,
    "",
  ];
  return { name: `ADT_network-operator_${today()}_r${made}.csv`, content: Buffer.from(rows.join("\r\n")) };
}

async function send(stack: Stack, { file, signature }: { file: Made; signature: Buffer }): Promise<{ reference: string; state: string }> {
  const api = new Api(stack, "network-aro-1");
  const started = await api.start<Started>(announcement(file, signature));
  expect(started.status, JSON.stringify(started.body)).toBe(201);
  expect(await put(started.body.upload!, file.content)).toBe(200);
  const { reference } = started.body.submission;
  return { reference, state: await api.outcome(reference) };
}

const signed = (stack: Stack, file: Made) => ({ file, signature: sign(stack, aro(stack, "network-aro-1"), file.content) });

const CHANGED = "This changed since you opened it";

test("what changed under a reviewer's eyes is said, decided about by nobody unseen, and the reason as typed stays", deployed, async ({ page, browser, stack }) => {
  // In force: 62. Then a lowering is signed, a raise is signed and waits, and the lowering arrives.
  const before = await send(stack, signed(stack, thresholds(62)));
  if (before.state === "awaiting-review") await accept(stack, before.reference);
  const lowering = signed(stack, thresholds(31));
  const { reference, state } = await send(stack, signed(stack, thresholds(186)));
  expect(state).toBe("awaiting-review");

  await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
  await expect(page.getByText("A quarantine threshold is raised by a large factor").first()).toBeVisible();
  const slow = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await signInToDecide(slow, "DCC reviewer 2", `/review/${reference}`);
  await expect(slow.getByRole("heading", { name: "Why it is waiting" })).toBeVisible();
  await slow.getByRole("button", { name: "Refuse submission" }).click();
  await slow.getByLabel("Reason").fill("Twice as much would do.");

  // Neither page looks again before the decision is made.
  for (const open of [page, slow]) await withhold(open, reference);
  expect((await send(stack, lowering)).state).toBe("accepted");
  await page.getByRole("button", { name: "Accept submission" }).click();
  await page.getByLabel("Reason").fill("Three times is what they announced.");
  await page.getByRole("button", { name: "Accept submission" }).click();
  await expect(page.getByRole("heading", { name: "Submission accepted" })).toBeVisible();
  // It has not taken effect: what was accepted is not what it would do now.
  await expect
    .poll(async () => (await new Api(stack, "network-aro-1").get<{ progress: { void?: object[] } }>(`/submissions/${reference}`)).body.progress.void?.length)
    .toBe(1);

  await expect(page.getByText("It took no effect: what you saw had changed.")).toBeVisible();

  // The page that was open all the time says so when somebody comes back to it, and holds the decision back.
  await slow.unrouteAll({ behavior: "ignoreErrors" });
  await comeBack(slow);
  await expect(slow.getByRole("alert")).toContainText(CHANGED);
  await expect(slow.getByText("Look at how it stands now before you decide.")).toBeVisible();
  await expectAccessible(slow);
  await slow.getByRole("button", { name: "Show how it stands now" }).click();
  await expect(slow.getByRole("heading", { name: "A decision that took no effect" })).toBeVisible();
  await expect(slow.getByText("Three times is what they announced.")).toBeVisible();
  await expect(slow.getByText("DCC reviewer 1", { exact: true }).first()).toBeVisible();
  await expect(slow.getByLabel("Reason")).toHaveValue("Twice as much would do.");
  await expectAccessible(slow);
  await slow.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(slow);
  await slow.getByRole("button", { name: "Refuse submission" }).last().click();
  await expect(slow.getByRole("heading", { name: "Submission refused" })).toBeVisible();

  // The sender sees both decisions, and what had changed.
  const sender = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await signIn(sender, "Network ARO 1", `/submissions/${reference}`);
  await expect(sender.getByText("Twice as much would do.")).toBeVisible();
});

test.describe(() => {
  // The service's refusal of the decision is what this is about.
  test.use({ brokenNetwork: true });

  test("a decision about evidence that is not so any more is not taken, and shows what is new with the reason as typed", deployed, async ({ page, stack }) => {
    const before = await send(stack, signed(stack, thresholds(62)));
    if (before.state === "awaiting-review") await accept(stack, before.reference);
    const lowering = signed(stack, thresholds(32));
    const { reference } = await send(stack, signed(stack, thresholds(248)));
    await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
    await page.getByRole("button", { name: "Accept submission" }).click();
    await page.getByLabel("Reason").fill("As announced in October.");
    await withhold(page, reference);
    expect((await send(stack, lowering)).state).toBe("accepted");
    await judgedAgain(stack, reference);

    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.getByRole("button", { name: "Accept submission" }).click();
    await expect(page.getByRole("alert")).toContainText(CHANGED);
    await expect(page.getByText("from 32 to 248").first()).toBeVisible();
    await expect(page.getByLabel("Reason")).toHaveValue("As announced in October.");
    // Read and decided anew, it holds.
    await page.getByRole("button", { name: "Accept submission" }).click();
    await expect(page.getByRole("heading", { name: "Submission accepted" })).toBeVisible();
    await expect.poll(() => new Api(stack, "network-aro-1").outcome(reference)).toBe("accepted");
  });
});

test.describe(() => {
  // Both refusals and the lost answer are what this is about.
  test.use({ brokenNetwork: true });

  test("where what is new cannot be fetched, the reason stays and the decision can be sent again", async ({ page, stack }) => {
    const before = await send(stack, signed(stack, thresholds(62)));
    if (before.state === "awaiting-review") await accept(stack, before.reference);
    const lowering = signed(stack, thresholds(33));
    const { reference } = await send(stack, signed(stack, thresholds(279)));
    await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
    await page.getByRole("button", { name: "Accept submission" }).click();
    await page.getByLabel("Reason").fill("As announced in September.");
    await withhold(page, reference);
    expect((await send(stack, lowering)).state).toBe("accepted");
    await judgedAgain(stack, reference);

    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.route(`**/api/dcc/reviews/${reference}`, (route) => route.abort());
    await page.getByRole("button", { name: "Accept submission" }).click();
    await expect(page.getByRole("alert")).toContainText("Sluice cannot be reached");
    await expect(page.getByLabel("Reason")).toHaveValue("As announced in September.");
    await expectAccessible(page);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Accept submission" }).click();
    await expect(page.getByRole("alert")).toContainText(CHANGED);
    await expect(page.getByLabel("Reason")).toHaveValue("As announced in September.");
  });
});

test("a change that nobody has decided about shows on the page that is open", async ({ page, stack }) => {
  const before = await send(stack, signed(stack, thresholds(62)));
  if (before.state === "awaiting-review") await accept(stack, before.reference);
  const lowering = signed(stack, thresholds(30, 61));
  const { reference } = await send(stack, signed(stack, thresholds(217)));
  await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
  await expect(page.getByRole("heading", { name: "Why it is waiting" })).toBeVisible();
  expect((await send(stack, lowering)).state).toBe("accepted");
  // The first look has it judged again, and the next one finds what that said.
  await expect(async () => {
    await comeBack(page);
    await expect(page.getByRole("alert")).toContainText(CHANGED, { timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: "Show how it stands now" }).click();
  await expect(page.getByText("from 30 to 217").first()).toBeVisible();
  // What the rule says now and said before is one change; each threshold that differs is another.
  const changes = page.getByRole("alert").getByRole("listitem");
  await expect(changes.filter({ hasText: /^Now: .*from 30 to 217.*Before: .*from 62 to 217/ })).toHaveCount(1);
  expect(await changes.count()).toBeGreaterThan(1);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await expect(page.getByRole("heading", { name: "A decision that took no effect" })).toHaveCount(0);
});

test("what changed and changed back is not said to have changed", async ({ page, stack }) => {
  const before = await send(stack, signed(stack, thresholds(62, 62, 1)));
  if (before.state === "awaiting-review") await accept(stack, before.reference);
  const lowering = signed(stack, thresholds(62, 61, 1));
  const back = signed(stack, thresholds(62, 62, 1));
  const { reference } = await send(stack, signed(stack, thresholds(218)));
  await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
  await expect(page.getByRole("heading", { name: "Why it is waiting" })).toBeVisible();
  expect((await send(stack, lowering)).state).toBe("accepted");
  await expect(async () => {
    await comeBack(page);
    await expect(page.getByRole("alert")).toContainText(CHANGED, { timeout: 1_000 });
  }).toPass();
  expect((await send(stack, back)).state).toBe("accepted");
  await expect(async () => {
    await comeBack(page);
    await expect(page.getByRole("alert")).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: "Accept submission" })).toBeVisible();
});

test("what can take no effect any more is said to be rejected on the page that is open", deployed, async ({ page, stack }) => {
  const before = await send(stack, signed(stack, thresholds(62)));
  if (before.state === "awaiting-review") await accept(stack, before.reference);
  const { reference } = await send(stack, signed(stack, thresholds(341)));
  await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
  await expect(page.getByRole("heading", { name: "Why it is waiting" })).toBeVisible();
  await page.getByRole("button", { name: "Refuse submission" }).click();
  await page.getByLabel("Reason").fill("Nobody has announced this.");
  // Signed later, and in force first.
  expect((await send(stack, signed(stack, thresholds(62)))).state).toBe("accepted");
  await expect(async () => {
    await comeBack(page);
    await expect(page.getByRole("alert")).toContainText("it was found at fault and rejected", { timeout: 1_000 });
  }).toPass();
  await expect(page.getByText("What you have typed stays.")).toHaveCount(0);
  await expect(page.getByText("There is nothing to decide any more.", { exact: true })).toBeVisible();
  await expect(page.getByText("Look at how it stands now before you decide.")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Decide later" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show how it stands now" }).click();
  await expect(page.getByRole("alert")).not.toContainText("Read it before you decide");
  await expect(page.getByText("While it waited, what it refers to changed, and it was found at fault.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What is wrong with it" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What would have changed" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept submission" })).toHaveCount(0);
  const typed = page.getByRole("region", { name: "The reason that you typed" });
  await expect(typed).toContainText("Nobody has announced this.");
  await expect(typed.getByRole("button", { name: "Copy the reason" })).toBeVisible();
  await expectAccessible(page);
});

test("the next reviewer sees that the same rows were refused before", deployed, async ({ page, stack }) => {
  const before = await send(stack, signed(stack, thresholds(62)));
  if (before.state === "awaiting-review") await accept(stack, before.reference);
  const file = thresholds(310);
  const first = await send(stack, signed(stack, file));
  await decide(stack, "reviewer-1", first.reference, "refuse", "Nobody has told us why.");
  await expect.poll(() => new Api(stack, "network-aro-1").outcome(first.reference)).toBe("refused");
  const again = await send(stack, signed(stack, file));
  expect(again.state).toBe("awaiting-review");
  await signInToDecide(page, "DCC reviewer 2", `/review/${again.reference}`);
  await expect(page.getByRole("heading", { name: "Refused before" })).toBeVisible();
  await expect(page.getByText("Nobody has told us why.")).toBeVisible();
  await expectAccessible(page);
});

/** Lets the page have no answer about the evidence. */
const withhold = (page: Page, reference: string) => page.route(`**/api/dcc/reviews/${reference}`, () => undefined);

const comeBack = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("focus")));

/** A look by the second reviewer has what changed judged again; waits until that is done. */
async function judgedAgain(stack: Stack, reference: string): Promise<void> {
  const look = async () => (await new Api(stack, "reviewer-2").get<{ verdict: string }>(`/reviews/${reference}`)).body.verdict;
  const before = await look();
  await expect.poll(look).not.toBe(before);
}

/** As the second reviewer, by the API. */
const accept = async (stack: Stack, reference: string) => {
  await decide(stack, "reviewer-2", reference, "accept", "Accepted to begin with.");
  await expect
    .poll(async () => {
      const { body } = await new Api(stack, "network-aro-1").get<{ progress: { review?: object } }>(`/submissions/${reference}`);
      return body.progress.review === undefined || (body as unknown as { state: string }).state !== "awaiting-review";
    })
    .toBe(true);
};
