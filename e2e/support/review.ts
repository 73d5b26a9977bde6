import { expect, type Page } from "@playwright/test";
import { Api } from "./api";
import { aro, sign } from "./cms";
import { makeReviewerKey } from "./files";
import { openWithin, signIn } from "./sluice";
import type { Stack } from "./stack";

/** Signs in as a reviewer, with a new key in this browser, and opens a page. */
export async function signInToDecide(page: Page, reviewer: string, path: string): Promise<void> {
  await signIn(page, reviewer, "/signing-key");
  await makeReviewerKey(page);
  await openWithin(page, path);
}

/** Decides by the API, as a program does whose key no browser reaches: JSON, signed by OpenSSL. */
export async function decide(stack: Stack, reviewer: string, reference: string, decision: "accept" | "refuse", reason: string): Promise<void> {
  const api = new Api(stack, reviewer);
  const { body } = await api.get<{ verdict: string; submission: { sha256: string } }>(`/reviews/${reference}`);
  const statement = {
    submission: reference,
    fileDigest: body.submission.sha256,
    verdict: body.verdict,
    decision,
    reason,
    decidedAt: new Date().toISOString(),
  };
  const signed = sign(stack, aro(stack, reviewer), Buffer.from(JSON.stringify(statement)), { enveloping: true });
  const answer = await api.send("POST", `/reviews/${reference}/decision`, { signed: signed.toString("base64") });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
