import { cpSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { choose, sample, smallChange } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { expect, signIn, test as base } from "../support/sluice";
import { builtPage, Stack } from "../support/stack";

/** A stack whose page is a copy, so that a file of it can be away for a while. */
const test = base.extend<{ served: string; stack: Stack }>({
  served: async ({}, use) => {
    const folder = temporaryFolder();
    cpSync(builtPage(), folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  stack: async ({ served }, use) => {
    const stack = await Stack.start(served);
    await use(stack);
    await stack.stop();
  },
  baseURL: async ({ stack }, use) => use(stack.url),
});

test.use({ brokenNetwork: true });

test("what hashes files did not come: the check says what may be wrong, and goes through when tried again", async ({ page, served }) => {
  const assets = join(served, "assets");
  const hidden = readdirSync(assets).filter((name) => name.startsWith("digester-"));
  expect(hidden.length).toBeGreaterThan(0);
  for (const name of hidden) renameSync(join(assets, name), join(served, name));
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByText("The file could not be checked")).toContainText("the connection was lost");

  for (const name of hidden) renameSync(join(served, name), join(assets, name));
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
});
