import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { choose, sample, smallChange } from "../support/files";
import { expect, expectAccessible, signIn, test } from "../support/sluice";

test("a file signed elsewhere goes from choosing to a receipt that OpenSSL opens", async ({ page }) => {
  await signIn(page, "Supplier submitter", "/send");
  await choose(page, await sample(page, smallChange, true));

  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  const row = page.getByRole("row", { name: /7\.2 Disable Supply/ }).first();
  await expect(row).toContainText("Raised");
  await expectAccessible(page);

  // Signed already: the step of signing is passed over, and says who signed.
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(/Signed by CN=Supplier ARO 1/).first()).toBeVisible();
  await page.getByLabel(/Service-management request/).fill("REQ0012345");
  await page.getByRole("button", { name: "Send file" }).click();

  await expect(page.getByRole("heading", { name: "Accepted" })).toBeFocused();
  await expect(page).toHaveURL(/\/send\/[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the receipt" }).click();
  const receipt = readFileSync(await (await download).path());
  const folder = mkdtempSync(join(tmpdir(), "sluice-receipt-"));
  writeFileSync(join(folder, "receipt.p7m"), receipt);
  const said = execFileSync(
    "openssl",
    ["cms", "-verify", "-noverify", "-inform", "DER", "-in", join(folder, "receipt.p7m")],
    { stdio: ["ignore", "pipe", "ignore"] },
  ).toString();
  const reference = page.url().split("/").at(-1);
  expect(JSON.parse(said)).toMatchObject({ reference, outcome: "accepted" });

  await page.getByRole("link", { name: "All about this submission" }).click();
  await expect(page.getByText("REQ0012345")).toBeVisible();
  await expect(page.getByText("Supplier submitter").last()).toBeVisible();
});
