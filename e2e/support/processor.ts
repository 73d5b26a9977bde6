import type { Page } from "@playwright/test";

/**
 * Measures how long the page's main thread is at work, in milliseconds of the processor: what else this machine does meanwhile does
 * not count.
 */
export async function mainThreadWork(page: Page): Promise<(act: () => Promise<void>) => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const work = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value * 1_000;
  };
  return async (act) => {
    const before = await work();
    await act();
    return (await work()) - before;
  };
}
