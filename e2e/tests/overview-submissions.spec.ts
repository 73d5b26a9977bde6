import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

test("the overview shows what is held, the most urgent first, then what is in progress and recent outcomes", async ({ page }) => {
  await signIn(page, "Supplier ARO 1");
  const held = page.getByRole("table", { name: /Open events/ });
  await expect(held.getByRole("row").filter({ hasText: "18446744073709551617" })).toContainText("100,000");
  const due = await held.locator("time[datetime]").evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
  const decisions = due.filter((_, index) => index % 2 === 0);
  expect(decisions).toEqual([...decisions].sort());
  await expect(page.getByRole("heading", { name: "In progress", exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Recent outcomes", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("DCC staff begin with their reviews", async ({ page }) => {
  await signIn(page, "DCC reviewer 1");
  await expect(page).toHaveURL(/\/review$/);
});

test("submissions are filtered in the address, and one shows everything that is known", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/submissions");
  await expect(page.getByRole("table").getByText("Accepted").first()).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("State").selectOption("Expired");
  await expect(page).toHaveURL(/\?state=expired$/);
  await expect(page.getByText("No submission fits.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("State")).toHaveValue("expired");

  await page.getByLabel("State").selectOption("Accepted");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Submission");
  await expect(page.getByText("SHA-256 of the file")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("an address that names no page says so", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/no/such/page");
  await expect(page.getByRole("heading", { name: "There is no page at this address" })).toBeVisible();
});
