import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn, test } from "../support/sluice";
import type { Page } from "@playwright/test";

const DAY = 86_400_000;

interface Registered {
  certificate: { notAfter: string; serial: string };
}

/** What the directory is made to say of the certificates of whoever asks. */
interface Said {
  /** Each ends so many days from now. */
  days: number;
  /** And the same was registered once more, as it is. */
  lastsLonger: boolean;
}

async function certificates(page: Page, days: number): Promise<Said> {
  const said = { days, lastsLonger: false };
  await page.route(/\/api\/(dcc\/)?me$/, async (route) => {
    const response = await route.fetch();
    const me = (await response.json()) as { certificates?: Registered[] };
    const soon = new Date(Date.now() + said.days * DAY).toISOString();
    const registered = me.certificates ?? [];
    const ending = registered.map((one) => ({ ...one, certificate: { ...one.certificate, notAfter: soon } }));
    await route.fulfill({ response, json: { ...me, certificates: said.lastsLonger ? [...ending, ...registered] : ending } });
  });
  return said;
}

// The page may ask once more as the test ends.
test.afterEach(({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

test("who signs is told on the overview and on Signing key that their last certificate ends, when, and what to do", async ({ page }) => {
  const said = await certificates(page, 5.5);
  await signIn(page, "Supplier ARO 1");
  const reminder = page.getByText(/Your certificate [0-9a-f]+ ends on .*, in 5 days\. Get a new one and register it now: both count until the old one ends\./);
  await expect(reminder).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: "Go to Signing key" }).click();
  await expect(page.getByRole("heading", { name: "Signing key", level: 1 })).toBeVisible();
  await expect(reminder).toBeVisible();
  await expect(page.getByText("To renew in this browser, remove the key below")).toBeVisible();
  await expectAccessible(page);

  // Another one was registered since: nothing is left to do.
  said.lastsLonger = true;
  await openWithin(page, "/");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(reminder).toHaveCount(0);
});

test("one that has ended is said as that, and sixty-one days before nothing is", async ({ page }) => {
  const said = await certificates(page, -2);
  await signIn(page, "Supplier ARO 1");
  await expect(page.getByText(/Your certificate [0-9a-f]+ ended on .* Nothing counts that you sign until you register a new one\./)).toBeVisible();
  said.days = 61;
  await page.reload();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(page.getByText(/Your certificate/)).toHaveCount(0);
});

test("reviewers are told where they begin, and who signs nothing is told nothing", async ({ page, browser }) => {
  await certificates(page, 0.5);
  await signIn(page, "DCC reviewer 1");
  await expect(page.getByRole("heading", { name: "Review", level: 1 })).toBeVisible();
  await expect(page.getByText(/ends on .*, in less than a day\./)).toBeVisible();
  await expectAccessible(page);
  const other = await (await browser.newContext()).newPage();
  await certificates(other, 0.5);
  await signIn(other, "Supplier submitter");
  await expect(other.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(other.getByText(/Your certificate/)).toHaveCount(0);
});
