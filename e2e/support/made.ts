import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { today } from "./clock";
import type { Stack } from "./stack";

/** A file as a person gives it to the page. */
export interface Made {
  name: string;
  content: Buffer;
}

/** The network operator's only User ID. */
export const NETWORK = "90-B3-D5-1F-30-03-00-00";

let made = 0;

/** The thresholds of the network operator, with a warning threshold that no file had before: never the same bytes twice. */
export function networkThresholds(lineEnd = "\r\n"): Made {
  made += 1;
  const rows = [
    "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo",
    `${NETWORK},6.15.1,P1D,${made % 60},62,,`,
    `${NETWORK},ALL,P1D,${Math.floor(made / 60)},62,,`,
    "",
  ];
  return { name: `ADT_network-operator_${today()}_${made}.csv`, content: Buffer.from(rows.join(lineEnd)) };
}

let released = 0;

/**
 * An Exit Quarantine file that releases one communication of the event: one about which nobody else of this process has decided, since
 * which tests share a stack, and in which order they run, depends on how long others take.
 */
export function oneRelease(stack: Stack, event: string): Made {
  const { content } = stack.sample(`EXITQ_${event}_`);
  const lines = content.toString().split("\r\n").filter((line, at) => at === 0 || line.endsWith(",Release"));
  // From the end: what is looked at in the table is its beginning.
  const row = lines.length - (released += 1);
  return { name: `EXITQ_${event}_${today()}_${row}.csv`, content: Buffer.from([lines[0], lines[row], ""].join("\r\n")) };
}

/** A file of the testkit, `adt/good.csv`. */
export function fixture(name: string): Made {
  return { name: name.split("/").pop()!, content: readFileSync(join(TESTKIT, name)) };
}

/** Where the testkit is. */
export const TESTKIT = resolve(__dirname, "../../shared/testkit");
