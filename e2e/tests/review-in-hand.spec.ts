import { signInToDecide } from "../support/review";
import { expect, expectAccessible, expectNoSidewaysScroll } from "../support/sluice";
import { test } from "../support/stack";
import { comeBack, take, waitingRaise } from "../support/waiting";

test.describe(() => {
  // The service's refusal is what this is about.
  test.use({ brokenNetwork: true });

  test("one reviewer has a submission in hand; another is told, takes it over and may decide all the same", async ({ page, browser, stack }) => {
    const reference = await waitingRaise(stack);
    await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
    await expect(page.getByText("Nobody has this in hand.")).toBeVisible();
    const other = await (await browser.newContext({ baseURL: stack.url })).newPage();
    await signInToDecide(other, "DCC reviewer 2", `/review/${reference}`);
    await expect(other.getByText("Nobody has this in hand.")).toBeVisible();

    await page.getByRole("button", { name: "Assign to me" }).press("Enter");
    await expect(page.getByText("You have this in hand")).toBeVisible();
    await expectAccessible(page);

    // Whoever is slower is told who has it.
    await other.getByRole("button", { name: "Assign to me" }).click();
    await expect(other.getByRole("alert").filter({ hasText: "It is in other hands" })).toContainText("DCC reviewer 1 has had it since");
    await expect(other.getByText("DCC reviewer 1 has this in hand").first()).toBeVisible();
    await other.getByRole("button", { name: "Refuse submission" }).click();
    await other.getByLabel("Reason").fill("Nobody has announced this.");
    await expectAccessible(other);
    await other.getByRole("button", { name: "Take over" }).click();
    await expect(other.getByText("taken over from DCC reviewer 1")).toBeVisible();
    await expect(other.getByLabel("Reason")).toHaveValue("Nobody has announced this.");

    // Whoever had it is told at once when they come back.
    await comeBack(page);
    await expect(page.getByRole("alert")).toContainText("DCC reviewer 2 has taken it over from you.");
    await expectAccessible(page);
    await other.getByRole("button", { name: "Give back" }).click();
    await expect(other.getByText("Nobody has this in hand.")).toBeVisible();

    // It is no authority: whoever has it not decides.
    await take(stack, "reviewer-2", reference);
    await page.getByRole("button", { name: "Refuse submission" }).click();
    await page.getByLabel("Reason").fill("The forecast does not show it.");
    await page.getByRole("button", { name: "Refuse submission" }).click();
    await expect(page.getByRole("heading", { name: "Submission refused" })).toBeVisible();
  });
});

test("the queue says who has what, and is narrowed to one's own, nobody's and colleagues' by its address", async ({ page, stack }) => {
  const reference = await waitingRaise(stack);
  await take(stack, "reviewer-2", reference);
  await signInToDecide(page, "DCC reviewer 1", "/review");
  const row = page.getByRole("row").filter({ hasText: reference });
  await expect(row).toContainText("DCC reviewer 2");
  await expect(row).toContainText("High risk");
  await page.getByLabel("In hand").selectOption("Mine");
  await expect(page).toHaveURL(/in-hand=mine/);
  await expect(row).toHaveCount(0);
  await page.getByLabel("In hand").selectOption("Colleagues’");
  await expect(row).toHaveCount(1);
  await page.reload();
  await expect(row).toHaveCount(1);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
});
