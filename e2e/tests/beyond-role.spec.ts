import { expect, expectAccessible, openWithin, signIn, test } from "../support/sluice";

for (const person of ["DCC operator", "DCC reviewer 1"]) {
  test(`Send a file says to ${person} that it is not for them, and leads to what is`, async ({ page }) => {
    await signIn(page, person, "/send");
    await expect(page.getByText("You are not registered to send files.")).toBeVisible();
    await expect(page.getByLabel("Choose a file, or drop it here")).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "See what is waiting for review" }).click();
    await expect(page.getByRole("heading", { name: "Review", level: 1 })).toBeVisible();
  });
}

test("Signing key does not tell an operator to send files", async ({ page }) => {
  await signIn(page, "DCC operator", "/signing-key");
  await expect(page.getByText("You are not registered to sign or send files, so you need no signing key.")).toBeVisible();
  await expect(page.getByText("You can send files")).toHaveCount(0);
  await openWithin(page, "/signing-key");
  await page.getByRole("link", { name: "See what is waiting for review" }).click();
  await expect(page.getByRole("heading", { name: "Review", level: 1 })).toBeVisible();
});
