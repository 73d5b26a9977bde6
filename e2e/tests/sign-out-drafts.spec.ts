import type { Page } from "@playwright/test";
import { choose, makeSigningKey, sample, smallChange } from "../support/files";
import { expectDraftKept } from "../support/kept";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

const DRAFT = "Drafts";

/** As Supplier ARO 1, with a file that is not sent, at the question that signing out asks then. */
async function leaveADraft(page: Page): Promise<void> {
  await page.goto("/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await expectDraftKept(page, { step: "changes" });
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign out", level: 1 })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Yours in this browser: 1 file not sent.");
}

const signOut = async (page: Page) => {
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Sluice" })).toBeVisible();
};

test("whoever leaves a draft is asked, and without an answer it stays", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await makeSigningKey(page);
  await leaveADraft(page);
  await expect(page.getByLabel("My drafts")).not.toBeChecked();
  await expect(page.getByLabel(/^My signing key/)).not.toBeChecked();
  await expectAccessible(page);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 700 });
    await expectNoSidewaysScroll(page);
  }
  await signOut(page);
  await signIn(page, "Supplier ARO 1");
  await expect(page.getByRole("heading", { name: DRAFT })).toBeVisible();
  await page.goto("/signing-key");
  await expect(page.getByText("Ready to sign")).toBeVisible();
});

test("drafts are removed on request, the key is not, and nothing of anybody else's", async ({ page }) => {
  await signIn(page, "Network ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expectDraftKept(page, { step: "check" });
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await signOut(page);
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await makeSigningKey(page);
  await leaveADraft(page);
  await page.getByLabel("My drafts").check();
  await signOut(page);
  await signIn(page, "Supplier ARO 1");
  await expect(page.getByRole("heading", { name: DRAFT })).toHaveCount(0);
  await page.goto("/signing-key");
  await expect(page.getByText("Ready to sign")).toBeVisible();
  // Nothing is left to be asked about.
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Sluice" })).toBeVisible();
  await signIn(page, "Network ARO 1");
  await expect(page.getByRole("heading", { name: DRAFT })).toBeVisible();
});

test("the key goes with the drafts where that is asked for", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await makeSigningKey(page);
  await leaveADraft(page);
  await page.getByLabel(/^My signing key/).check();
  await signOut(page);
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await expect(page.getByRole("button", { name: "Make a key" })).toBeVisible();
});
