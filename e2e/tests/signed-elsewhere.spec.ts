import { readFileSync } from "node:fs";
import { Api } from "../support/api";
import { networkThresholds, oneRelease } from "../support/made";
import { aro, sign, special, verify } from "../support/cms";
import { choose, chooseSigned, installKey, send } from "../support/send";
import { expect, signIn } from "../support/sluice";
import { testAlone } from "../support/stack";
import { deployed } from "../support/stacks";

// Elsewhere the event that it decides on may be decided in part.
const test = testAlone();

const accepted = { name: "Accepted" };

test("an ADT file signed by openssl, its .p7s beside it, sent by somebody else", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-1"), file.content));
  await send(page);
  await expect(page.getByRole("heading", accepted)).toBeVisible();
  await expect(page.getByText("CN=Network ARO 1,O=Network Operator,C=GB").first()).toBeVisible();
  await expect(page.getByText("Network submitter").first()).toBeVisible();
});

test("a file with LF line ends stays as it is, byte for byte", deployed, async ({ page, stack }) => {
  const file = networkThresholds("\n");
  await signIn(page, "Network ARO 2", "/send");
  await chooseSigned(page, file, sign(stack, aro(stack, "network-aro-2"), file.content));
  await send(page);
  await expect(page.getByRole("heading", accepted)).toBeVisible();
});

test("a .p7m of an ADT file", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  const content = sign(stack, aro(stack, "network-aro-1"), file.content, { enveloping: true });
  await signIn(page, "Network ARO 1", "/send");
  await choose(page, { name: file.name.replace(".csv", ".p7m"), content });
  await send(page);
  await expect(page.getByRole("heading", accepted)).toBeVisible();
});

test("an Exit Quarantine file with its .p7s, and another as .p7m signed with RSA 2048", deployed, async ({ page, stack }) => {
  const held = await new Api(stack, "supplier-submitter").held("1203");
  const first = oneRelease(stack, "1203");
  await signIn(page, "Supplier submitter", "/send");
  await chooseSigned(page, first, sign(stack, aro(stack, "supplier-aro-2"), first.content));
  await expect(page.getByText(`Release 1 of the ${held} communications held in event 1203. Keep ${held - 1} held.`).first()).toBeVisible();
  await send(page);
  await expect(page.getByRole("heading", accepted)).toBeVisible();

  const second = oneRelease(stack, "1203");
  const content = sign(stack, special(stack, "rsa-2048"), second.content, { enveloping: true });
  await page.getByRole("link", { name: "Send another file" }).click();
  await choose(page, { name: second.name.replace(".csv", ".p7m"), content });
  await expect(page.getByText(`Release 1 of the ${held - 1} communications held in event 1203. Keep ${held - 2} held.`).first()).toBeVisible();
  await send(page);
  await expect(page.getByRole("heading", accepted)).toBeVisible();
});

test("the signature is brought to the draft later, in the signing step", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network submitter", "/send");
  await choose(page, file);
  await page.getByRole("button", { name: "Continue" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the file" }).click();
  const taken = readFileSync(await (await download).path());
  expect(taken.equals(file.content)).toBe(true);
  const buffer = sign(stack, aro(stack, "network-aro-2"), taken);
  await page.getByLabel("Choose the signature (.p7s)").setInputFiles({ name: "signature.p7s", mimeType: "", buffer });
  await send(page);
  await expect(page.getByRole("heading", accepted)).toBeVisible();
});

test("what the page signs and what the DCC signs, openssl verifies", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  await signIn(page, "Network ARO 1", "/signing-key");
  await installKey(page);
  await page.getByRole("link", { name: "Send a file" }).click();
  await choose(page, file);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign file" }).click();
  const start = page.waitForRequest((request) => request.url().endsWith("/api/submissions") && request.method() === "POST");
  const reference = await send(page);
  const { signature } = (await start).postDataJSON() as { signature: { form: string; der: string } };
  expect(signature.form).toBe("detached");
  verify(stack, Buffer.from(signature.der, "base64"), file.content);

  await expect(page.getByRole("heading", accepted)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /receipt/i }).first().click();
  const receipt = JSON.parse(verify(stack, readFileSync(await (await download).path())).toString()) as object;
  expect(receipt).toMatchObject({ reference, kind: "adt", fileName: file.name, length: file.content.length, outcome: "accepted" });
});
