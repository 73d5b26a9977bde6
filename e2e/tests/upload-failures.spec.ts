import { Api } from "../support/api";
import { networkThresholds, oneRelease } from "../support/made";
import { aro, sign } from "../support/cms";
import { expectDraftKept } from "../support/kept";
import { chooseSigned, continueToSend, sent } from "../support/send";
import { expect, signIn } from "../support/sluice";
import { test } from "../support/stack";
import { deployed } from "../support/stacks";

test.use({ brokenNetwork: true });

test("storage is down: nothing is lost; when it is up again the same submission goes on", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const button = await continueToSend(page);
  await stack.turn("s3", { down: true });
  const started = page.waitForResponse((answer) => answer.url().endsWith("/api/submissions") && answer.request().method() === "POST");
  await button.click();
  const { submission } = (await (await started).json()) as { submission: { reference: string } };
  await expect(page.getByRole("alert")).toContainText("Nothing is lost");
  await expect(page.getByText(file.name).first()).toBeVisible();

  await stack.turn("s3", { down: false });
  await page.getByRole("button", { name: "Try again" }).click();
  expect(await sent(page)).toBe(submission.reference);
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();
});

test("the page is closed during the upload; the draft goes on where it was", deployed, async ({ page, context, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const button = await continueToSend(page);
  // The upload hangs, as on a line that has gone quiet.
  await page.route(/-inbox/, () => {});
  const started = page.waitForResponse((answer) => answer.url().endsWith("/api/submissions") && answer.request().method() === "POST");
  await button.click();
  const { submission } = (await (await started).json()) as { submission: { reference: string } };
  await expect(page.getByText("Uploading the file…")).toBeVisible();
  await expectDraftKept(page, { step: "send" });
  const draft = page.url();
  await page.close();

  const later = await context.newPage();
  await later.goto(draft);
  await later.getByRole("button", { name: "Sign in" }).click();
  // The browser may have let the upload go on after the page was closed: then there is nothing left to send.
  const send = later.getByRole("button", { name: "Send file" });
  const accepted = later.getByRole("heading", { name: "Accepted" });
  await expect(send.or(accepted)).toBeVisible();
  if (await send.isVisible()) await send.click();
  expect(await sent(later)).toBe(submission.reference);
  await expect(accepted).toBeVisible();
});

test("the sign-in ends in the middle: the work stays on the page, and goes on after signing in again", deployed, async ({ page, stack }) => {
  const file = oneRelease(stack, "1203");
  await signIn(page, "Supplier submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "supplier-aro-1"), file.content));
  const button = await continueToSend(page);
  await stack.turn("clock", { aheadSeconds: 1_200 });
  await button.click();
  await expect(page.getByRole("region", { name: "Your sign-in has ended" }).or(page.getByRole("alert")).first()).toBeVisible();
  // Said once.
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(page.getByText(file.name).first()).toBeVisible();

  await page.getByRole("button", { name: "Sign in again" }).click();
  const person = page.getByRole("button", { name: "Supplier submitter", exact: true });
  const send = page.getByRole("button", { name: "Send file" });
  await expect(person.or(send)).toBeVisible();
  if (await person.isVisible()) await person.click();
  await expect(page.getByText(file.name).first()).toBeVisible();
  await send.click();
  await sent(page);
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();
});

test("two tabs send the same file at once: one submission", deployed, async ({ context, stack }) => {
  const file = networkThresholds();
  const signature = sign(stack, aro(stack, "network-aro-1"), file.content);
  const tabs = [await context.newPage(), await context.newPage()] as const;
  for (const tab of tabs) {
    await tab.goto("/send");
    await tab.getByRole("button", { name: "Sign in" }).click();
    const person = tab.getByRole("button", { name: "Network submitter", exact: true });
    const field = tab.getByLabel("Choose a file, or drop it here");
    await expect(person.or(field)).toBeVisible();
    if (await person.isVisible()) await person.click();
    await chooseSigned(tab, file, signature);
  }
  const buttons = [await continueToSend(tabs[0]), await continueToSend(tabs[1])] as const;
  await Promise.all(buttons.map((button) => button.click()));
  const references = await Promise.all(tabs.map(sent));
  expect(references[0]).toBe(references[1]);
  for (const tab of tabs) await expect(tab.getByRole("heading", { name: "Accepted" })).toBeVisible();
  expect(await new Api(stack, "network-submitter").outcome(references[0]!)).toBe("accepted");
});
