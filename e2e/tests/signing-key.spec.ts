import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { temporaryFolder } from "../support/folder";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

const openssl = (folder: string, ...args: string[]) =>
  execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }).toString();

/** A PKCS #12 file with a P-256 key and a certificate that names `subject`. */
function pkcs12(subject: string, ...lock: string[]): string {
  const folder = temporaryFolder();
  openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "90",
    "-subj", subject, "-keyout", "key.pem", "-out", "certificate.pem");
  openssl(folder, "pkcs12", "-export", "-inkey", "key.pem", "-in", "certificate.pem", "-passout", "pass:right",
    "-out", "key.p12", ...lock);
  return join(folder, "key.p12");
}

async function importKey(page: Page, file: string, password: string) {
  const details = page.getByText("You have a key in a file");
  if (!(await page.getByLabel("PKCS #12 file").isVisible())) await details.click();
  await page.getByLabel("PKCS #12 file").setInputFiles(file);
  await page.getByLabel("Password of the file").fill(password);
  await page.getByRole("button", { name: "Import the key" }).click();
}

test("a key is made here, its request is good, and the demonstration's authority issues at once", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make a key" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the request" }).click();
  const request = await (await download).path();
  const shown = execFileSync("openssl", ["req", "-in", request, "-verify", "-noout", "-subject", "-nameopt", "RFC2253"]).toString();
  expect(shown).toContain("CN=Supplier ARO 1,O=Large Supplier,C=GB");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Get a certificate" }).click();
  await expect(page.getByText("Ready to sign")).toBeVisible();
  await expect(page.getByText("CN=Supplier ARO 1,O=Large Supplier,C=GB")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test("the private key cannot be read out of the browser, and outlives a reload", async ({ page }) => {
  await signIn(page, "Supplier ARO 2", "/signing-key");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("button", { name: "Get a certificate" }).click();
  await expect(page.getByText("Ready to sign")).toBeVisible();
  const extracted = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open("sluice");
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const kept = await new Promise<{ private: CryptoKey }[]>((resolve) => {
      const all = database.transaction("keys").objectStore("keys").getAll();
      all.onsuccess = () => resolve(all.result);
    });
    database.close();
    const key = kept[0]!.private;
    return { type: key.type, extractable: key.extractable, bytes: await crypto.subtle.exportKey("pkcs8", key).catch((error: Error) => error.name) };
  });
  expect(extracted).toEqual({ type: "private", extractable: false, bytes: "InvalidAccessError" });

  await page.goto("/signing-key");
  await expect(page.getByText("Ready to sign")).toBeVisible();
});

test("a PKCS #12 file is imported; a wrong password, an old lock and another name are told apart", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/signing-key");
  const right = pkcs12("/C=GB/O=Large Supplier/CN=Supplier ARO 1");
  await importKey(page, right, "wrong");
  await expect(page.getByRole("alert")).toContainText("The password does not open this file.");
  await expect(page.getByRole("alert")).toBeFocused();
  const old = pkcs12("/C=GB/O=Large Supplier/CN=Supplier ARO 1", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1");
  await importKey(page, old, "right");
  await expect(page.getByRole("alert")).toContainText("locked in an old way");
  await importKey(page, pkcs12("/C=GB/O=Large Supplier/CN=Somebody else"), "right");
  await expect(page.getByRole("alert")).toContainText("This certificate names");
  await expectAccessible(page);
  await importKey(page, right, "right");
  await expect(page.getByText("Ready to sign")).toBeVisible();
  await expect(page.getByText("imported from a PKCS #12 file")).toBeVisible();
});

test("a certificate of another key is not installed", async ({ page }) => {
  const folder = temporaryFolder();
  openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "90",
    "-subj", "/C=GB/O=Large Supplier/CN=Supplier ARO 1", "-keyout", "key.pem", "-out", "certificate.pem");
  expect(readFileSync(join(folder, "certificate.pem")).toString()).toContain("BEGIN CERTIFICATE");
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Install the certificate that came back").setInputFiles(join(folder, "certificate.pem"));
  await expect(page.getByRole("alert")).toContainText("This certificate belongs to another key.");
  await page.getByLabel("Install the certificate that came back").setInputFiles(join(folder, "key.pem"));
  await expect(page.getByRole("alert")).toContainText("The certificate could not be read");
});

test("a key is removed by keyboard, after a question", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await page.getByRole("button", { name: "Make a key" }).press("Enter");
  await page.getByRole("button", { name: "Get a certificate" }).press("Enter");
  await expect(page.getByText("Ready to sign")).toBeVisible();
  await page.locator("summary", { hasText: "Remove this key" }).press("Enter");
  await page.getByRole("button", { name: "Remove this key" }).press("Enter");
  await expect(page.getByText("The key cannot be brought back.")).toBeVisible();
  await page.getByRole("button", { name: "Remove the key for good" }).press("Enter");
  await expect(page.getByRole("button", { name: "Make a key" })).toBeVisible();
});
