import { choose, csv, decisionsOn, eightFaults, sample, smallChange } from "../support/files";
import { expect, expectAccessible, signIn, test } from "../support/sluice";

test("a file with faults stops at the check: summary, table, the line itself, all findings to download", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, eightFaults));

  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary).toContainText("Your file cannot be sent yet");
  await expectAccessible(page);

  const findings = page.getByRole("region", { name: "Findings" });
  await findings.getByRole("button", { name: /^Line / }).first().click();
  await expect(page.getByRole("region", { name: /The file around line/ })).toContainText("90-B3-D5-1F-30-01-00-00");

  const rows = await findings.getByRole("button", { name: /^Line / }).count();
  await page.getByLabel("Show").selectOption({ index: 1 });
  await expect.poll(() => findings.getByRole("button", { name: /^Line / }).count()).toBeLessThan(rows);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download all findings" }).click();
  expect((await download).suggestedFilename()).toMatch(/^findings_.*\.csv$/);

  // Everything is kept: the corrected file takes the place of the wrong one.
  await page.getByRole("button", { name: "Choose the corrected file" }).click();
  await choose(page, await sample(page, smallChange));
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
});

test("an event of another organisation is unknown", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, decisionsOn("1301")));
  await expect(page.getByRole("alert")).toContainText("Your file cannot be sent yet");
});

test("two files, or a signature alone, are refused beside the field", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, [csv("a.csv", "x"), csv("b.csv", "x")]);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("Choose one file to send at a time");
  await choose(page, [csv("a.csv.p7s", "x")]);
  await expect(page.getByRole("alert")).toContainText("This is a signature without its file");
});

test("a signature of another file is told before anything is sent", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const [file] = await sample(page, decisionsOn("1203"));
  const [, signature] = await sample(page, smallChange, true);
  await choose(page, [file, signature]);
  await expect(page.getByRole("alert")).toContainText("The signature is of another file");
});

for (const [what, text, words] of [
  ["an empty file", "", "The file is empty"],
  ["a header alone", "QuarantineEventRef,RequestID,Action\r\n", "The file has no rows"],
  ["prose", "Dear DCC, release all of it.\n", "names none of the columns"],
]) {
  test(`${what} is told as what it is`, async ({ page }) => {
    await signIn(page, "Supplier ARO 1", "/send");
    await choose(page, [csv("EXITQ_1203_20261101.csv", text)]);
    await expect(page.getByRole("alert")).toContainText(words);
  });
}
