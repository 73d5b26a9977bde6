import { createWriteStream } from "node:fs";
import { once } from "node:events";

/** The User IDs of the demo's large supplier. */
export const OWN = ["90-B3-D5-1F-30-01-00-00", "90-B3-D5-1F-30-02-00-00"];
const FOREIGN = "90-B3-D5-1F-30-03-00-00";

export const ROWS = 1_000_000;
/** As many rows are there twice, and as many are of another organisation: whoever checks has to find them. */
export const FAULTS = 10;

/** Writes an Exit Quarantine file of a million rows of the large supplier. */
export async function writeMillion(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write("QuarantineEventRef,RequestID,Action\r\n");
  const every = ROWS / FAULTS;
  for (let from = 0; from < ROWS; from += 10_000) {
    let text = "";
    for (let row = from; row < from + 10_000; row += 1) {
      // The last row of each part says again what its first said; the one before it is another organisation's.
      const place = row % every;
      const said = place === every - 1 ? row - place : row;
      const originator = place === every - 2 ? FOREIGN : OWN[0];
      text += `18446744073709551617,${originator}:${device(said)}:${1_000_000 + said},${said % 9 ? "Release" : "Delete"}\r\n`;
    }
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}

/** Devices as spread as real ones are, not in the order of the file. */
function device(row: number): string {
  const low = Math.imul(row, 2_654_435_761) >>> 0;
  const pairs = low.toString(16).toUpperCase().padStart(8, "0").match(/../g)!;
  return ["00-DB-12-34", ...pairs].join("-");
}
