import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../support/sluice";
import { report } from "./report";

/** Notes each of the page's own files that the browser fetches, workers' included, by its path. */
function fetches(page: Page, origin: string): Set<string> {
  const paths = new Set<string>();
  page.context().on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === origin && !/^\/(api|samples|config)/.test(url.pathname)) paths.add(url.pathname);
  });
  return paths;
}

/** The bytes that travel for a path: its brotli form where there is one, as the built page has it. */
function bytes(path: string): number {
  const folder = process.env.SLUICE_PAGE!;
  const file = path.startsWith("/assets/") || path === "/icon.svg" ? path.slice(1) : "index.html";
  const compressed = readdirSync(join(folder, file, "..")).includes(`${file.split("/").pop()}.br`);
  return statSync(join(folder, compressed ? `${file}.br` : file)).size;
}

const kilobytes = (count: number) => `${(count / 1_000).toFixed(1)} kB`;

function parts(paths: Iterable<string>): string {
  const sums = new Map<string, number>();
  for (const path of paths) {
    const kind = { wasm: "WebAssembly", js: "script", css: "styles" }[path.split(".").pop()!] ?? "other";
    sums.set(kind, (sums.get(kind) ?? 0) + bytes(path));
  }
  return [...sums].toSorted(([, one], [, other]) => other - one).map(([kind, sum]) => `${kind} ${kilobytes(sum)}`).join(", ");
}

/** What every page needs: the document is the same at every address. */
const byFile = (paths: Iterable<string>) =>
  new Set([...paths].map((path) => (path.startsWith("/assets/") || path === "/icon.svg" ? path : "/")));

const sum = (paths: Iterable<string>) => [...paths].map(bytes).reduce((all, one) => all + one, 0);

/** The pages of the parts, each as it may be the first that a person opens. */
const PAGES: [person: string, pages: [name: string, path: string][]][] = [
  ["Supplier ARO 1", [
    ["Send a file", "/send"],
    ["Submissions", "/submissions"],
    ["a submission", "/submissions/0000-0000-0000-0000"],
    ["a receipt", "/submissions/0000-0000-0000-0000/receipt"],
    ["Quarantine", "/quarantine"],
    ["an event", "/quarantine/1201"],
    ["its decisions", "/quarantine/1201/review"],
    ["Thresholds", "/thresholds"],
    ["a User's thresholds", "/thresholds/90-B3-D5-1F-30-01-00-00"],
    ["Write thresholds", "/thresholds/90-B3-D5-1F-30-01-00-00/write"],
    ["Signing key", "/signing-key"],
    ["Help", "/help"],
  ]],
  ["Supplier administrator", [["People", "/people"], ["Activity", "/activity"]]],
  ["DCC reviewer 1", [["Reviews", "/review"], ["a review", "/review/0000-0000-0000-0000"]]],
  ["DCC administrator 1", [["Directory", "/directory"]]],
];

test("bytes of a first load", async ({ page, baseURL }) => {
  const paths = fetches(page, new URL(baseURL!).origin);
  await signIn(page, "Supplier ARO 1");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  const first = byFile(paths);
  report({
    what: "First load, brotli: sign-in and overview, by the files fetched",
    measured: `${kilobytes(sum(first))} (${parts(first)})`,
    aim: { words: "at most 200 kB", reached: sum(first) <= 200_000 },
  });
});

test("bytes of any first page beside it", async ({ browser, baseURL }) => {
  const fetched: { name: string; size: number; files: number }[] = [];
  for (const [person, pages] of PAGES) {
    const page = await browser.newPage({ baseURL: baseURL! });
    const paths = fetches(page, new URL(baseURL!).origin);
    // Where no part is needed.
    await signIn(page, person, "/nothing-here");
    await page.waitForLoadState("networkidle");
    const first = byFile(paths);
    for (const [name, path] of pages) {
      paths.clear();
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      const beside = [...byFile(paths)].filter((file) => !first.has(file));
      fetched.push({ name, size: sum(beside), files: beside.length });
    }
    await page.close();
  }
  fetched.sort((one, other) => other.size - one.size);
  const [most] = fetched;
  report({
    what: "… what any first page fetches beside it",
    measured: `at most ${kilobytes(most!.size)}: ${fetched.map(({ name, size, files }) => `${name} ${kilobytes(size)} in ${files} files`).join(", ")}`,
    aim: { words: "at most 150 kB", reached: most!.size <= 150_000 },
  });
});

test("bytes of choosing a file", async ({ page, baseURL }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const field = page.getByLabel("Choose a file, or drop it here");
  await expect(field).toBeVisible();
  await page.waitForLoadState("networkidle");
  const paths = fetches(page, new URL(baseURL!).origin);
  // Who reaches for the field is about to choose a file.
  await field.focus();
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  const later = byFile(paths);
  report({ what: "… and once a person reaches for the file field: the reader and the judge, for page and worker", measured: `${kilobytes(sum(later))} (${parts(later)})` });
});
