import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { ElementHandle, KeyInput, Page } from "puppeteer-core";
import { temporaryFolder } from "../support/folder";
import type { Made } from "../support/made";

type Role = "button" | "link" | "textbox" | "combobox" | "spinbutton" | "checkbox";

/** Somebody at the page, who knows of it what it says: the roles, names and words that assistive technology gives. */
export class Person {
  /** What the console complained of. */
  readonly complaints: string[] = [];

  constructor(
    private readonly name: string,
    private readonly page: Page,
    private readonly url: string,
  ) {
    page.on("pageerror", (error) => this.complaints.push(`exception: ${String(error)}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`console: ${message.text()}`);
    });
  }

  async signIn(): Promise<void> {
    await this.goTo("/");
    await this.press("button", "Sign in");
    await this.press("button", this.name);
    await this.reads("Overview", "Review");
  }

  /** Opens an address, as by the address bar. */
  async goTo(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  /** The path of the address bar, once it is like this. */
  async standsAt(path: RegExp): Promise<string> {
    await expect.poll(() => new URL(this.page.url()).pathname, { timeout: 90_000 }).toMatch(path);
    return new URL(this.page.url()).pathname;
  }

  async press(role: Role, name: string): Promise<void> {
    await this.locate(role, name).click();
  }

  async fill(name: string, text: string, role: Role = "textbox"): Promise<void> {
    await this.locate(role, name).fill(text);
  }

  async focus(name: string, role: string): Promise<void> {
    const element = await this.page.waitForSelector(selector(role, name));
    await element?.focus();
  }

  async key(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async keyWith(held: KeyInput, key: KeyInput): Promise<void> {
    await this.page.keyboard.down(held);
    await this.page.keyboard.press(key);
    await this.page.keyboard.up(held);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** Gives a file to the file field. */
  async choose({ name, content }: Made): Promise<void> {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, content);
    const field = (await this.page.waitForSelector("input[type=file]")) as ElementHandle<HTMLInputElement> | null;
    await field?.uploadFile(path);
  }

  /** Waits until one of these stands on the page. */
  async reads(...words: string[]): Promise<void> {
    const anyOf = new RegExp(words.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"));
    await expect.poll(() => this.sees(), { timeout: 90_000 }).toMatch(anyOf);
  }

  /** What the page says, to who looks at it. */
  async sees(): Promise<string> {
    // Between two pages there is none to ask.
    return this.page.evaluate(() => document.body?.innerText ?? "").catch(() => "");
  }

  async leave(): Promise<void> {
    await this.page.browserContext().close();
  }

  private locate(role: Role, name: string) {
    return this.page.locator(selector(role, name)).setTimeout(30_000);
  }
}

function selector(role: string, name: string): string {
  return `::-p-aria([name="${name}"][role="${role}"])`;
}
