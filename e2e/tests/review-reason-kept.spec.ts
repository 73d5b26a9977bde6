import { sendRiskyThresholds } from "../support/risky";
import { signInToDecide } from "../support/review";
import { expect, openWithin, signIn, test } from "../support/sluice";

test.use({ brokenNetwork: true });

const REASON = "The forecast does not show such a rise.";

test("a reason that was typed is still there after the service was down and another page was opened, until it is decided", async ({ page, browser }) => {
  const reference = await sendRiskyThresholds(page);
  const reviewer = await (await browser.newContext()).newPage();
  await signInToDecide(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await reviewer.getByLabel("Reason").fill(REASON);

  await reviewer.route("**/api/**", (route) => route.abort());
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByRole("alert")).toContainText("Nothing that you have done here is lost");
  await expect(reviewer.getByLabel("Reason")).toHaveValue(REASON);
  await expect(reviewer.getByRole("button", { name: "Refuse submission" })).toBeEnabled();
  await openWithin(reviewer, "/help");
  await expect(reviewer.getByRole("heading", { name: "Help", level: 1 })).toBeVisible();
  await reviewer.unrouteAll({ behavior: "ignoreErrors" });
  await openWithin(reviewer, `/review/${reference}`);

  await expect(reviewer.getByRole("heading", { name: "Refuse this submission" })).toBeVisible();
  await expect(reviewer.getByLabel("Reason")).toHaveValue(REASON);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByRole("heading", { name: "Submission refused" })).toBeVisible();

  await openWithin(reviewer, "/review");
  await openWithin(reviewer, `/review/${reference}`);
  await expect(reviewer.getByText(REASON)).toBeVisible();
  await expect(reviewer.getByLabel("Reason")).toHaveCount(0);
});

test("a reason that was typed outlives a reload and a sign-in that ended, and goes when its reviewer signs out", async ({ page, browser }) => {
  const reference = await sendRiskyThresholds(page);
  const reviewer = await (await browser.newContext()).newPage();
  await signInToDecide(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await reviewer.getByLabel("Reason").fill(REASON);
  await reviewer.reload();
  await expect(reviewer.getByRole("heading", { name: "Refuse this submission" })).toBeVisible();
  await expect(reviewer.getByLabel("Reason")).toHaveValue(REASON);

  await reviewer.route("**/api/**", (route) => route.fulfill({ status: 401, json: { code: "sign-in-invalid" } }));
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await reviewer.getByRole("alert").getByRole("button", { name: "Sign in again" }).waitFor();
  await reviewer.unrouteAll({ behavior: "ignoreErrors" });
  await reviewer.getByRole("button", { name: "Sign in again" }).click();
  // Whoever was deciding is asked who they are: deciding needs a sign-in of the last minutes.
  await reviewer.getByRole("button", { name: "DCC reviewer 1", exact: true }).click();
  await expect(reviewer.getByLabel("Reason")).toHaveValue(REASON);

  await reviewer.getByRole("button", { name: "Sign out" }).click();
  await expect(reviewer.getByRole("heading", { name: "Sign in to Sluice" })).toBeVisible();
  expect(await reviewer.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(REASON);
  await signIn(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByLabel("Reason")).toHaveValue("");
  await reviewer.getByLabel("Reason").fill(REASON);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByRole("heading", { name: "Submission refused" })).toBeVisible();
});

test("a reason for refusing is none for accepting: each decision has its own", async ({ page, browser }) => {
  const reference = await sendRiskyThresholds(page);
  const reviewer = await (await browser.newContext()).newPage();
  await signInToDecide(reviewer, "DCC reviewer 1", `/review/${reference}`);
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await reviewer.getByLabel("Reason").fill(REASON);
  await reviewer.getByRole("button", { name: "Decide later" }).click();

  await reviewer.getByRole("button", { name: "Accept submission" }).click();
  await expect(reviewer.getByLabel("Reason")).toHaveValue("");
  await reviewer.getByRole("button", { name: "Accept submission" }).click();
  await expect(reviewer.getByRole("alert")).toContainText("There is a problem with the reason");
  await reviewer.getByLabel("Reason").fill("The forecast was corrected.");
  await openWithin(reviewer, "/help");
  await openWithin(reviewer, `/review/${reference}`);
  await expect(reviewer.getByLabel("Reason")).toHaveValue("The forecast was corrected.");

  await reviewer.getByRole("button", { name: "Decide later" }).click();
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByLabel("Reason")).toHaveValue(REASON);
  // Nothing waits for whoever sends the same next on this stack.
  await reviewer.getByRole("button", { name: "Refuse submission" }).click();
  await expect(reviewer.getByRole("heading", { name: "Submission refused" })).toBeVisible();
});
