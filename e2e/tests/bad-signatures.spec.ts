import { oneRelease, networkThresholds } from "../support/made";
import { aro, sign, special, type Signer } from "../support/cms";
import { chooseSigned, choose, send } from "../support/send";
import { expectDraftKept } from "../support/kept";
import { expect, signIn } from "../support/sluice";
import { test, type Stack } from "../support/stack";
import { deployed } from "../support/stacks";

const findings = { name: "Findings" };

/** Seen in the page, before anything is sent. */
const seenHere = {
  "the file was changed after signing": {
    signature: (stack: Stack, file: Buffer) => sign(stack, aro(stack, "network-aro-1"), Buffer.concat([file, Buffer.from("\r\n")])),
    says: "The signature is not of this file",
  },
  "the signature is of another file": {
    signature: (stack: Stack) => sign(stack, aro(stack, "network-aro-1"), networkThresholds().content),
    says: "The signature is not of this file",
  },
  "signed as text": {
    signature: (stack: Stack, file: Buffer) => sign(stack, aro(stack, "network-aro-1"), file, { binary: false }),
    says: "The file was signed as text",
  },
  "SHA-1": {
    signature: (stack: Stack, file: Buffer) => sign(stack, aro(stack, "network-aro-1"), file, { digest: "sha1" }),
    says: "uses SHA-1, which can be forged",
  },
  "the file itself in place of a signature": {
    signature: (_: Stack, file: Buffer) => file,
    says: "The signature file is the file itself, not a CMS signature.",
  },
  "the signature has a file inside": {
    signature: (stack: Stack, file: Buffer) => sign(stack, aro(stack, "network-aro-1"), file, { enveloping: true }),
    says: "another file was given beside it",
  },
};

test("what is wrong with a signature by itself stops at the check, and the file is kept", async ({ page, stack }) => {
  await signIn(page, "Network submitter", "/send");
  let fileName = "";
  for (const [name, { signature, says }] of Object.entries(seenHere)) {
    await test.step(name, async () => {
      const file = networkThresholds("\n");
      fileName = file.name;
      const again = page.getByRole("button", { name: "Choose the corrected file" });
      if (await again.isVisible()) await again.click();
      await chooseSigned(page, file, signature(stack, file.content));
      await expect(page.getByText(file.name).first()).toBeVisible();
      await expect(page.getByRole("alert")).toContainText("Your file cannot be sent yet: 1 error");
      await expect(page.getByRole("table", findings)).toContainText(says);
      await expect(page.getByRole("button", { name: "Continue" })).toHaveCount(0);
    });
  }
  await expectDraftKept(page, { step: "check", fileName });
  await page.reload();
  await expect(page.getByRole("table", findings)).toContainText("another file was given beside it");
});

/** Seen by the service, which knows authorities, revocation and people. Signed by somebody who is named Supplier ARO 1. */
const seenThere: Record<string, { signer: (stack: Stack) => Signer; says: string; remedy: string }> = {
  expired: { signer: (stack) => special(stack, "expired"), says: "expired", remedy: "Get a new certificate" },
  "not yet valid": { signer: (stack) => special(stack, "not-yet-valid"), says: "not valid", remedy: "Sign again from that time on and send it" },
  revoked: { signer: (stack) => special(stack, "revoked"), says: "revoked", remedy: "Sign with a certificate that is in force" },
  "unknown root": { signer: (stack) => special(stack, "unknown-root"), says: "Another root", remedy: "certificate of a trusted authority" },
  "wrong usage": { signer: (stack) => special(stack, "wrong-usage"), says: "key usage of the signer's certificate does not include digital signature", remedy: "includes digital signature" },
  "RSA of 1024 bits": { signer: (stack) => special(stack, "rsa-1024"), says: "RSA 1024", remedy: "2,048 to 4,096 bits" },
};

test("what only the service can see ends in an outcome that says what is wrong and what to do", deployed, async ({ page, stack }) => {
  test.slow();
  await signIn(page, "Supplier submitter", "/send");
  for (const [name, { signer, says, remedy }] of Object.entries(seenThere)) {
    await test.step(name, async () => {
      const file = oneRelease(stack, "1203");
      await page.getByRole("link", { name: "Send a file" }).click();
      await chooseSigned(page, file, sign(stack, signer(stack), file.content));
      await send(page);
      await expect(page.getByRole("heading", { name: "Your file was rejected: 1 error to correct" })).toBeVisible();
      await expect(page.getByRole("table", findings)).toContainText(says);
      await expect(page.getByRole("table", findings)).toContainText(remedy, { ignoreCase: true });
    });
  }
});

/** Seen in the page beside who is registered, before anything is sent. */
const notRegistered: typeof seenThere = {
  "wrong person": { signer: (stack) => special(stack, "wrong-person"), says: "CN=Somebody Else", remedy: "Have a registered ARO sign" },
  "ARO of another organisation": { signer: (stack) => aro(stack, "network-aro-1"), says: "CN=Network ARO 1", remedy: "Have a registered ARO sign" },
};

test("a signer who may not sign for the organisation is named in the page, before anything is sent", async ({ page, stack }) => {
  await signIn(page, "Supplier submitter", "/send");
  for (const [name, { signer, says, remedy }] of Object.entries(notRegistered)) {
    await test.step(name, async () => {
      const file = oneRelease(stack, "1203");
      const again = page.getByRole("button", { name: "Choose the corrected file" });
      if (await again.isVisible()) await again.click();
      await chooseSigned(page, file, sign(stack, signer(stack), file.content));
      await expect(page.getByText(file.name).first()).toBeVisible();
      await expect(page.getByRole("alert")).toContainText("Your file cannot be sent yet: 1 error");
      await expect(page.getByRole("table", findings)).toContainText(says);
      await expect(page.getByRole("table", findings)).toContainText(remedy, { ignoreCase: true });
    });
  }
});

test("a signature that was changed on the way is refused; the corrected one goes through, and says what it corrects", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  const signature = sign(stack, aro(stack, "network-aro-1"), file.content);
  const changed = Buffer.from(signature);
  changed[changed.length - 1]! ^= 1;
  await signIn(page, "Network submitter", "/send");
  await chooseSigned(page, file, changed);
  const rejected = await send(page);
  await expect(page.getByRole("table", findings)).toContainText("The signature does not verify with the key of the certificate in it.");
  await page.getByRole("link", { name: "Send a corrected file" }).or(page.getByRole("button", { name: "Send a corrected file" })).click();

  await expect(page).toHaveURL(/draft=/);
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
  await page.getByRole("button", { name: /^Change\s?: Choose a file$/ }).click();
  await chooseSigned(page, file, signature);
  const corrected = await send(page);
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();
  await page.goto(`/submissions/${corrected}`);
  await expect(page.getByText(rejected).first()).toBeVisible();
});

test("a .p7m whose inside was changed is refused", deployed, async ({ page, stack }) => {
  const file = networkThresholds();
  const content = sign(stack, aro(stack, "network-aro-1"), file.content, { enveloping: true });
  content[content.indexOf("6.15.1") + 12]! ^= 1;
  await signIn(page, "Network submitter", "/send");
  await choose(page, { name: file.name.replace(".csv", ".p7m"), content });
  await expect(page.getByRole("table", findings)).toContainText("The signature is not of this file");
});
