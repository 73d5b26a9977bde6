import type { Page } from "@playwright/test";
import { today } from "../support/clock";
import { networkThresholds } from "../support/made";
import { expect } from "../support/sluice";
import { test } from "../support/stack";

/** Tabs from where the focus is to a control with this name, as somebody without a mouse does; every stop shows itself. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByRole("button", { name }).or(page.getByRole("link", { name })).or(page.getByLabel(name)).first();
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 60; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const outlined = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body || at.matches("input[type=file]")) return true;
      const style = getComputedStyle(at);
      return style.outlineStyle !== "none" || style.boxShadow !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
    });
    expect(outlined, "what has the focus shows it").toBe(true);
  }
  throw new Error(`Nobody reaches ${name} by Tab`);
}

/** Chromium is told to hand its dialogs over, and takes a moment to: before anybody presses a key. */
async function handDialogsOver(page: Page): Promise<void> {
  page.on("filechooser", () => undefined);
  await page.goto("/help");
}

async function pressOn(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

test("a key, a signature, a submission, a receipt: by keyboard alone", async ({ page }) => {
  await handDialogsOver(page);
  await page.goto("/signing-key");
  await pressOn(page, "Sign in");
  await pressOn(page, /^Network ARO 2$/);
  await pressOn(page, "Make a key");
  await pressOn(page, "Get a certificate");
  await expect(page.getByText("Ready to sign")).toBeVisible();

  await pressOn(page, "Send a file");
  await expect(page.getByRole("heading", { level: 1, name: "Send a file" })).toBeFocused();
  await tabTo(page, "Choose a file, or drop it here");
  const { name, content } = networkThresholds();
  const dialog = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await dialog).setFiles({ name, mimeType: "text/csv", buffer: content });

  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await pressOn(page, "Continue");
  await expect(page.getByRole("heading", { name: /^\d?Sign$/ })).toBeFocused();
  await pressOn(page, "Sign file");
  await expect(page.getByRole("heading", { name: /^\d?Send$/ })).toBeFocused();
  await pressOn(page, "Send file");
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeFocused();
  const download = page.waitForEvent("download");
  await pressOn(page, "Download the signed receipt");
  expect((await download).suggestedFilename()).toMatch(/\.p7m$/);
});

test("errors of a file take the focus, and lead to the lines", async ({ page }) => {
  await handDialogsOver(page);
  await page.goto("/send");
  await pressOn(page, "Sign in");
  await pressOn(page, /^Network ARO 1$/);
  await tabTo(page, "Choose a file, or drop it here");
  const dialog = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  const content = Buffer.from(networkThresholds().content.toString().replaceAll(",62,", ",-1,"));
  await (await dialog).setFiles({ name: `ADT_network-operator_${today()}.csv`, mimeType: "text/csv", buffer: content });
  await expect(page.getByRole("alert")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await pressOn(page, /^Line 2/);
  await expect(page.getByRole("region", { name: "The file around line 2" })).toBeVisible();
  await pressOn(page, "Choose the corrected file");
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
});
