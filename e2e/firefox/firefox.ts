import { expect, test as base } from "@playwright/test";
import puppeteer, { type Browser } from "puppeteer-core";
import { Stack } from "../support/stack";
import { Person } from "./person";

export { expect };

/**
 * Tests in Firefox, which Playwright drives only in a build of its own: puppeteer drives Debian's over WebDriver BiDi, and Playwright runs
 * the tests. The stack is their own, so that what they send and decide is nobody else's.
 */
export const test = base.extend<{ open: (person: string) => Promise<Person> }, { stack: Stack; firefox: Browser }>({
  stack: [
    async ({}, use) => {
      const stack = await Stack.start();
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  firefox: [
    async ({}, use) => {
      const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.SLUICE_FIREFOX, headless: true });
      await use(browser);
      await browser.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  // A context for each person: cookies and keys of one are not the other's. What the console complains of fails the test.
  open: async ({ firefox, stack }, use) => {
    const people: Person[] = [];
    await use(async (name) => {
      const context = await firefox.createBrowserContext();
      const person = new Person(name, await context.newPage(), stack.url);
      people.push(person);
      await person.signIn();
      return person;
    });
    for (const person of people) await person.leave();
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
  },
});
