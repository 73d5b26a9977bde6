import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../support/sluice";

/** From now on the issuer says of itself what it does and, beside it, this. */
async function issuerSays(page: Page, more: Record<string, unknown>): Promise<void> {
  await page.route("**/.well-known/openid-configuration", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...more } });
  });
}

test("signing out ends the sign-in where the issuer says that it does, under both names that issuers know the way back by", async ({ page, baseURL }) => {
  await signIn(page, "Supplier ARO 1");
  const elsewhere = "https://sign-in.example/leave";
  await issuerSays(page, { end_session_endpoint: elsewhere });
  await page.route(`${elsewhere}?**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Gone</title>" }));
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${elsewhere}?**`);
  const asked = new URL(page.url()).searchParams;
  const back = new URL("/", baseURL).href;
  expect(Object.fromEntries(asked)).toEqual({ client_id: "sluice-page", post_logout_redirect_uri: back, logout_uri: back });
});

test("an issuer that does not name the place, as Cognito, is left by the address that the deployment names", async ({ page, baseURL }) => {
  const elsewhere = "https://sluice-1.auth.eu-west-2.amazoncognito.com/logout";
  await page.route("**/config.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), signOut: elsewhere } });
  });
  await issuerSays(page, { end_session_endpoint: undefined });
  await page.route(`${elsewhere}?**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Gone</title>" }));
  await signIn(page, "Supplier ARO 1");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${elsewhere}?**`);
  const asked = new URL(page.url()).searchParams;
  expect(Object.fromEntries(asked)).toEqual({ client_id: "sluice-page", logout_uri: new URL("/", baseURL).href });
});

test("who signs out is signed out at the issuer, too", async ({ page }) => {
  await signIn(page, "Supplier ARO 1");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: /Supplier ARO 1/ })).toBeVisible();
});

test("where the issuer ends no sign-in, that is said, and nothing is shown any more", async ({ page }) => {
  await signIn(page, "Supplier ARO 1");
  await issuerSays(page, { end_session_endpoint: undefined });
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("alert")).toContainText("You are signed out of this page alone");
  await expect(page.getByRole("alert")).toContainText("Close all windows of the browser.");
  await expect(page.getByText("Supplier ARO 1")).toHaveCount(0);
  await expectAccessible(page);
});

test("no text of the address is shown: an error is said in our words", async ({ page, baseURL }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.origin !== new URL(baseURL!).origin);
  await page.goto("/signed-in?error=access_denied&error_description=Call+0800+123+and+say+your+password");
  await expect(page.getByRole("alert")).toContainText("The sign-in was broken off, or the sign-in service does not let you in. Sign in again.");
  await expect(page.getByText(/0800/)).toHaveCount(0);
});
