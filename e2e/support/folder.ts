import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the name of each process's folder begins with, and nothing else's. Its process's id follows. */
const PREFIX = "sluice-browser-test-";

let root: string | undefined;
let made = 0;

/** A folder of a test's own, empty at first. It is removed when this process ends, whether its tests pass or fail. */
export function temporaryFolder(): string {
  root ??= makeRoot();
  const folder = join(root, String((made += 1)));
  mkdirSync(folder);
  return folder;
}

function makeRoot(): string {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.on("exit", () => remove(folder));
  return folder;
}

/** Removes what killed processes have left. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(PREFIX) && !runs(Number.parseInt(name.slice(PREFIX.length), 10))) remove(join(tmpdir(), name));
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and is somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
