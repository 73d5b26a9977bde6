import type { Page } from "@playwright/test";
import { expect } from "./sluice";

/** What the page keeps in this browser, by name: the values of an object store of its database. */
async function entries<T>(page: Page, objectStore: string): Promise<[string, T][]> {
  return page.evaluate(async (wanted) => {
    // To open one that is not there would make it, without its object stores.
    if (!(await indexedDB.databases()).some(({ name }) => name === "sluice")) return [];
    const done = <R>(request: IDBRequest<R>) =>
      new Promise<R>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("sluice"));
    const store = database.transaction(wanted).objectStore(wanted);
    const [names, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    const plain = (value: unknown) => (value instanceof Uint8Array ? [...value] : value);
    return names.map((name, at) => [String(name), plain(values[at])]);
  }, objectStore) as Promise<[string, T][]>;
}

/** The names of what an object store of the page keeps. */
export async function namesKept(page: Page, objectStore: string): Promise<string[]> {
  return (await entries<unknown>(page, objectStore)).map(([name]) => name);
}

/** Waits until the draft that the page is at is kept as far as this: who reloads before that finds it as it was. */
export async function expectDraftKept(page: Page, far: { step: string; fileName?: string; signed?: boolean }): Promise<void> {
  await expect(page).toHaveURL(/[?&]draft=/);
  const id = new URL(page.url()).searchParams.get("draft")!;
  await expect
    .poll(async () => JSON.parse((await entries<string>(page, "drafts")).find(([name]) => name === id)?.[1] ?? "null") as object)
    .toMatchObject(far);
}

/** Waits until so many decisions on an event are kept: a burst of choices is kept once, after a moment. */
export async function expectDecisionsKept(page: Page, event: string, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const kept = (await entries<number[]>(page, "decisions")).find(([name]) => name.endsWith(`/${event}`));
      return kept && kept[1].filter((choice) => choice !== 0).length;
    })
    .toBe(count);
}

/** Waits until what is being written for a User ID is kept with a line like this; without one, until nothing is kept of it. */
export async function expectThresholdsKept(page: Page, userId: string, line?: { srv: string; warning: string; quarantine?: string }): Promise<void> {
  const kept = async () => {
    const found = (await entries<string>(page, "thresholds")).find(([name]) => name.endsWith(`/${userId}`));
    return found && (JSON.parse(found[1]) as object[]);
  };
  if (line) await expect.poll(kept).toContainEqual(expect.objectContaining(line));
  else await expect.poll(kept).toBeUndefined();
}
