import type { Page } from "@playwright/test";
import { aro, sign } from "../support/cms";
import { networkThresholds } from "../support/made";
import { signInToDecide } from "../support/review";
import { sendRiskyThresholds } from "../support/risky";
import { chooseSigned, continueToSend, sent } from "../support/send";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn } from "../support/sluice";
import { test } from "../support/stack";

const TOO_OLD = "Sign in again to do this";

/** What is said of a sign-in that is older than five minutes, with the one way on; then the issuer asks who it is, and the page is as it was. */
async function signInAnew(page: Page, person: string): Promise<void> {
  const refusal = page.getByRole("alert").filter({ hasText: TOO_OLD });
  await expect(refusal).toContainText("What takes effect needs a sign-in of the last 5 minutes, and yours is older.");
  await expectAccessible(page);
  const at = page.url();
  await refusal.getByRole("button", { name: "Sign in again" }).click();
  await page.getByRole("button", { name: person, exact: true }).click();
  await page.waitForURL(at);
  await expect(page.getByRole("banner").getByText(person)).toBeVisible();
}

test("a file is sent after a sign-in in between: the page knows that one is needed, and file and signature stay", async ({ page, stack }) => {
  await page.clock.install();
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const button = await continueToSend(page);
  const asked: string[] = [];
  page.on("request", (request) => request.url().endsWith("/submissions") && asked.push(request.method()));
  await page.clock.fastForward(301_000);
  await button.click();
  await expect(page.getByRole("alert")).toContainText(TOO_OLD);
  expect(asked).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await signInAnew(page, "Network submitter");
  await expect(page.getByText(file.name).first()).toBeVisible();
  await (await continueToSend(page)).click();
  await sent(page);
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();
});

test("a check without effect needs no newer sign-in", async ({ page, stack }) => {
  await page.clock.install();
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  await continueToSend(page);
  await page.clock.fastForward(301_000);
  await page.getByRole("button", { name: "Check with the service, without effect" }).click();
  await sent(page);
});

test.describe("where the service refuses", () => {
  test.use({ brokenNetwork: true });

  test("a reviewer's reason stays, and one more press decides", async ({ page, browser, stack }) => {
    const reference = await sendRiskyThresholds(page);
    const reviewer = await (await browser.newContext()).newPage();
    await signInToDecide(reviewer, "DCC reviewer 1", `${stack.url}/review/${reference}`);
    await reviewer.getByRole("button", { name: "Refuse submission" }).click();
    await reviewer.getByLabel("Reason").fill("The forecast says otherwise.");
    // This computer's clock and the page do not know.
    await stack.turn("clock", { aheadSeconds: 301 });
    await reviewer.getByRole("button", { name: "Refuse submission" }).click();
    await signInAnew(reviewer, "DCC reviewer 1");
    await expect(reviewer.getByRole("heading", { name: "Refuse this submission" })).toBeVisible();
    await expect(reviewer.getByLabel("Reason")).toHaveValue("The forecast says otherwise.");
    await reviewer.getByRole("button", { name: "Refuse submission" }).click();
    await expect(reviewer.getByRole("heading", { name: "Submission refused" })).toBeVisible();
  });

  test("what an administrator typed stays, and stopping a key needs nothing new", async ({ page, stack }) => {
    await signIn(page, "Supplier administrator", "/people");
    await page.getByRole("button", { name: "Change Supplier submitter" }).click();
    await page.getByLabel("What to do").selectOption({ label: "Change the name" });
    await page.getByLabel("Name", { exact: true }).fill("Supplier submitter, renamed");
    await page.getByLabel("Reason").fill("Married.");
    await stack.turn("clock", { aheadSeconds: 301 });
    await page.getByRole("button", { name: "Ask for the change" }).click();
    await signInAnew(page, "Supplier administrator");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Supplier submitter, renamed");
    await expect(page.getByLabel("Reason")).toHaveValue("Married.");
    await page.getByRole("button", { name: "Ask for the change" }).click();
    await expect(page.getByRole("alert")).toContainText("The change is made");

    await stack.turn("clock", { aheadSeconds: 700 });
    await page.getByRole("button", { name: "Change Supplier ARO 2" }).click();
    await page.getByLabel("What to do").selectOption({ label: "Stop a key" });
    await page.getByLabel("Key of the certificate").selectOption({ index: 1 });
    await page.getByLabel("Reason").fill("Lost on a train.");
    await page.getByRole("button", { name: "Stop key" }).click();
    await expect(page.getByRole("alert")).toContainText("The change is made");
  });

  test("a key that was made stays, and its certificate is registered once the sign-in is new", async ({ page, stack }) => {
    await signIn(page, "Network ARO 1", "/signing-key");
    await page.getByRole("button", { name: "Make a key" }).click();
    await stack.turn("clock", { aheadSeconds: 301 });
    await page.getByRole("button", { name: "Get a certificate" }).click();
    await signInAnew(page, "Network ARO 1");
    await expect(page.getByText("Ready to sign")).toBeVisible();
  });
});

test("an issuer that does not ask anew leads in no circle: what helps is said", async ({ page, stack }) => {
  await page.clock.install();
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const button = await continueToSend(page);
  // As one that knows neither `prompt` nor `max_age`: its session answers, with the time of the first sign-in.
  await page.route("**/authorize?**", async (route) => {
    const url = new URL(route.request().url());
    expect(url.searchParams.get("prompt")).toBe("login");
    expect(url.searchParams.get("max_age")).toBe("300");
    url.searchParams.delete("prompt");
    url.searchParams.delete("max_age");
    await route.fulfill({ status: 303, headers: { location: url.href } });
  });
  await stack.turn("clock", { aheadSeconds: 301 });
  await page.clock.fastForward(301_000);
  await button.click();
  await page.getByRole("alert").getByRole("button", { name: "Sign in again" }).click();
  await expect(page.getByRole("banner").getByText("Network submitter")).toBeVisible();
  await (await continueToSend(page)).click();
  await expect(page.getByRole("alert")).toContainText("You have to sign out and in again");
  await expect(page.getByRole("alert")).toContainText("Sign out, and sign in again: drafts are kept in this browser.");
  await expect(page.getByRole("button", { name: "Sign in again" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign out" }).click();
});
