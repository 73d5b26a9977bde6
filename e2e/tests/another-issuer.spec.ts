import { Issuer, signInAtTheIssuer } from "../issuer/issuer";
import { aro, sign } from "../support/cms";
import { networkThresholds } from "../support/made";
import { chooseSigned, continueToSend, sent } from "../support/send";
import { expect } from "../support/sluice";
import { Stack, test as base } from "../support/stack";

/** A stack whose people are signed in by an issuer of another make. */
const test = base.extend<object, { issuer: Issuer }>({
  issuer: [
    async ({}, use) => {
      const issuer = await Issuer.start();
      await use(issuer);
      issuer.stop();
    },
    { scope: "worker" },
  ],
  stack: [
    async ({ issuer }, use) => {
      const stack = await Stack.start({ signIn: issuer.address });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test("somebody signs in there, sends a file that takes effect, is asked anew after five minutes, and signs out there", async ({ page, stack, issuer }) => {
  await page.clock.install();
  const [first, second] = [networkThresholds(), networkThresholds()];
  await page.goto("/send");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL((url) => url.href.startsWith(issuer.address));
  await signInAtTheIssuer(page, "network-submitter");
  await expect(page.getByRole("banner").getByText("Network submitter")).toBeVisible();
  await expect(page).toHaveURL("/send");

  await chooseSigned(page, first, sign(stack, aro(stack, "network-aro-1"), first.content));
  await (await continueToSend(page)).click();
  await sent(page);
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();

  await page.getByRole("navigation").getByRole("link", { name: "Send a file" }).click();
  await chooseSigned(page, second, sign(stack, aro(stack, "network-aro-1"), second.content));
  const button = await continueToSend(page);
  await page.clock.fastForward(301_000);
  await button.click();
  await page.getByRole("alert").getByRole("button", { name: "Sign in again" }).click();
  // Its session is still there: it asks all the same, since it was told to.
  await signInAtTheIssuer(page, "network-submitter");
  await expect(page.getByText(second.name).first()).toBeVisible();
  await (await continueToSend(page)).click();
  await sent(page);
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign me out" }).click();
  await expect(page).toHaveURL("/");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Login")).toBeVisible();
});

test("a reload finds the sign-in again, without a question", async ({ page }) => {
  await page.goto("/thresholds");
  await page.getByRole("button", { name: "Sign in" }).click();
  await signInAtTheIssuer(page, "supplier-aro-1");
  await expect(page.getByRole("banner").getByText("Supplier ARO 1")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("banner").getByText("Supplier ARO 1")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Thresholds" })).toBeVisible();
});

test("only access tokens of that issuer give access: neither what proves a sign-in there, nor a token of the embedded issuer", async ({ page, stack }) => {
  const tokens = page.waitForResponse((answer) => answer.url().endsWith("/token") && answer.ok());
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in" }).click();
  await signInAtTheIssuer(page, "supplier-aro-1");
  const given = (await (await tokens).json()) as { access_token: string; id_token: string };
  const statusOf = async (token: string) => {
    const answer = await fetch(`${stack.url}/api/submissions`, { headers: { authorization: `Bearer ${token}` } });
    return answer.status;
  };
  expect(await statusOf(given.access_token)).toBe(200);
  expect(await statusOf(given.id_token)).toBe(401);
  expect(await statusOf(stack.token("supplier-aro-1"))).toBe(401);
});

test.describe("somebody whom the directory does not know", () => {
  test.use({ brokenNetwork: true });

  test("is told that they are not registered", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in" }).click();
    await signInAtTheIssuer(page, "nobody-at-all");
    await expect(page.getByRole("alert")).toContainText("not registered");
  });
});
