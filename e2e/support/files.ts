import { expect, type Page } from "@playwright/test";

/** A file as Playwright hands it to a file field. */
export type Given = { name: string; mimeType: string; buffer: Buffer };

/** The samples of the running stack whose names match, with their signatures (`.p7s`, by Supplier ARO 1) where `signed`. */
export async function sample(page: Page, name: RegExp, signed = false): Promise<Given[]> {
  const { samples } = await (await page.request.get("/samples/index.json")).json();
  const found = samples.find((entry: { name: string }) => name.test(entry.name));
  expect(found, `a sample like ${name}`).toBeTruthy();
  const names = signed ? [found.name, `${found.name}.p7s`] : [found.name];
  return Promise.all(
    names.map(async (each) => ({
      name: each,
      mimeType: "application/octet-stream",
      buffer: await (await page.request.get(`/samples/${each}`)).body(),
    })),
  );
}

export const smallChange = /^ADT_large-supplier_\d+\.csv$/;
export const riskyChange = /^ADT_large-supplier_\d+_2\.csv$/;
export const eightFaults = /^ADT_large-supplier_\d+_3\.csv$/;
export const decisionsOn = (event: string) => new RegExp(`^EXITQ_${event}_`);

/** Text as a file. */
export function csv(name: string, text: string): Given {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** Gives files to the page's file field, which is there when "Send a file" is open at its first step. */
export async function choose(page: Page, files: Given[]): Promise<void> {
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(files);
}

/** On the page of the signing key: makes one, and lets the demo authority certify it. */
export async function makeReviewerKey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Get a certificate" }).click();
  await expect(page.getByText("Ready to sign")).toBeVisible();
}

/** Makes a signing key in the page and lets the demo authority certify it. */
export async function makeSigningKey(page: Page): Promise<void> {
  await page.goto("/signing-key");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Get a certificate" }).click();
  await expect(page.getByText("Ready to sign")).toBeVisible();
}
