import { signInToDecide } from "../support/review";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn } from "../support/sluice";
import { test } from "../support/stack";
import { answer, ask, comeBack, waitingRaise } from "../support/waiting";

const QUESTION = "Which campaign is the raise for, and until when?";
const ANSWER = "The meter campaign in the North, until 20 December.";

test("a reviewer asks, the sender answers inside, and the reviewer is told while the reason as typed stays", async ({ page, browser, stack }) => {
  const reference = await waitingRaise(stack);
  await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
  await page.getByRole("button", { name: "Ask the sender a question" }).click();
  await page.getByLabel("Your question").fill("??");
  await page.getByRole("button", { name: "Send question" }).click();
  await expect(page.getByRole("alert")).toContainText("Write at least 3 characters");
  await page.getByLabel("Your question").fill(QUESTION);
  await expectAccessible(page);
  // What was typed is there after a reload.
  await page.reload();
  await expect(page.getByLabel("Your question")).toHaveValue(QUESTION);
  await page.getByRole("button", { name: "Send question" }).press("Enter");
  await expect(page.getByText("No answer yet")).toBeVisible();
  await expect(page.getByLabel("Your question")).toHaveCount(0);

  const sender = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await signIn(sender, "Network submitter", "/");
  const banner = sender.getByRole("region", { name: "The DCC asks you" });
  await expect(banner).toContainText("A reviewer waits for your answer");
  await expectAccessible(sender);
  await banner.getByRole("link", { name: reference }).click();
  await expect(sender.getByRole("heading", { name: "The DCC asks about this submission" })).toBeVisible();
  await expect(sender.getByText(QUESTION)).toBeVisible();
  await sender.getByLabel("Your answer").fill(ANSWER);
  await expectAccessible(sender);
  await sender.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(sender);

  // The reviewer types meanwhile.
  await page.getByRole("button", { name: "Accept submission" }).click();
  await page.getByLabel("Reason").fill("As they say, and as announced.");
  await sender.getByRole("button", { name: "Send answer" }).press("Enter");
  await expect(sender.getByText("Not signed: written by whoever was signed in under this name.")).toBeVisible();
  await expect(sender.getByLabel("Your answer")).toHaveCount(0);

  await comeBack(page);
  await expect(page.getByRole("alert")).toContainText("Network submitter has answered a question.");
  await expect(page.getByText(ANSWER)).toBeVisible();
  await expect(page.getByText("Not signed: written by whoever was signed in under this name.")).toBeVisible();
  await expect(page.getByLabel("Reason")).toHaveValue("As they say, and as announced.");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  const queue = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await signIn(queue, "DCC reviewer 2", "/review?questions=answered");
  await expect(queue.getByRole("row").filter({ hasText: reference })).toContainText("1 question answered");

  await page.getByRole("button", { name: "Accept submission" }).click();
  await expect(page.getByRole("heading", { name: "Submission accepted" })).toBeVisible();
  // What was said stays with the submission, for both.
  await openWithin(sender, `/submissions/${reference}`);
  await expect(sender.getByText(ANSWER)).toBeVisible();
});

test.describe(() => {
  // The service's refusal is what this is about.
  test.use({ brokenNetwork: true });

  test("whoever answers second is told who was first, and what they typed stays", async ({ page, stack }) => {
    const reference = await waitingRaise(stack);
    await ask(stack, "reviewer-1", reference, 0, QUESTION);
    await signIn(page, "Network ARO 1", `/submissions/${reference}`);
    await page.getByLabel("Your answer").fill("I will have to look.");
    await answer(stack, "network-submitter", reference, 0, ANSWER);
    await page.getByRole("button", { name: "Send answer" }).click();
    await expect(page.getByRole("alert")).toContainText("Network submitter answered this question first");
    await expect(page.getByLabel("Your answer")).toHaveValue("I will have to look.");
    await expectAccessible(page);
  });
});
