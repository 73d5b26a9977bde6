import type { Page } from "@playwright/test";
import { choose, csv, eightFaults, sample } from "../support/files";
import { expect, expectAccessible, expectDrawn, openWithin, signIn, test } from "../support/sluice";

/** How light the page's own background is, from 0 to 255. */
const lightness = (page: Page) =>
  page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
    return (red! + green! + blue!) / 3;
  });

test.use({ colorScheme: "dark" });

/** WCAG by axe, contrast included, in the dark. */
async function look(page: Page, path: string): Promise<void> {
  await test.step(path, async () => {
    await openWithin(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectDrawn(page);
    expect(await lightness(page)).toBeLessThan(60);
    await expectAccessible(page);
  });
}

test("pages of a sender in dark, by axe", async ({ page }) => {
  test.slow();
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  await signIn(page, "Supplier ARO 1");
  for (const path of ["/", "/quarantine", "/quarantine/1203", "/quarantine/1203?view=plain", "/thresholds", "/thresholds/90-B3-D5-1F-30-01-00-00"]) await look(page, path);
  for (const path of ["/thresholds/90-B3-D5-1F-30-01-00-00/write", "/submissions", "/signing-key", "/help", "/help/files", "/send"]) await look(page, path);

  const [faulty] = await sample(page, eightFaults);
  await choose(page, [faulty!]);
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
  await openWithin(page, "/send");
  await choose(page, [csv("notes.txt", "nothing\n")]);
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("choices and their last look in dark, by axe", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/quarantine/1203");
  await page.getByRole("grid").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("r");
  await page.keyboard.press("End");
  await page.keyboard.press("d");
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Review decisions" }).focus();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review decisions");
  await expectAccessible(page);
});

test("pages of DCC staff in dark, by axe", async ({ page }) => {
  await signIn(page, "DCC reviewer 1");
  for (const path of ["/review", "/quarantine", "/thresholds", "/help"]) await look(page, path);
});

test("paper is light, whatever the screen is, and forced colours stay the person's", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/quarantine");
  expect(await lightness(page)).toBeLessThan(60);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await lightness(page)).toBe(255);
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  expect(await lightness(page)).toBe(255);
  await page.emulateMedia({ colorScheme: "dark", forcedColors: "active" });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--govuk-text-colour").trim())).toBe("#0b0c0c");
  await expect(page.getByRole("navigation").getByRole("link", { name: "Quarantine" })).toHaveCSS("border-bottom-width", "4px");
});
