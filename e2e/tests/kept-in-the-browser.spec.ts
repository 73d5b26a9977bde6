import { expect, openWithin, signIn, test } from "../support/sluice";

test("where the browser cannot set up what it keeps things in, that is said, and the next page tries again", async ({ page }) => {
  await page.addInitScript(() => {
    const disk = { full: true };
    const create = IDBDatabase.prototype.createObjectStore;
    IDBDatabase.prototype.createObjectStore = function (...shelf) {
      if (disk.full) throw new DOMException("The disk is full", "QuotaExceededError");
      return create.apply(this, shelf);
    };
    Object.assign(window, { disk });
  });
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await expect(page.getByRole("alert")).toContainText("This browser did not keep what was asked: The disk is full.");

  await page.evaluate(() => ((window as unknown as { disk: { full: boolean } }).disk.full = false));
  await openWithin(page, "/help");
  await openWithin(page, "/signing-key");
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByRole("button", { name: "Get a certificate" })).toBeVisible();
});
