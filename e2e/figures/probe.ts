import type { Page } from "@playwright/test";

/** What happened around one check, in milliseconds. */
export interface Watched {
  /** From asking the worker until its answer is on the page's thread. */
  check: number;
  /** The part of it until the first rows were read: the file is fetched. */
  fetch: number;
  /** The longest time for which the page's thread could do nothing else, between `watch` and `watched`. */
  stall: number;
  /** The same before `watch`, since the document began: the page starts, and is drawn for the first time. */
  opening: number;
}

declare global {
  interface Window {
    figures: Watched;
  }
}

/**
 * Listens, in every document that `page` opens, to what the page asks its worker and to what the worker answers, and looks at the gaps
 * between timers. A timer comes again after 4 ms where nothing holds it up.
 */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.figures = { check: 0, fetch: 0, stall: 0, opening: 0 };
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      window.figures.stall = Math.max(window.figures.stall, now - last);
      last = now;
      setTimeout(tick, 0);
    };
    tick();
    const ask = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...asked: unknown[]) {
      const { id, task } = asked[0] as { id: number; task: string };
      if (JSON.parse(task).task === "check") {
        const asking = performance.now();
        this.addEventListener("message", ({ data, timeStamp: _ }: MessageEvent) => {
          if (data.id !== id) return;
          if (data.kind === "progress") window.figures.fetch ||= performance.now() - asking;
          else window.figures.check ||= performance.now() - asking;
        });
      }
      return ask.apply(this, asked as Parameters<typeof ask>);
    };
  });
}

/** From here on, gaps are those of what is measured, no longer those of the page's start. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.figures = { check: 0, fetch: 0, stall: 0, opening: window.figures.stall };
  });
}

/** What was seen since `watch`. */
export async function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => window.figures);
}
