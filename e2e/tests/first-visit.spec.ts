import { expect, expectAccessible, signIn, test } from "../support/sluice";

test("the heading of a page takes the focus and names the tab, at the first visit too", async ({ page }) => {
  await signIn(page, "Network ARO 1");
  const links = page.getByRole("navigation", { name: "Pages" });
  for (const name of ["Quarantine", "Help", "Thresholds", "Submissions", "Send a file", "Overview"]) {
    await links.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
    await expect(page).toHaveTitle(`${name} - Sluice`);
  }
  // Its part is there, its data is not.
  await page.getByRole("link", { name: "1301", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Event 1301" })).toBeFocused();
  // Whoever has several open tells them apart.
  await expect(page).toHaveTitle(/^Event 1301: 6\.15\.1 .+, User ID 90-B3-D5-1F-30-03-00-00, held since \d+ \w+ \d{4} - Sluice$/);
  await expectAccessible(page);
});
