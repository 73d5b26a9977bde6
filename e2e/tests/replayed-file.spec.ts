import { Api, announcement, put } from "../support/api";
import { aro, sign } from "../support/cms";
import { NETWORK, networkThresholds, type Made } from "../support/made";
import { choose, chooseSigned } from "../support/send";
import { expect, expectAccessible, openWithin, signIn } from "../support/sluice";
import { test, type Stack } from "../support/stack";

async function accept(stack: Stack, file: Made, signature: Buffer): Promise<void> {
  const api = new Api(stack, "network-aro-1");
  const { body } = await api.start(announcement(file, signature));
  await put(body.upload!, file.content);
  expect(await api.outcome(body.submission.reference)).toBe("accepted");
}

test("an old signed file is told at the check, as a .p7m and with its .p7s, before anything is sent", async ({ page, stack }) => {
  const signer = aro(stack, "network-aro-1");
  const old = networkThresholds();
  const beside = sign(stack, signer, old.content);
  const around = sign(stack, signer, old.content, { enveloping: true });
  const newer = networkThresholds();
  await accept(stack, newer, sign(stack, signer, newer.content));

  await signIn(page, "Network submitter", "/send");
  for (const choice of [
    () => choose(page, { name: old.name.replace(".csv", ".p7m"), content: around }),
    () => chooseSigned(page, old, beside),
  ]) {
    await choice();
    const summary = page.getByRole("alert");
    await expect(summary).toContainText("Your file cannot be sent yet: 1 error");
    await expect(page.getByText(new RegExp(`no later than .+, when the statement in force for User ID ${NETWORK} was signed`)).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Send file" })).toHaveCount(0);
    await expectAccessible(page);
    await openWithin(page, "/help");
    await openWithin(page, "/send");
  }
});
