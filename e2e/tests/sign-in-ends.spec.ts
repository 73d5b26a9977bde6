import type { Page } from "@playwright/test";
import { NETWORK, networkThresholds } from "../support/made";
import { aro, sign } from "../support/cms";
import { chooseSigned, continueToSend, sent } from "../support/send";
import { expect, expectAccessible, signIn } from "../support/sluice";
import { test } from "../support/stack";

/** Tokens live 100 seconds, of which the page counts some as over at once: how fast this machine is does not matter. */
async function tokensLive(page: Page): Promise<void> {
  await page.clock.install();
  await page.route("**/token", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), expires_in: 100 } });
  });
}

test("before a sign-in ends that is said once, and staying brings people back to where they were", async ({ page }) => {
  await tokensLive(page);
  await signIn(page, "Network ARO 1", "/quarantine/1301?state=held");
  const filter = page.getByLabel("Device contains");
  await filter.fill("A0");
  await page.clock.fastForward(51_000);
  const banner = page.getByRole("alert", { name: "Your sign-in ends soon" });
  await expect(banner).toContainText("Your sign-in ends in less than a minute.");
  // Nobody who types is interrupted.
  await expect(filter).toBeFocused();
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expectAccessible(page);
  await page.unroute("**/token");
  await banner.getByRole("button", { name: "Stay signed in" }).click();
  await expect(banner).toHaveCount(0);
  await expect(page).toHaveURL(/state=held/);
  await expect(filter).toHaveValue("A0");
  await expect(page.getByRole("banner").getByText("Network ARO 1")).toBeVisible();
});

test("a sign-in that ended is said once, and no longer that it ends soon", async ({ page }) => {
  await tokensLive(page);
  await signIn(page, "Network ARO 1", "/thresholds");
  await expect(page.getByRole("link", { name: NETWORK })).toBeVisible();
  await page.clock.fastForward(101_000);
  await expect(page.getByRole("alert")).toContainText("Your sign-in has ended");
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(page.getByText("Your sign-in ends soon")).toHaveCount(0);
  await expectAccessible(page);
});

test("a tab that uploads asks before it is closed, and only then", async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  let letGo = () => {};
  const held = new Promise<void>((go) => (letGo = go));
  await page.route(/network-operator\//, async (route) => {
    if (route.request().method() === "PUT") await held;
    await route.continue();
  });
  const upload = page.waitForRequest((request) => request.method() === "PUT");
  await (await continueToSend(page)).click();
  await upload;
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  letGo();
  await sent(page);
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toEqual(["beforeunload"]);
});
