import { expect } from "@playwright/test";

/** The lines of a list that was taken away, without the quotation marks in which each cell has to stand. */
export function spreadsheetLines(text: string): string[] {
  const lines = text.replace("\uFEFF", "").trimEnd().split("\r\n");
  return lines.map((line) => {
    expect(line).toMatch(/^"[^"]*"(,"[^"]*")*$/);
    return line.slice(1, -1).split('","').join(",");
  });
}
