import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/folder";
import { expect, signIn, test } from "../support/sluice";
import { FAULTS, OWN, ROWS, writeMillion } from "./million";
import { Peer, type PeerAnswer } from "./peer";
import { listen, watch, watched, type Watched } from "./probe";
import { median, report, seconds, spread, whole } from "./report";

const RUNS = 7;

test("checking 1,000,000 exit rows, and PapaParse at the same", async ({ browser }) => {
  const folder = temporaryFolder();
  const file = join(folder, "EXITQ_18446744073709551617_20261101.csv");
  await writeMillion(file);
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
  const peer = await Peer.start();
  const ours: (Watched & { shown: number })[] = [];
  const theirs: PeerAnswer[] = [];
  // In turn, so that whatever else the machine does meets both; each in a browser context of its own, as at a first visit.
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await listen(page);
    await signIn(page, "Supplier ARO 1", "/send");
    await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
    // As whoever chooses a file reaches for the field first: then the page fetches what reads it.
    await page.getByLabel("Choose a file, or drop it here").focus();
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(500);
    await watch(page);
    const chosen = Date.now();
    await page.getByLabel("Choose a file, or drop it here").setInputFiles(file);
    await expect(page.getByText(`Your file cannot be sent yet: ${2 * FAULTS} errors`)).toBeVisible({ timeout: 60_000 });
    ours.push({ ...(await watched(page)), shown: Date.now() - chosen });
    await expect(page.locator("#content")).toContainText(whole(ROWS));
    await page.close();
    const other = await context.newPage();
    const answer = await peer.check(other, file, OWN);
    expect(answer).toMatchObject({ rows: ROWS, duplicates: FAULTS, foreign: FAULTS, digest });
    theirs.push(answer);
    await context.close();
  }
  peer.stop();
  rmSync(folder, { recursive: true });

  const checks = ours.map(({ check }) => check);
  const took = median(checks);
  const peers = theirs.map((answer) => answer.took);
  const times = median(peers) / took;
  const stall = Math.max(...ours.map(({ stall }) => stall));
  report({
    what: "Checking 1,000,000 exit rows in the browser, hashing included",
    measured: `${seconds(took)} (${spread(checks, seconds)})`,
    aim: { words: "under 1 s", reached: took < 1_000 },
    peer: `PapaParse, hashed by the browser beside it: ${seconds(median(peers))} (${spread(peers, seconds)})`,
  });
  report({ what: "… against PapaParse", measured: `${times.toFixed(1)} times as fast`, aim: { words: "6 times or better", reached: times >= 6 } });
  report({ what: "… longest stall of the page while it is checked, in any run", measured: `${whole(stall)} ms`, aim: { words: "under 50 ms", reached: stall < 50 } });
  const opening = ours.map((run) => run.opening);
  report({ what: "… longest stall while the page starts and is first drawn", measured: `${whole(median(opening))} ms (${spread(opening, (time) => `${whole(time)} ms`)})` });
  const fetched = median(ours.map(({ fetch }) => fetch));
  report({ what: "… of it fetching the file, before the first row", measured: seconds(fetched) });
  report({ what: "… from choosing the file to the findings on the page", measured: seconds(median(ours.map(({ shown }) => shown))) });
});
