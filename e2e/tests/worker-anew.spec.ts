import { choose, sample, smallChange } from "../support/files";
import { expect, signIn, test } from "../support/sluice";

test("a worker that never starts makes room for another, which checks the file that waits", async ({ page }) => {
  let asked = 0;
  await page.route(/\/worker-[^/]*\.js$/, async (route) => {
    asked += 1;
    // The first is never answered: neither a failure nor a program.
    if (asked > 1) await route.continue();
  });
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByText("Reading the file…").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused({ timeout: 30_000 });
  expect(asked).toBe(2);
});
