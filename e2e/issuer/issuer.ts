import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Page } from "@playwright/test";

/** `provider.mjs`, running. */
export class Issuer {
  private constructor(
    /** As its tokens name it. */
    readonly address: string,
    readonly stop: () => void,
  ) {}

  static async start(): Promise<Issuer> {
    const child = spawn(process.execPath, [join(__dirname, "provider.mjs")], { stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (piece: Buffer) => (complaints += piece.toString()));
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith("http://")) return new Issuer(line, () => child.kill());
    }
    throw new Error(`The issuer ended with ${child.exitCode} before it said where it is:\n${complaints}`);
  }
}

/** On the issuer's own pages: says who one is. */
export async function signInAtTheIssuer(page: Page, person: string): Promise<void> {
  await page.getByLabel("Login").fill(person);
  await page.getByRole("button", { name: "Sign in here" }).click();
}
