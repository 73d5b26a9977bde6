import { decide, signInToDecide } from "../support/review";
import { Api } from "../support/api";
import { expect, expectAccessible, expectNoSidewaysScroll } from "../support/sluice";
import { test } from "../support/stack";
import { SUPPLIER, answer, ask, take, waitingHarmless, waitingRaise } from "../support/waiting";

// Both tests are about the same two User IDs.
test.describe.configure({ mode: "serial" });

test("by keyboard alone: what only harmless rules stopped is chosen in a row and accepted together, each signed by itself", async ({ page, stack }) => {
  const [one, two] = [await waitingHarmless(stack, SUPPLIER[0]), await waitingHarmless(stack, SUPPLIER[1])];
  const risky = await waitingRaise(stack);
  await signInToDecide(page, "DCC reviewer 1", "/review?organisation=large-supplier&risk=low");
  await expect(page.getByRole("row").filter({ hasText: one })).toContainText("Low risk");
  await expect(page.getByRole("row").filter({ hasText: risky })).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+j");
  const rows = page.locator("tbody tr");
  for (let more = (await rows.count()) - 2; more > 0; more -= 1) await page.keyboard.press("Shift+j");
  for (const reference of [one, two]) await expect(page.getByLabel(`Choose ${reference}`)).toBeChecked();
  await page.keyboard.press("Space");
  await expect(page.locator("tbody input:checked")).toHaveCount((await rows.count()) - 1);
  await page.keyboard.press("Space");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: /^Accept \d+ submissions together$/ }).focus();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "Accept together" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: one })).toContainText("For 1 User ID");
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: /^Sign and accept/ }).press("Enter");
  await expect(page.getByRole("alert")).toContainText("Say in at least 3 characters why");
  await page.getByLabel("Reason, the same for each").fill("Seen in the monthly list of silenced warnings.");
  await page.getByRole("button", { name: /^Sign and accept/ }).press("Enter");
  await expect(page.getByText(/^\d+ submissions accepted\.$/)).toBeVisible();
  await expectAccessible(page);
  for (const reference of [one, two]) {
    await expect.poll(() => new Api(stack, "supplier-aro-1").outcome(reference)).toBe("accepted");
    const { body } = await new Api(stack, "reviewer-2").get<{ progress: { review: { reason: string; verdict: string } }; verdict: string }>(
      `/submissions/${reference}`,
    );
    expect(body.progress.review.reason).toBe("Seen in the monthly list of silenced warnings.");
  }

  // Every decision is to be found again.
  await page.getByRole("link", { name: "Decisions so far" }).click();
  await page.getByLabel("Decision", { exact: true }).selectOption("Accepted");
  await page.getByLabel("By", { exact: true }).selectOption("DCC reviewer 1");
  await expect(page).toHaveURL(/decision=accepted/);
  for (const reference of [one, two]) {
    await expect(page.getByRole("row").filter({ hasText: reference })).toContainText("Seen in the monthly list");
  }
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("what was decided meanwhile is left out and told, the rest is accepted, and colleagues' are said", async ({ page, stack }) => {
  const [one, two] = [await waitingHarmless(stack, SUPPLIER[0]), await waitingHarmless(stack, SUPPLIER[1])];
  await take(stack, "reviewer-2", two);
  await signInToDecide(page, "DCC reviewer 1", `/review/together?chosen=${one}.${two}`);
  await expect(page.getByText(`1 submission is in a colleague’s hands: ${two} (DCC reviewer 2).`)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Reason, the same for each").fill("Seen in the monthly list.");
  await decide(stack, "reviewer-2", one, "refuse", "The list does not have it.");
  await page.getByRole("button", { name: "Sign and accept 2 submissions" }).click();
  await expect(page.getByText("1 submission accepted, 1 not. Nothing is lost")).toBeVisible();
  const told = page.getByRole("row").filter({ hasText: one });
  await expect(told).toContainText("Not accepted");
  await expect(told).toContainText("Left out. DCC reviewer 2 has decided about it already.");
  await expect(page.getByRole("row").filter({ hasText: two })).toContainText("Accepted");
  await expectAccessible(page);
  // Looked at again, it says why it is left out.
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a question, an answer or a colleague's hand that came up after the page was opened leaves a submission out", async ({ page, stack }) => {
  const references = [await waitingHarmless(stack, SUPPLIER[0]), await waitingHarmless(stack, SUPPLIER[1])];
  const [asked, held] = references as [string, string];
  await signInToDecide(page, "DCC reviewer 1", `/review/together?chosen=${references.join(".")}`);
  await page.getByLabel("Reason, the same for each").fill("Seen in the monthly list.");
  await ask(stack, "reviewer-2", asked, 0, "Why is nobody to be warned?");
  await answer(stack, "supplier-aro-1", asked, 0, "By mistake: please refuse this file.");
  await take(stack, "reviewer-2", held);
  await page.getByRole("button", { name: "Sign and accept 2 submissions" }).click();
  await expect(page.getByText("0 submissions accepted, 2 not. Nothing is lost")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: asked })).toContainText("The sender has answered a question about it, which has to be read.");
  await expect(page.getByRole("row").filter({ hasText: held })).toContainText("DCC reviewer 2 has taken it in hand since you looked.");
  for (const reference of references) await decide(stack, "reviewer-2", reference, "refuse", "Not of this test.");
});
