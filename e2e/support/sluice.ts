import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { stacks } from "./stacks";

export { expect };

/**
 * Every test fails on an error in the console, on an uncaught exception and on a report of the Content-Security-Policy.
 * A test that breaks the network on purpose says so: `test.use({ brokenNetwork: true })`.
 */
export const test = base.extend<{ brokenNetwork: boolean; quietConsole: void }>({
  brokenNetwork: [false, { option: true }],
  baseURL: async ({}, use, { parallelIndex }) => use(stacks[parallelIndex % stacks.length]!),
  quietConsole: [
    async ({ context, brokenNetwork }, use) => {
      const complaints: string[] = [];
      const watch = (page: Page) => {
        page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
        page.on("console", (message) => {
          if (message.type() !== "error") return;
          const text = message.text();
          if (brokenNetwork && /^Failed to load resource|blocked by CORS policy|the digester could not start/.test(text)) return;
          complaints.push(`console: ${text} (${message.location().url})`);
        });
      };
      context.pages().forEach(watch);
      context.on("page", watch);
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens a page of Sluice as a demo person, who is chosen by the name on the issuer's page. */
export async function signIn(page: Page, person: string, path = "/"): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: person, exact: true }).click();
  await expect(page.getByRole("banner").getByText(person)).toBeVisible();
}

/** Opens a page within the app, as a click on a link opens it. */
export async function openWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement("a");
    link.href = to;
    document.querySelector("#app, main")!.append(link);
    link.click();
    link.remove();
  }, path);
}

/** WCAG 2 A and AA, as far as a machine can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(", ")}`);
  expect(found).toEqual([]);
}

/** Where the window is narrow, a table's rows are blocks that fit: nothing of them is cut off. */
export async function expectTablesStack(page: Page): Promise<void> {
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll(".app-table-scroll:has(.app-stacks)")]
      .filter((frame) => frame.scrollWidth > frame.clientWidth)
      .map((frame) => frame.getAttribute("aria-label")),
  );
  expect(cut).toEqual([]);
}

/** Nothing sticks out sideways: what is wide scrolls within itself. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess).toBeLessThanOrEqual(0);
}
