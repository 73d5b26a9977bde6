import type { Page } from "@playwright/test";
import { expect } from "./sluice";

/**
 * What hides of an element that somebody works with: nothing, where its middle and both ends of its height are on the screen and nothing
 * lies over them. What is taller than the window is looked at where it is in it.
 */
export async function hides(page: Page, selector: string): Promise<string | null> {
  return page.evaluate((wanted) => {
    const focused = document.activeElement;
    // In a table it is one row that the focus is at.
    const row = document.getElementById(focused?.getAttribute("aria-activedescendant") ?? "");
    const element = wanted === ":focus" ? (row ?? focused) : document.querySelector(wanted);
    if (!element || element === document.body) return null;
    const { top, bottom, left, right, height } = element.getBoundingClientRect();
    const fits = height <= innerHeight;
    if (fits && (top < -1 || bottom > innerHeight + 1)) return `it is at ${top} to ${bottom} of ${innerHeight}`;
    const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
    const places = fits ? [top + 2, (top + bottom) / 2, bottom - 2] : [(Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    for (const y of places) {
      const seen = document.elementFromPoint(x, y);
      if (!seen || !(element.contains(seen) || seen.contains(element))) {
        return `at ${Math.round(y)}, ${seen?.className} lies over ${element.textContent?.slice(0, 40) || element.id}`;
      }
    }
    return null;
  }, selector);
}

/** Goes through everything that takes the focus, by Tab and back, and looks at each stop. */
export async function expectFocusInSight(page: Page): Promise<void> {
  for (const key of ["Tab", "Shift+Tab"]) {
    let stops = 0;
    do {
      await page.keyboard.press(key);
      stops += 1;
      await expect.poll(() => hides(page, ":focus"), { message: `stop ${stops} by ${key}` }).toBeNull();
    } while (stops < 60 && (await page.evaluate(() => document.activeElement !== document.body)));
  }
}
