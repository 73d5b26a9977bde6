import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { aro } from "../support/cms";
import { choose, csv, decisionsOn, sample } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { expect, signIn } from "../support/sluice";
import { test } from "../support/stack";

/** The command with which the page has a file signed that goes by this name, for the shell of this name. */
async function command(page: Page, name: string, shell: RegExp): Promise<string> {
  const [file] = await sample(page, decisionsOn("1203"));
  await choose(page, [csv(name, file!.buffer.toString())]);
  await page.getByRole("button", { name: "Continue" }).click();
  return page.getByRole("region", { name: shell }).innerText();
}

test("a file's name is only a name to the shell that signs the file", async ({ page, stack }) => {
  const name = "it's $(touch x) `touch y`; touch z.csv";
  await signIn(page, "Supplier submitter", "/send");
  const text = await command(page, name, /macOS or Linux/);
  const folder = temporaryFolder();
  const { certificate, key } = aro(stack, "supplier-aro-1");
  writeFileSync(join(folder, name), "any bytes");
  const here = `cp '${certificate}' certificate.pem; cp '${key}' key.pem; cp '${join(stack.state, "pki/issuing.pem")}' authorities.pem; `;
  execFileSync("sh", ["-ec", here + text], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  expect(existsSync(join(folder, `${name}.p7s`))).toBe(true);
  expect(readdirSync(folder).filter((found) => /^[xyz]/.test(found))).toEqual([]);

  // PowerShell doubles what ends a text; a command of its own is inside of one.
  const windows = await page.getByRole("region", { name: /PowerShell/ }).innerText();
  expect(windows).toContain("-in 'it''s $(touch x) `touch y`; touch z.csv' -signer");
});

test("a plain name needs one command for every shell", async ({ page }) => {
  await signIn(page, "Supplier submitter", "/send");
  const text = await command(page, "EXITQ_1203_20261121.csv", /OpenSSL/);
  expect(text).toContain("-in EXITQ_1203_20261121.csv -signer");
  expect(await page.getByRole("region", { name: /OpenSSL/ }).count()).toBe(1);
});
