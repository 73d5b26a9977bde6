import { choose, makeSigningKey, sample, decisionsOn } from "../support/files";
import { expect, expectAccessible, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

const MINUTES = 40;

/** This computer's time of day goes wrong; how fast its clocks go does not. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript((minutes) => {
    const real = Date.now;
    Date.now = () => real() + minutes * 60_000;
  }, MINUTES);
});

test("where this computer's clock is wrong, the page says how much, and signs by the service's", deployed, async ({ page }) => {
  await signIn(page, "Supplier ARO 2");
  await makeSigningKey(page);
  await page.goto("/send");
  await choose(page, await sample(page, decisionsOn("1201")));
  const notice = page.getByText(`The clock of this computer is ${MINUTES} minutes ahead of the service's.`);
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(notice).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign file" }).click();
  // Signed by the clock of this computer it would be rejected: so far ahead nobody may sign.
  await page.getByRole("button", { name: "Check with the service, without effect" }).click();
  await expect(page.getByRole("heading", { name: "Checked only: it is in order" })).toBeVisible();
});

test.describe("a day", () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      const real = Date.now;
      Date.now = () => real() + 24 * 3_600_000;
    });
  });

  test("a clock that is wrong by a day moves no deadline and no certificate, and the page says so", deployed, async ({ page }) => {
    await signIn(page, "Supplier ARO 2");
    await makeSigningKey(page);
    await expect(page.getByText("Ready to sign")).toBeVisible();
    await expect(page.getByText(/The clock of this computer is 24 hours ahead of the service's\./)).toBeVisible();
    await page.goto("/quarantine");
    await expect(page.getByRole("table").first()).toBeVisible();
    // By this computer's clock what is due today would have been due yesterday.
    await expect(page.locator("#content")).not.toContainText(/\bDue \d+ \w+ ago/);
  });
});
