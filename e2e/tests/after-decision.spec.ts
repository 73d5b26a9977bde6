import { Api, announcement, put } from "../support/api";
import { today } from "../support/clock";
import { aro, sign } from "../support/cms";
import { NETWORK } from "../support/made";
import { decide, signInToDecide } from "../support/review";
import { expect, expectAccessible } from "../support/sluice";
import { test, type Stack } from "../support/stack";

/** Thresholds of the network operator raised so far that a reviewer decides. */
async function risky(stack: Stack, quarantine: number): Promise<string> {
  const rows = [
    "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo",
    `${NETWORK},6.15.1,P1D,1,${quarantine},,`,
    `${NETWORK},ALL,P1D,1,62,,`,
    "",
  ];
  const file = { name: `ADT_network-operator_${today()}.csv`, content: Buffer.from(rows.join("\r\n")) };
  const api = new Api(stack, "network-aro-1");
  const { body } = await api.start(announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content)));
  await put(body.upload!, file.content);
  expect(await api.outcome(body.submission.reference)).toBe("awaiting-review");
  return body.submission.reference;
}

test("from a refusal, which looks like none of the confirmations, straight to the next that waits", async ({ page, stack }) => {
  // Other tests leave submissions that wait.
  const reviewer = new Api(stack, "reviewer-1");
  const { body } = await reviewer.get<{ items: { submission: { reference: string } }[] }>("/reviews?limit=200");
  for (const { submission } of body.items) {
    await decide(stack, "reviewer-1", submission.reference, "refuse", "Cleared away.");
  }
  const first = await risky(stack, 901);
  const second = await risky(stack, 902);
  await signInToDecide(page, "DCC reviewer 1", `/review/${first}`);
  const refuse = async () => {
    await page.getByRole("button", { name: "Refuse submission" }).click();
    await page.getByLabel("Reason").fill("Nobody has announced this.");
    await page.getByRole("button", { name: "Refuse submission" }).click();
    await expect(page.getByRole("heading", { name: "Submission refused" })).toBeFocused();
  };
  await refuse();
  const panel = page.getByRole("heading", { name: "Submission refused" }).locator("..");
  const [red = 0, green = 0] = await panel.evaluate((shown) => getComputedStyle(shown).backgroundColor.match(/\d+/g)!.map(Number));
  expect(red, "red, not green").toBeGreaterThan(green);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Next submission" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(second);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await refuse();
  await expect(page.getByText("Nothing else is waiting for you.")).toBeVisible();
  await page.getByRole("link", { name: "Back to review queue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Review" })).toBeFocused();
});
