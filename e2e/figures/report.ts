import { appendFileSync } from "node:fs";

/** One line of the table. */
export interface Figure {
  what: string;
  measured: string;
  /** What it should be, and whether it is. None: the figure explains another. */
  aim?: { words: string; reached: boolean };
  /** What somebody else's program took for the same in the same run. */
  peer?: string;
}

/** Hands a figure to `cargo xtask figures`: a line of values that tabs separate, in the file that `SLUICE_FIGURES` names. */
export function report({ what, measured, aim, peer }: Figure): void {
  const reached = aim ? (aim.reached ? "yes" : "no") : "";
  const line = [what, measured, aim?.words ?? "", reached, peer ?? ""].join("\t");
  const file = process.env.SLUICE_FIGURES;
  if (file) appendFileSync(file, `${line}\n`);
  console.log(line);
}

/** The value in the middle. */
export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The least and the most. */
export function spread(values: number[], words: (value: number) => string): string {
  return `${words(Math.min(...values))} to ${words(Math.max(...values))}`;
}

export const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(2)} s`;
export const whole = (value: number) => Math.round(value).toLocaleString("en-GB");
