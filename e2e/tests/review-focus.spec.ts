import type { Page } from "@playwright/test";
import { signInToDecide } from "../support/review";
import { expect, expectNoSidewaysScroll } from "../support/sluice";
import { test } from "../support/stack";
import { ask, take, waitingRaise } from "../support/waiting";

/** Whether what has the focus can be seen: in the middle of it lies itself, and nothing that stays where it is while one scrolls. */
const focusIsSeen = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return true;
    const { left, top, width, height } = element.getBoundingClientRect();
    // A region that scrolls within itself is taller than what can be seen: its edge is enough.
    const at = Math.min(height / 2, 12);
    const there = document.elementFromPoint(left + Math.min(width / 2, 40), top + at);
    const covers = there?.closest(".app-decision--sticky");
    return !covers || covers.contains(element);
  });

test("from 320 to 1920 nothing covers what has the focus, and the buttons come after the evidence", async ({ page, stack }) => {
  test.setTimeout(120_000);
  const reference = await waitingRaise(stack);
  await ask(stack, "reviewer-2", reference, 0, "Which campaign is the raise for?");
  await take(stack, "reviewer-2", reference);
  await signInToDecide(page, "DCC reviewer 1", `/review/${reference}`);
  await expect(page.getByText("DCC reviewer 2 has this in hand").first()).toBeVisible();
  for (const [width, height] of [[320, 640], [640, 800], [700, 620], [1280, 800], [1920, 1080]] as const) {
    await page.setViewportSize({ width, height });
    await expectNoSidewaysScroll(page);
    await page.getByRole("heading", { level: 1 }).click();
    await page.evaluate(() => window.scrollTo(0, 0));
    let steps = 0;
    for (let isOver = false; !isOver && steps < 80; steps += 1) {
      await page.keyboard.press("Tab");
      const on = await page.evaluate(() => document.activeElement?.textContent ?? "");
      expect(await focusIsSeen(page), `${width}: ${on.slice(0, 60)}`).toBe(true);
      isOver = on === "Refuse submission";
    }
    expect(steps, `${width}: the buttons are reached`).toBeLessThan(80);
    // What is decided by comes before what decides.
    const order = await page.evaluate(() => {
      const decision = document.querySelector(".app-decision")!;
      return [...document.querySelectorAll(".app-evidence")].every(
        (part) => part.compareDocumentPosition(decision) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
    });
    expect(order).toBe(true);
  }
});
