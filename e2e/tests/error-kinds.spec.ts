import { choose, csv } from "../support/files";
import { NETWORK } from "../support/made";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";

/** Kinds of errors, each with a row that has it; the first has so many that the others are on a later page. */
const FAULTY: [string, string][] = [
  ["A threshold is negative (60 times)", Array(60).fill(`${NETWORK},6.15.1,P1D,-1,62,,`).join("\r\n")],
  ["A threshold is not a whole number", `${NETWORK},6.15.1,P1D,1.5,62,,`],
  ["A period is not known", `${NETWORK},6.15.1,P9D,1,62,,`],
  ["There is no such service", `${NETWORK},99.9,P1D,1,62,,`],
  ["A threshold is not a plain whole number", `${NETWORK},6.15.1,P1D,many,62,,`],
  ["A warning threshold is above its quarantine threshold", `${NETWORK},6.15.1,P1D,70,62,,`],
  ["A date is not in the right form", `${NETWORK},6.15.1,P1D,1,62,tomorrow,`],
  ["A date does not exist", `${NETWORK},6.15.1,P1D,1,62,2027-13-01T00:00:00Z,`],
  ["A date is in the past", `${NETWORK},6.15.1,P1D,1,62,2020-01-01T00:00:00Z,`],
  ["A value is missing", `${NETWORK},6.15.1,P1D,,62,,`],
];
const HEAD = "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo";

test("every kind of error is listed and leads to its first row", async ({ page }) => {
  await signIn(page, "Network ARO 1", "/send");
  const text = [HEAD, ...FAULTY.map(([, rows]) => rows), `${NETWORK},ALL,P1D,1,62,,`, ""].join("\r\n");
  await choose(page, [csv("ADT_network-operator_20261129.csv", text)]);
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("Your file cannot be sent yet");
  await expectAccessible(page);
  let line = 2;
  for (const [kind, rows] of FAULTY) {
    await summary.getByRole("link", { name: kind, exact: true }).click();
    await expect(page.locator("tr:focus")).toContainText(`Line ${line}`);
    line += rows.split("\r\n").length;
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
});

test("what may follow from another error is folded below", async ({ page }) => {
  await signIn(page, "Network ARO 1", "/send");
  const text = [HEAD, `${NETWORK},6.15.l,P1D,1,62,,`, `${NETWORK},ALL,P1D,1,62,,`, ""].join("\r\n");
  await choose(page, [csv("ADT_network-operator_20261129.csv", text)]);
  const summary = page.getByRole("alert");
  await expect(summary.getByRole("link", { name: "A value is not a Service Reference Variant" })).toBeVisible();
  const missing = summary.getByRole("link", { name: /^A User ID lacks thresholds/ });
  await expect(missing).toBeHidden();
  await expectAccessible(page);
  await summary.getByText("1 error that may follow from these").click();
  await missing.click();
  await expect(page.locator("tr:focus")).toContainText("6.15.1");
});
