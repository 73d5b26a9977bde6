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

test("bytes of a first load", async ({ page, baseURL }) => {
  const paths = fetches(page, new URL(baseURL!).origin);
  await signIn(page, "Supplier ARO 1");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  // `/` and the address that the issuer sends people back to are the same document.
  const first = new Map([...paths].map((path) => [path.startsWith("/assets/") || path === "/icon.svg" ? path : "/", path]));
  const sum = [...first.keys()].map(bytes).reduce((all, one) => all + one, 0);
  report({
    what: "First load, brotli: sign-in and overview, by the files fetched",
    measured: `${kilobytes(sum)} (${parts(first.keys())})`,
    aim: { words: "under 250 kB", reached: sum < 250_000 },
  });

  await page.getByRole("link", { name: "Send a file" }).first().click();
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
  await page.waitForLoadState("networkidle");
  const later = [...paths].filter((path) => path.startsWith("/assets/") && !first.has(path));
  const more = later.map(bytes).reduce((all, one) => all + one, 0);
  report({ what: "… what \"Send a file\" fetches beside, when it is opened", measured: `${kilobytes(more)} (${parts(later)})` });
});
