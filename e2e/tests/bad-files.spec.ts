import { createWriteStream, readFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { today } from "../support/clock";
import { fixture, NETWORK, TESTKIT, type Made } from "../support/made";
import { choose } from "../support/send";
import { expect, signIn } from "../support/sluice";
import { test } from "../support/stack";

// An event that nobody knows is a 404, which the browser tells the console of.
test.use({ brokenNetwork: true });

interface Expected {
  sender: string;
  rows: number;
  previous?: unknown;
  findings: { code: string; severity: "error" | "warning"; line?: number; column?: string }[];
}

const testkit = JSON.parse(readFileSync(join(TESTKIT, "expected.json"), "utf8")) as {
  now: string;
  fixtures: Record<string, Expected>;
};
const findings = (page: Page) => page.getByRole("table", { name: "Findings" });

/** What people call each code, as Help lists them. */
async function titles(page: Page): Promise<Map<string, string>> {
  await page.goto("/help/findings");
  await expect(page.locator(".app-finding").first()).toBeVisible();
  const pairs = await page.locator(".app-finding").evaluateAll((all) =>
    all.map((one) => [one.id, one.querySelector("h2")!.firstChild!.textContent!.trim()] as [string, string]),
  );
  return new Map(pairs);
}

/** Under a name that nothing is wrong with. */
function named(name: string): Made {
  const adt = name.startsWith("adt/");
  return { ...fixture(name), name: adt ? `ADT_network-operator_${today()}.csv` : `EXITQ_1301_${today()}.csv` };
}

/** Opens the first step again, wherever the file stopped, and waits until the next file is read. */
async function chooseNext(page: Page, file: Made): Promise<void> {
  const again = page.getByRole("button", { name: "Choose the corrected file" });
  const change = page.getByRole("button", { name: /^Change\s?: Choose a file$/ });
  if (await again.or(change).first().isVisible()) await change.click();
  await choose(page, file);
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeHidden();
  await expect(page.getByRole("button", { name: /^(Choose the corrected file|Continue|Compare again)$/ }).first()).toBeVisible();
}

function place({ line, column }: Expected["findings"][number]): string {
  const start = line === undefined ? "Whole file" : `Line ${line}`;
  return column === undefined ? start : `${start}, ${column}`;
}

for (const [sender, person] of [
  ["network-operator", "Network ARO 1"],
  ["large-supplier", "Supplier ARO 1"],
] as const) {
  test(`every file of the testkit shows what is wrong with it, and where (${sender})`, async ({ page }) => {
    test.setTimeout(240_000);
    const known = await titles(page);
    await signIn(page, person, "/send");
    // The dates in the files are looked at from the day for which the testkit says what to find.
    await page.clock.setFixedTime(new Date(testkit.now));
    // The page takes a file for the kind that its columns name, so that it meets none of the other kind; and what is in force
    // before is the stack's.
    const files = Object.entries(testkit.fixtures)
      .filter(([name, { sender: of, previous }]) => of === sender && !previous && !name.endsWith("/wrong-kind.csv"));
    expect(files.length).toBeGreaterThan(5);
    for (const [name, expected] of files) {
      await test.step(name, async () => {
        await chooseNext(page, named(name));
        const errors = expected.findings.filter(({ severity }) => severity === "error");
        if (errors.length > 0) {
          await expect(page.getByRole("alert")).toContainText("Your file cannot be sent yet");
          for (const { code } of errors.slice(0, 8)) await expect(page.getByRole("alert")).toContainText(known.get(code)!);
        } else if (expected.findings.length === 0) {
          return;
        } else {
          const folded = page.getByRole("button", { name: /^Show\s?: Check the file$/ });
          await expect(folded.or(findings(page)).first()).toBeVisible();
          if (await folded.isVisible()) await folded.click();
        }
        const wanted = expected.findings.map((finding) => `${finding.severity === "error" ? "Error" : "Warning"} ${place(finding)}`);
        await expect(async () => {
          const places = await findings(page).locator(".app-findings__place").allInnerTexts();
          expect(places.map((text) => text.replace("\n", " ")), name).toEqual(expect.arrayContaining(wanted));
        }).toPass({ timeout: 15_000 });
      });
    }
  });
}

test("a row of 1 MB is named by its line, and stops nothing else", async ({ page }) => {
  const good = fixture("adt/good.csv").content.toString();
  const content = Buffer.from(`${good.trimEnd()}\r\n${"9".repeat(1_000_000)}\r\n`);
  await signIn(page, "Network ARO 1", "/send");
  await choose(page, { name: `ADT_network-operator_${today()}.csv`, content });
  await expect(page.getByRole("alert")).toContainText("A row is too long");
  await expect(findings(page)).toContainText(`Line ${good.trimEnd().split("\n").length + 1}`);
});

test("1,000,001 rows: the last one is too many, and the page stays quick to the hand", async ({ page }, info) => {
  test.setTimeout(180_000);
  const path = info.outputPath(`EXITQ_1301_${today()}.csv`);
  const file = createWriteStream(path);
  file.write("QuarantineEventRef,RequestID,Action\n");
  for (let block = 0; block < 1_000; block += 1) {
    let rows = "";
    for (let row = 0; row < 1_000; row += 1) rows += `1301,${NETWORK}:00-DB-12-34-56-78-90-A0:${block * 1_000 + row + 1},Delete\n`;
    file.write(rows);
  }
  file.end(`1301,${NETWORK}:00-DB-12-34-56-78-90-A0:1000001,Delete\n`);
  await finished(file);

  await signIn(page, "Network ARO 1", "/send");
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(path);
  await expect(page.getByRole("alert")).toContainText("The file has too many rows", { timeout: 120_000 });
  await expect(findings(page)).toContainText("1,000,002");
});

test("91 events in one file are one too many, and nothing is asked about them", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/known/exit-quarantine")) asked.push(request.url());
  });
  const rows = Array.from({ length: 91 }, (_, event) => `${1400 + event},${NETWORK}:00-DB-12-34-56-78-90-A0:${event + 1},Delete\r\n`);
  const content = Buffer.from(`QuarantineEventRef,RequestID,Action\r\n${rows.join("")}`);
  await signIn(page, "Network ARO 1", "/send");
  await choose(page, { name: `EXITQ_1400_${today()}.csv`, content });
  await expect(page.getByRole("alert")).toContainText("The file names too many quarantine events");
  await expect(findings(page)).toContainText("Split the file by event");
  expect(asked.filter((url) => url.includes("1490"))).toEqual([]);
});
