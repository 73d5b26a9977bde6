import { expect, type Page } from "@playwright/test";
import { Api, announcement, put, type Started } from "./api";
import { today } from "./clock";
import { aro, sign } from "./cms";
import { NETWORK } from "./made";
import { decide } from "./review";
import type { Stack } from "./stack";

let made = 0;

/** The User IDs of the large supplier. */
export const SUPPLIER = ["90-B3-D5-1F-30-01-00-00", "90-B3-D5-1F-30-02-00-00"] as const;

interface Row {
  srv: string;
  period: string;
  warning: number;
  quarantine: number;
  from?: string;
  to?: string;
}

/** Sends a file as an ARO who signs it; by the API, since what the page does is not what this is for. */
async function send(stack: Stack, person: string, organisation: string, rows: string[]): Promise<{ reference: string; state: string }> {
  made += 1;
  const heading = "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo";
  const file = { name: `ADT_${organisation}_${today()}_w${made}.csv`, content: Buffer.from([heading, ...rows, ""].join("\r\n")) };
  const api = new Api(stack, person);
  const started = await api.start<Started>(announcement(file, sign(stack, aro(stack, person), file.content)));
  expect(started.status, JSON.stringify(started.body)).toBe(201);
  expect(await put(started.body.upload!, file.content)).toBe(200);
  const { reference } = started.body.submission;
  return { reference, state: await api.outcome(reference) };
}

/** What is declared of a User ID now, with each standing row as `change` makes it. */
async function declared(stack: Stack, person: string, userId: string, change: (row: Row, place: number) => Row): Promise<string[]> {
  const { body } = await new Api(stack, person).get<{ thresholds: { standing: Row[]; exceptions: Row[] } }>(`/thresholds/${userId}`);
  const line = ({ srv, period, warning, quarantine, from = "", to = "" }: Row) => `${userId},${srv},${period},${warning},${quarantine},${from},${to}`;
  return [...body.thresholds.standing.map(change).map((row) => line({ ...row, from: "", to: "" })), ...body.thresholds.exceptions.map(line)];
}

/** A file of the network operator that raises a threshold by more than the factor, and waits. */
export async function waitingRaise(stack: Stack): Promise<string> {
  const rows = await declared(stack, "network-aro-1", NETWORK, (row) =>
    row.srv === "6.15.1" ? { ...row, warning: (made + 1) % 30, quarantine: row.quarantine * 3 } : row,
  );
  const { reference, state } = await send(stack, "network-aro-1", "network-operator", rows);
  expect(state).toBe("awaiting-review");
  return reference;
}

/** A file of the large supplier by which nobody is warned any more before communications of one service are held: only a harmless rule stops it. */
export async function waitingHarmless(stack: Stack, userId: string): Promise<string> {
  // Warned again first, where an earlier test ended that: then there is something to end.
  const warned = await declared(stack, "supplier-aro-1", userId, (row) => ({ ...row, warning: Math.floor(row.quarantine / 2) }));
  const before = await send(stack, "supplier-aro-1", "large-supplier", warned);
  if (before.state === "awaiting-review") await decide(stack, "reviewer-2", before.reference, "refuse", "Not of this test.");
  // A file that was refused before waits for that, too: each has a level of its own in another row.
  const rows = await declared(stack, "supplier-aro-1", userId, (row, place) => {
    if (place === 0) return { ...row, warning: row.quarantine };
    return place === 1 ? { ...row, warning: Math.max(1, row.warning - (made % 30)) } : row;
  });
  const { reference, state } = await send(stack, "supplier-aro-1", "large-supplier", rows);
  expect(state).toBe("awaiting-review");
  return reference;
}

/** Asks the sender, as a reviewer does whose page is not what this is for. */
export async function ask(stack: Stack, reviewer: string, reference: string, number: number, text: string): Promise<void> {
  const answer = await new Api(stack, reviewer).send("POST", `/reviews/${reference}/questions`, { number, text });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** Answers, in the same way. */
export async function answer(stack: Stack, person: string, reference: string, number: number, text: string): Promise<void> {
  const answered = await new Api(stack, person).send("POST", `/submissions/${reference}/answers`, { number, text });
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
}

/** Takes a submission in hand, in the same way. */
export async function take(stack: Stack, reviewer: string, reference: string): Promise<void> {
  const answered = await new Api(stack, reviewer).send("POST", `/reviews/${reference}/assignment`, { wanted: "take" });
  expect(answered.status, JSON.stringify(answered.body)).toBe(200);
}

/** Somebody comes back to the page: it asks at once what is new. */
export const comeBack = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("focus")));
