import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Api, announcement, put } from "../support/api";
import { aro, sign, verify } from "../support/cms";
import { networkThresholds } from "../support/made";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn } from "../support/sluice";
import { test } from "../support/stack";

test("a receipt is read and printed: what, who, when, digests and outcome, as the DCC signed them", async ({ page, stack }) => {
  const file = networkThresholds();
  const api = new Api(stack, "network-submitter");
  const started = await api.start(announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content)));
  const { reference } = started.body.submission;
  // Somebody else asks for an address, too, and does not use it.
  expect((await new Api(stack, "network-aro-2").send("POST", `/submissions/${reference}/upload`, {})).status).toBe(200);
  await put(started.body.upload!, file.content);
  expect(await api.outcome(reference)).toBe("accepted");

  await signIn(page, "Network ARO 1", `/submissions/${reference}`);
  await page.getByRole("link", { name: "Read or print the receipt" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Receipt for submission ${reference}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  const said = page.getByRole("main");
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  for (const words of [
    file.name,
    "Network Operator (network-operator)",
    "Network submitter (network-submitter)",
    "Network ARO 2 (network-aro-2)",
    "Network ARO 1 (CN=Network ARO 1,O=Network Operator,C=GB)",
    "Checked, accepted and in effect",
  ]) {
    await expect(said).toContainText(words);
  }
  // Digests are shown in groups.
  const digests = async () => (await said.innerText()).replace(/[\s-]/g, "").toLowerCase();
  expect(await digests()).toContain(sha256(file.content));
  const [given] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the signed receipt" }).click(),
  ]);
  const receipt = readFileSync(await given.path());
  expect(JSON.parse(verify(stack, receipt).toString()).reference).toBe(reference);
  expect(await digests()).toContain(sha256(receipt));
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);

  let printed = 0;
  await page.exposeFunction("printed", () => (printed += 1));
  await page.evaluate("window.print = () => window.printed()");
  await page.getByRole("button", { name: "Print this receipt" }).click();
  await expect.poll(() => printed).toBe(1);
  await page.emulateMedia({ media: "print" });
  for (const button of await page.getByRole("button").all()) await expect(button).toBeHidden();
  await expect(page.getByRole("link", { name: "The submission" })).toBeHidden();
  await expect(page.getByRole("navigation")).toBeHidden();
  expect(await digests()).toContain(sha256(file.content));
});

test("what is not settled has no receipt yet", async ({ page, stack }) => {
  const file = networkThresholds();
  const started = await new Api(stack, "network-submitter").start(
    announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content)),
  );
  await signIn(page, "Network ARO 1", `/submissions/${started.body.submission.reference}/receipt`);
  await expect(page.getByText("There is no receipt yet.")).toBeVisible();
});
