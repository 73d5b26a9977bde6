import { generateKeyPairSync } from "node:crypto";
import type { Page } from "@playwright/test";
import { choose, sample, smallChange, type Given } from "../support/files";
import { expectDraftKept, namesKept } from "../support/kept";
import { expect, expectAccessible, signIn, test } from "../support/sluice";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" }));
const der = privateKey.export({ type: "pkcs8", format: "der" });
const REFUSED = /has a private key in it\. Nothing was kept of it here, but it has left its place: have its certificate revoked and make a new key\./;

const given = (name: string, buffer: Buffer): Given => ({ name, mimeType: "application/octet-stream", buffer });

/** The refusal beside the field of this name, heard and in the focus. */
async function expectRefused(page: Page, field: string): Promise<void> {
  await expect(page.getByLabel(field)).toHaveAccessibleDescription(REFUSED);
  await expect(page.getByLabel(field)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert")).toContainText(REFUSED);
  await expect(page.getByRole("alert")).toBeFocused();
}

for (const [what, file] of [
  ["PEM", given("key.pem", pem)],
  ["DER", given("ADT_a.csv", der)],
  ["PEM that is called a signature", given("key.p7s", pem)],
] as const) {
  test(`a private key that is chosen as the file is refused and not kept: ${what}`, async ({ page }) => {
    await signIn(page, "Supplier ARO 1", "/send");
    await choose(page, [file]);
    await expectRefused(page, "Choose a file, or drop it here");
    await expectAccessible(page);
    expect(await namesKept(page, "draft-files")).toEqual([]);
    expect(await namesKept(page, "drafts")).toEqual([]);
  });
}

test("a private key beside a file, named as its signature, is refused, and neither is kept", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const [file] = await sample(page, smallChange);
  await choose(page, [file!, given(`${file!.name}.p7s`, pem)]);
  await expectRefused(page, "Choose a file, or drop it here");
  expect(await namesKept(page, "draft-files")).toEqual([]);
});

test("a private key that is brought as the signature of a draft is refused, and the draft stays unsigned", async ({ page }) => {
  await signIn(page, "Supplier submitter", "/send");
  await choose(page, await sample(page, smallChange));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Choose the signature (.p7s)").setInputFiles(given("a.csv.p7s", pem));
  await expectRefused(page, "Choose the signature (.p7s)");
  await expectAccessible(page);
  await expectDraftKept(page, { step: "sign", signed: false });
});
