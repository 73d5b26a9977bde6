import { choose, decisionsOn, makeSigningKey, sample } from "../support/files";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

test("an Exit Quarantine file is signed in the page; every number is exact before it is sent", deployed, async ({ page }) => {
  await signIn(page, "Supplier ARO 2");
  await makeSigningKey(page);
  await page.getByRole("link", { name: "Send a file" }).first().click();
  await choose(page, await sample(page, decisionsOn("1203")));

  const sentence = "Release 212 and delete 28 of the 240 communications held in event 1203.";
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByText("Once the file is accepted, this cannot be undone.")).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByRole("heading", { name: "Sign", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Sign file" }).click();
  await expect(page.getByRole("heading", { name: "Send", exact: true })).toBeFocused();
  await expect(page.getByText(sentence)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send file" }).click();

  await expect(page.getByRole("heading", { name: "Accepted" })).toBeFocused();
  await expect(page.getByText("212 released and 28 deleted.")).toBeVisible();

  // The draft has served: it is not offered again.
  await page.getByRole("link", { name: "Send another file" }).click();
  await expect(page.getByRole("heading", { name: "Drafts in this browser" })).toHaveCount(0);
});

test("at 390 pixels nothing sticks out sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "Supplier ARO 1", "/send");
  await expectNoSidewaysScroll(page);
  await choose(page, await sample(page, decisionsOn("18446744073709551617")));
  await expect(page.getByText(/100,000 communications held/).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
