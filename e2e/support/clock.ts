/**
 * Waits until the next second begins. A signature tells its time in whole seconds, and thresholds that were signed no later than those
 * in force are refused as a replay: what is to be accepted must not be signed in the same second as what was accepted before.
 */
export function awaitNextSecond(): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(never, 0, 0, 1_010 - (Date.now() % 1_000));
}

/** Today as file names have it: `20261103`. */
export const today = (): string => new Date().toISOString().slice(0, 10).replaceAll("-", "");
