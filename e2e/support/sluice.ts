import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type BrowserContext, type Locator, type Page } from "@playwright/test";
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
    async ({ context, brokenNetwork }, use, testInfo) => {
      const complaints: string[] = [];
      const watch = (page: Page) => {
        page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
        page.on("console", (message) => {
          if (message.type() !== "error") return;
          const text = message.text();
          if (brokenNetwork && /^Failed to load resource|blocked by CORS policy|the digester could not start|HTTP status code is not ok/.test(text)) return;
          complaints.push(`console: ${text} (${message.location().url})`);
        });
      };
      context.pages().forEach(watch);
      context.on("page", watch);
      await use();
      if (testInfo.status !== testInfo.expectedStatus) throw new Error([await stoodAt(context), ...complaints].join("\n"));
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Where each page stood when a test failed, and what it said, in a line: where no trace is kept, this is all that tells why. */
async function stoodAt(context: BrowserContext): Promise<string> {
  const said = context.pages().map(async (page) => {
    const shown = page.locator("main:visible, dialog:visible");
    const texts = await shown.allInnerTexts().catch((error: Error) => [error.message]);
    const text = texts.join(" ").replace(/\s+/g, " ");
    const cut = text.length > 1_500 ? `${text.slice(0, 1_000)} … ${text.slice(-500)}` : text;
    return `The page stood at ${new URL(page.url()).pathname} and said: ${cut}`;
  });
  return (await Promise.all(said)).join("\n");
}

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

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Waits until a page has its heading and what it shows: whoever is signed in is named before that. */
export async function expectDrawn(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByText(/^(Loading|Looking for)/)).toHaveCount(0);
}

/** WCAG 2 A and AA and what is good practice beside it, as far as a machine can tell. There are no exceptions. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectDrawn(page);
  await expectNoViolations(new AxeBuilder({ page }).withTags(RULES));
}

/** The same of a page that was looked at in another size: its colours, which take the most time, are those. */
export async function expectAccessibleInThisSize(page: Page): Promise<void> {
  await expectNoViolations(new AxeBuilder({ page }).withTags(RULES).disableRules(["color-contrast"]));
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(", ")}`);
  expect(found).toEqual([]);
}

/** A table fits; where the window is narrow, its rows are blocks that do. Nothing of them is cut off. */
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
  await expectDrawn(page);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess).toBeLessThanOrEqual(0);
}

/** With the colours of the system alone, as some need them: what is read can still be told from what is behind it. */
export async function expectForcedColoursToDo(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  // The browser sees to it, but for what keeps its own colours.
  const keepsColours = await page.evaluate(() =>
    [...document.querySelectorAll("main *")].some((element) => getComputedStyle(element).forcedColorAdjust === "none"),
  );
  const axe = new AxeBuilder({ page }).withRules(["color-contrast"]);
  const violations = keepsColours ? (await axe.analyze()).violations : [];
  const found = violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(" ")));
  // Without a background there is a border, or a marker beside it.
  const current = await page.evaluate(() =>
    [...document.querySelectorAll(".app-navigation [aria-current]")].filter((link) => {
      const other = document.querySelector(".app-navigation a:not([aria-current])");
      const look = (element: Element) => {
        const { borderBottom, outline, fontWeight, textDecorationLine } = getComputedStyle(element);
        const item = getComputedStyle(element.parentElement!);
        return [borderBottom, outline, fontWeight, textDecorationLine, item.borderBottom].join();
      };
      return other && look(link) === look(other);
    }).length,
  );
  await page.emulateMedia({ forcedColors: "none" });
  expect(found).toEqual([]);
  expect(current, "what is current in the navigation looks as the rest does").toBe(0);
}

/** With the colours of the system alone there are no shadows and no backgrounds: this is told from what is around it by an outline. */
export async function expectOutlineInForcedColours(element: Locator): Promise<void> {
  await element.page().emulateMedia({ forcedColors: "active" });
  await expect(element).toHaveCSS("outline-style", "solid");
  await expect(element).toHaveCSS("outline-width", "3px");
  await element.page().emulateMedia({ forcedColors: "none" });
}

/** On paper there is nothing to press, and nothing is cut off or folded. */
export async function expectPrintToBeWhole(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const shown = (element: Element) => element.checkVisibility() && element.getClientRects().length > 0;
    const what = (element: Element) => `${element.className || element.tagName}: ${element.textContent?.trim().slice(0, 60)}`;
    // What a row says may be a button, too: the line of a finding, the time of a threshold.
    const buttons = [...document.querySelectorAll("button, [role=button], input[type=file], .govuk-button")]
      .filter((button) => shown(button) && !button.closest(".app-findings, .app-write td, th, [role=columnheader]"));
    const cut = [...document.querySelectorAll("main *")].filter((element) => {
      const { overflowX, overflowY, position } = getComputedStyle(element);
      const hides = overflowY !== "visible" || overflowX !== "visible";
      const isField = element.matches("input, select, textarea, progress, svg, svg *");
      const isForReadersOnly = position === "absolute" && element.clientWidth <= 1;
      return hides && !isField && !isForReadersOnly && shown(element) && element.scrollHeight > element.clientHeight + 2;
    });
    // What is shown of it without what it holds. What keys do, and what to show, is of no use on paper.
    const folded = [...document.querySelectorAll("main details")]
      .filter((details) => shown(details) && !details.matches(":has(.app-filters, .app-keys)"))
      .flatMap((details) => [...details.children].filter((content) => !content.matches("summary") && !shown(content)));
    return { buttons: buttons.map(what), cut: cut.map(what), folded: folded.map(what) };
  });
  await page.emulateMedia({ media: "screen" });
  expect(seen).toEqual({ buttons: [], cut: [], folded: [] });
}
