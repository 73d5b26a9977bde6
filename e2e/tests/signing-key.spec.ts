import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { temporaryFolder } from "../support/folder";
import { makeReviewerKey } from "../support/files";
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

type Chosen = string | { name: string; mimeType: string; buffer: Buffer };

async function importKey(page: Page, file: Chosen, password: string) {
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
  // From when it is valid is not when it was issued: authorities date it back.
  await expect(page.locator(".govuk-summary-list__row", { hasText: "Valid from" })).toContainText(/\d{1,2} \w+ \d{4}/);
  await expect(page.getByText("Issued on")).toHaveCount(0);
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

test.describe("imported certificates that the service refuses to register", () => {
  test.use({ brokenNetwork: true });

  test("a PKCS #12 file is imported; a wrong password, an old lock and another name are told apart", async ({ page }) => {
    await signIn(page, "Supplier ARO 1", "/signing-key");
    const right = pkcs12("/C=GB/O=Large Supplier/CN=Supplier ARO 1");
    await importKey(page, right, "wrong");
    await expect(page.getByRole("alert")).toContainText("The password does not open this file.");
    await expect(page.getByRole("alert")).toBeFocused();
    const old = pkcs12("/C=GB/O=Large Supplier/CN=Supplier ARO 1", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1");
    await importKey(page, old, "right");
    await expect(page.getByRole("alert")).toContainText("locked in a way that browsers do not open");
    await importKey(page, pkcs12("/C=GB/O=Large Supplier/CN=Somebody else"), "right");
    await expect(page.getByRole("alert")).toContainText("This certificate names");
    await expectAccessible(page);
    await importKey(page, right, "right");
    // Nobody whom the service trusts issued it: it is kept, and told not to count.
    await expect(page.getByRole("alert").filter({ hasText: "was issued by its owner" })).toBeVisible();
    await expect(page.locator(".govuk-summary-list__row", { hasText: "State" })).toContainText("Not registered");
    await expect(page.getByRole("button", { name: "Register this certificate" })).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByText("imported from a PKCS #12 file")).toBeVisible();
  });

  test("what other tools write around the same key is imported, or named", async ({ page }) => {
    const name = "/C=GB/O=Large Supplier/CN=Supplier ARO 1";
    const written = (content: Buffer) => ({ name: "key.p12", mimeType: "application/x-pkcs12", buffer: content });
    const der = readFileSync(pkcs12(name));
    expect([...der.subarray(0, 2)]).toEqual([0x30, 0x82]);
    const files: [string, Buffer][] = [
      ["a line end at the end", Buffer.concat([der, Buffer.from("\n")])],
      ["BER", Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.from([0, 0])])],
      ["no seal", readFileSync(pkcs12(name, "-nomac"))],
    ];
    await signIn(page, "Supplier ARO 1", "/signing-key");
    for (const [what, file] of files) {
      await test.step(what, async () => {
        await importKey(page, written(file), "wrong");
        await expect(page.getByRole("alert")).toContainText("The password does not open this file.");
        await importKey(page, written(file), "right");
        // The page registers it by itself, and says why that was refused: what is below moves then.
        await expect(page.getByRole("alert").filter({ hasText: "was issued by its owner" })).toBeVisible();
        await expect(page.locator(".govuk-summary-list__row", { hasText: "State" })).toContainText("Not registered");
        await page.locator("summary", { hasText: "Remove this key" }).click();
        await page.getByRole("button", { name: "Remove this key" }).click();
        await page.getByRole("button", { name: "Remove the key for good" }).click();
      });
    }
    await importKey(page, written(Buffer.from("-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n")), "right");
    await expect(page.getByRole("alert")).toContainText("This file is PEM, not PKCS #12.");
    await importKey(page, written(readFileSync(pkcs12(name, "-keypbe", "NONE"))), "right");
    await expect(page.getByRole("alert")).toContainText("The key in this file has no lock");
  });
});

test("a key that the browser has thrown away before its certificate came is said to be gone, with the way on", async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { persisted: 0 });
    const persist = StorageManager.prototype.persist;
    StorageManager.prototype.persist = function () {
      (window as unknown as { persisted: number }).persisted += 1;
      return persist.call(this);
    };
  });
  await signIn(page, "Supplier ARO 1", "/signing-key");
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByLabel("Install the certificate that came back")).toBeVisible();
  // The browser was asked not to.
  expect(await page.evaluate(() => (window as unknown as { persisted: number }).persisted)).toBe(1);
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open("sluice");
      open.onsuccess = () => resolve(open.result);
    });
    await new Promise((resolve) => {
      const clearing = database.transaction("keys", "readwrite").objectStore("keys").clear();
      clearing.onsuccess = resolve;
    });
    database.close();
  });
  const folder = temporaryFolder();
  openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "90",
    "-subj", "/C=GB/O=Large Supplier/CN=Supplier ARO 1", "-keyout", "key.pem", "-out", "certificate.pem");
  await page.getByLabel("Install the certificate that came back").setInputFiles(join(folder, "certificate.pem"));
  await expect(page.getByRole("alert")).toContainText("is not in this browser any more");
  await expect(page.getByRole("button", { name: "Make a key" })).toBeVisible();
  await page.getByText("There was a key here before").click();
  await expect(page.getByText("a key that is gone cannot be brought back")).toBeVisible();
  await expectAccessible(page);
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

test("a key is stopped by its owner: nothing is signed with it any more, and another one is made", async ({ page }) => {
  await signIn(page, "Network ARO 2", "/signing-key");
  await makeReviewerKey(page);
  const own = page.getByRole("table", { name: "Certificates" });
  const serial = await page.locator(".govuk-summary-list__row", { hasText: "Serial number" }).locator("dd").first().innerText();
  const registered = own.getByRole("row").filter({ hasText: serial });
  await expect(registered).toContainText("Registered");
  await registered.getByRole("button", { name: /^Stop this key/ }).click();
  await expect(page.getByRole("heading", { name: `Stop the key of certificate ${serial}` })).toBeFocused();
  await page.getByRole("button", { name: "Stop this key", exact: true }).click();
  await expect(page.getByText("Say in at least 3 characters why")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Reason").fill("The laptop was stolen.");
  await page.getByRole("button", { name: "Stop this key", exact: true }).click();
  await expect(registered).toContainText("Stopped");
  await expect(page.getByRole("alert")).toContainText("The key is stopped.");
  await expect(page.getByText("This key was stopped. Nothing counts that is signed with it.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Send a file" }).filter({ hasNot: page.locator("nav") })).toHaveCount(1);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.locator("summary", { hasText: "Remove this key" }).click();
  await page.getByRole("button", { name: "Remove this key" }).click();
  await page.getByRole("button", { name: "Remove the key for good" }).click();
  await makeReviewerKey(page);
  await expect(own.getByRole("row")).toHaveCount(4);
});

test("a certificate whose key is elsewhere is registered with a signature of OpenSSL's", async ({ page }) => {
  const asked = page.waitForRequest((request) => request.url().endsWith("/api/me") && "authorization" in request.headers());
  await signIn(page, "Network ARO 1", "/signing-key");
  const authorization = (await asked).headers()["authorization"]!;
  const folder = temporaryFolder();
  const subject = "/C=GB/O=Network Operator/CN=Network ARO 1";
  openssl(folder, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", subject, "-keyout", "key.pem", "-out", "request.pem");
  const { certificateAuthority } = await (await page.request.get("/config.json")).json();
  const issued = await page.request.post(`${certificateAuthority}/certificates`, {
    headers: { authorization, "content-type": "application/x-pem-file" },
    data: readFileSync(join(folder, "request.pem"), "utf8"),
  });
  expect(issued.ok(), await issued.text()).toBe(true);
  const [certificate, ...above] = (await issued.text()).split(/(?<=-----END CERTIFICATE-----\n)/);
  writeFileSync(join(folder, "certificate.pem"), certificate!);
  writeFileSync(join(folder, "authority.pem"), above.join(""));

  await page.getByText("Your key is elsewhere").click();
  await page.getByLabel("The certificate", { exact: true }).setInputFiles(join(folder, "key.pem"));
  await expect(page.getByText("The certificate could not be read")).toBeVisible();
  await page.getByLabel("The certificate", { exact: true }).setInputFiles(join(folder, "certificate.pem"));
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download registration.json" }).click();
  await (await download).saveAs(join(folder, "registration.json"));
  await page.getByRole("button", { name: "Register the certificate" }).click();
  await expect(page.getByText("Choose the signed file.")).toBeVisible();
  await expectAccessible(page);
  openssl(folder, "cms", "-sign", "-binary", "-nodetach", "-outform", "DER", "-md", "sha256", "-in", "registration.json",
    "-signer", "certificate.pem", "-inkey", "key.pem", "-certfile", "authority.pem", "-out", "registration.p7m");
  await page.getByLabel("The signed file").setInputFiles(join(folder, "registration.p7m"));
  const own = page.getByRole("table", { name: "Certificates" });
  const before = await own.getByRole("row").count();
  await page.getByRole("button", { name: "Register the certificate" }).click();
  await expect(own.getByRole("row")).toHaveCount(before + 1);
  const serial = openssl(folder, "x509", "-in", "certificate.pem", "-noout", "-serial").replace("serial=", "").trim().toLowerCase();
  await expect(own.getByRole("row").filter({ hasText: serial })).toContainText("Registered");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});
