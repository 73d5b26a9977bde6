import type { Locator, Page } from "@playwright/test";
import { expect } from "./sluice";
import type { Made } from "./made";

const MEDIA: Record<string, string> = { csv: "text/csv", p7s: "application/pkcs7-signature", p7m: "application/pkcs7-mime" };

function upload({ name, content }: Made) {
  return { name, mimeType: MEDIA[name.split(".").pop()!] ?? "application/octet-stream", buffer: content };
}

/** Chooses files together in the first step. */
export async function choose(page: Page, ...files: Made[]): Promise<void> {
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(files.map(upload));
}

/** A file with the signature beside it. */
export async function chooseSigned(page: Page, file: Made, signature: Buffer): Promise<void> {
  await choose(page, file, { name: `${file.name}.p7s`, content: signature });
}

/** From the step that shows what will change: goes on to the last step, with a file that is signed. */
export async function continueToSend(page: Page): Promise<Locator> {
  const send = page.getByRole("button", { name: "Send file" });
  const next = page.getByRole("button", { name: "Continue" });
  // What the service knows may arrive between a look and a press, and the page is drawn anew: a person presses again.
  await expect(async () => {
    await expect(send.or(next)).toBeVisible();
    if (await next.isVisible()) await next.click({ timeout: 2_000 });
    await expect(send).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  return send;
}

/** Sends, and gives the reference. */
export async function send(page: Page): Promise<string> {
  await (await continueToSend(page)).click();
  return sent(page);
}

/** The reference of what was just sent. */
export async function sent(page: Page): Promise<string> {
  await page.waitForURL(/\/send\/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  return page.url().split("/").pop()!;
}

/** Makes a key and gets its certificate from the demonstration's authority. */
export async function installKey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Get a certificate" }).click();
  await expect(page.getByText("Ready to sign")).toBeVisible();
}
