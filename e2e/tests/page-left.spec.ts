import type { Page } from "@playwright/test";
import { signInToDecide } from "../support/review";
import { sendRiskyThresholds } from "../support/risky";
import { expect, openWithin, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

/** Counts what listens to window and document, by event: what was added and is not removed. */
async function countListeners(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const listening = new Map<EventTarget, Map<string, Set<unknown>>>([
      [window, new Map()],
      [document, new Map()],
    ]);
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const types = listening.get(this);
      if (types) types.set(type, (types.get(type) ?? new Set()).add(listener));
      addEventListener.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      listening.get(this)?.get(type)?.delete(listener);
      removeEventListener.call(this, type, listener, options);
    };
    Object.assign(window, {
      listeners: () =>
        [...listening].flatMap(([target, types]) =>
          [...types].flatMap(([type, heard]) => Array.from(heard, () => `${target === window ? "window" : "document"} ${type}`)),
        ),
    });
  });
}

const listeners = async (page: Page): Promise<string[]> =>
  (await page.evaluate(() => (window as unknown as { listeners(): string[] }).listeners())).sort();

test("what a page still asks for when it is left is aborted, and the next page gets its answer", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/submissions");
  // No answer comes while the page is shown.
  await page.route("**/api/quarantine-events", () => undefined);
  const asked = page.waitForRequest("**/api/quarantine-events");
  const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/quarantine-events"));
  await openWithin(page, "/quarantine");
  await asked;
  await openWithin(page, "/help");
  expect((await ended).failure()?.errorText).toBe("net::ERR_ABORTED");

  await page.unrouteAll({ behavior: "ignoreErrors" });
  await openWithin(page, "/quarantine");
  await expect(page.getByRole("table", { name: "To be decided" })).toBeVisible();
});

/** Which requests for `what` a page makes from now on. */
function requests(page: Page, what: string): string[] {
  const made: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes(what)) made.push(request.url());
  });
  return made;
}

test("a page that follows a submission asks no more once it was left; a decision goes through all the same", deployed, async ({ page, browser }) => {
  test.slow();
  const reference = await sendRiskyThresholds(page);
  await openWithin(page, "/help");
  const asked = requests(page, reference);
  // While people decide, the page of the outcome asks every fifteen seconds.
  const asksAgain = page.waitForTimeout(17_000);

  const reviewer = await (await browser.newContext()).newPage();
  await signInToDecide(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await reviewer.getByLabel("Reason").fill("The campaign was called off.");

  let pass = () => {};
  const left = new Promise<void>((resolve) => (pass = resolve));
  await reviewer.route(`**/api/dcc/reviews/${reference}/decision`, async (route) => {
    await left;
    await route.continue();
  });
  const sent = reviewer.waitForRequest(`**/api/dcc/reviews/${reference}/decision`);
  const decided = reviewer.waitForResponse(`**/api/dcc/reviews/${reference}/decision`);
  await reviewer.getByRole("button", { name: "Refuse submission" }).last().click();
  await sent;
  await openWithin(reviewer, "/help");
  const askedByReviewer = requests(reviewer, reference);
  // The page of a review asks when somebody comes back to it.
  await reviewer.evaluate(() => window.dispatchEvent(new Event("focus")));
  pass();
  expect((await decided).status()).toBe(200);

  await asksAgain;
  expect([asked, askedByReviewer]).toEqual([[], []]);
  await openWithin(page, `/submissions/${reference}`);
  await expect(page.getByText("The campaign was called off.")).toBeVisible();
});

test("no listener of a page that was left is there any more", async ({ page }) => {
  await countListeners(page);
  await signIn(page, "DCC reviewer 1");
  await openWithin(page, "/help");
  await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
  const always = await listeners(page);
  expect(always).toContain("document click");
  expect(always).toContain("window popstate");

  for (const [path, heard] of [
    ["/review", "window keydown"],
    ["/quarantine/1201", "window resize"],
  ] as const) {
    await openWithin(page, path);
    await expect.poll(() => listeners(page), path).toContain(heard);
    await page.keyboard.press("j");
    await openWithin(page, "/help");
    await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
    expect(await listeners(page), path).toEqual(always);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/help$/);
  }
});
