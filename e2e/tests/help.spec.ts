import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { temporaryFolder } from "../support/folder";
import { expectDraftKept } from "../support/kept";
import { choose, eightFaults, sample } from "../support/files";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

test("every page of Help can be read without signing in, and is accessible", async ({ page }) => {
  test.slow();
  await page.goto("/help");
  await expect(page.locator(".app-topics a").nth(7)).toBeVisible();
  await expectAccessible(page);
  const topics = await page.locator(".app-topics a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  for (const topic of topics) {
    await page.goto(topic);
    await expect(page.locator("#content h1")).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});

test("what systems need is described in Help, and by the API itself", async ({ page }) => {
  await page.goto("/help/systems");
  for (const name of ["description of the API", "OpenAPI"]) {
    const address = await page.getByRole("link", { name, exact: true }).getAttribute("href");
    const answer = await page.request.get(address!);
    expect(answer.status(), name).toBe(200);
    expect(await answer.text(), name).toContain("/submissions");
  }
  await page.getByRole("link", { name: "description of the API" }).click();
  await expect(page.getByRole("link", { name: "OpenAPI document" })).toBeVisible();
});

/**
 * The commands of the page are the same in PowerShell, in the command prompt of Windows and in the shells of Unix: each is one line of
 * plain words, of which one that has a semicolon stands in double quotation marks. Nothing is quoted otherwise, joined, continued or replaced.
 */
async function expectCommandsForEveryShell(page: Page, count: number): Promise<void> {
  const commands = page.getByRole("region", { name: /^the commands? / });
  await expect(commands).toHaveCount(count);
  for (const line of (await commands.allInnerTexts()).flatMap((text) => text.trimEnd().split("\n"))) {
    expect(line).toMatch(/^(openssl|tar)( ([\w.:=-]+|"[\w.:;=-]+"))+$/);
  }
}

test("the commands of Help are for every shell, and work as they stand", async ({ page }) => {
  await page.goto("/help/signing");
  await expectCommandsForEveryShell(page, 6);
  const command = (what: string) => page.getByRole("region", { name: what }).innerText();
  const folder = temporaryFolder();
  const run = (text: string) => execFileSync("sh", ["-ec", text], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  run(
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 9 -subj /CN=Authority -keyout ca.pem -out authority.pem; " +
      "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=Signer -keyout key.pem -out request.pem; " +
      "openssl x509 -req -in request.pem -CA authority.pem -CAkey ca.pem -days 9 -out certificate.pem; cp authority.pem chain.pem",
  );
  const file = "UserID,ServiceReferenceVariant\r\nany bytes\n";
  writeFileSync(join(folder, "ADT_large-supplier_20261103.csv"), file);
  run(await command("the command that signs a file"));
  run(await command("the command that checks a signature"));
  run(await command("the command that makes one signed file"));
  const inside = run("openssl cms -verify -binary -inform DER -in ADT_large-supplier_20261103.p7m -CAfile authority.pem -purpose any");
  expect(inside.toString()).toBe(file);

  // What the demonstration's authority publishes is there to download, and is what the commands want.
  for (const name of ["chain.pem", "authority.pem", "dcc-receipts.pem"]) {
    await page.goto("/help/signing");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download ${name}` }).click();
    writeFileSync(join(folder, `their-${name}`), readFileSync(await (await download).path()));
  }
  expect(run("openssl verify -CAfile their-authority.pem their-chain.pem").toString()).toContain("OK");

  await page.goto("/help/outage");
  await expectCommandsForEveryShell(page, 2);
  run("cp certificate.pem dcc.pem; cp ADT_large-supplier_20261103.csv EXITQ_1203_20261103.csv; cp ADT_large-supplier_20261103.csv.p7s EXITQ_1203_20261103.csv.p7s");
  run(await command("the commands that seal a file"));
  run("openssl cms -decrypt -binary -inform DER -in parcel.p7m -inkey key.pem -recip certificate.pem -out opened.tar; tar -xOf opened.tar EXITQ_1203_20261103.csv > opened.csv");
  expect(readFileSync(join(folder, "opened.csv")).toString()).toBe(file);
});

test("the examples of the files are there to download", async ({ page }) => {
  await page.goto("/help/files");
  for (const name of ["ADT_large-supplier_20261103.csv", "EXITQ_1203_20261103.csv"]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download ${name}` }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(name);
    expect(readFileSync(await saved.path()).toString().split("\r\n").length).toBe(4);
  }
});

test("what a finding means is found by a word of it", async ({ page }) => {
  await page.goto("/help/findings");
  await expect.poll(() => page.locator(".app-finding").count()).toBeGreaterThan(30);
  await page.getByLabel("Find").fill("warning-above-quarantine");
  await expect(page.locator(".app-finding")).toHaveCount(1);
});

test("sample files are there to download", async ({ page }) => {
  await page.goto("/help/samples");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Decisions on event 1201", exact: true }).click();
  expect(readFileSync(await (await download).path()).toString()).toContain("QuarantineEventRef,RequestID,Action");
});

test("a finding leads to its entry in Help, and Back to the file", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, eightFaults));
  const help = page.getByRole("table", { name: "Findings" }).getByRole("link", { name: /^Help: / }).first();
  await expect(help).toBeVisible();
  const title = (await help.innerText()).replace("Help: ", "");
  await expectAccessible(page);
  await expectDraftKept(page, { step: "check" });
  await help.click();
  await expect(page.getByRole("heading", { level: 1, name: "What findings mean" })).toBeVisible();
  const entry = page.locator("section:focus");
  await expect(entry.getByRole("heading", { level: 2 })).toContainText(title);
  await expect(entry).toBeInViewport();
  await expectAccessible(page);
  await page.goBack();
  await expect(help).toBeVisible();
});
