import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { choose, sample, smallChange } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { signElsewhere } from "../support/openssl";
import { expect, expectAccessible, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

test("a file signed elsewhere goes from choosing to a receipt that OpenSSL opens", deployed, async ({ page, request, baseURL }) => {
  const signer = { id: "supplier-aro-1", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 1" };
  const [file] = await sample(page, smallChange);
  const signed = await signElsewhere(request, baseURL ?? "", signer, file);
  await signIn(page, "Supplier submitter", "/send");
  await choose(page, signed);

  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "User ID 90-B3-D5-1F-30-01-00-00" })).toBeVisible();
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
  await page.getByRole("button", { name: "Download the signed receipt" }).click();
  const receipt = readFileSync(await (await download).path());
  const folder = temporaryFolder();
  writeFileSync(join(folder, "receipt.p7m"), receipt);
  const said = execFileSync(
    "openssl",
    ["cms", "-verify", "-noverify", "-inform", "DER", "-in", join(folder, "receipt.p7m")],
    { stdio: ["ignore", "pipe", "ignore"] },
  ).toString();
  const reference = page.url().split("/").at(-1);
  expect(JSON.parse(said)).toMatchObject({ reference, outcome: "accepted" });

  await page.getByRole("link", { name: "View submission" }).click();
  await expect(page.getByText("REQ0012345")).toBeVisible();
  await expect(page.getByText("Supplier submitter").last()).toBeVisible();
});
