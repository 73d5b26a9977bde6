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
