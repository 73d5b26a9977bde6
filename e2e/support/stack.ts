import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "./folder";
import { test as base } from "./sluice";

/** The folder of the page as it was built. */
export const builtPage = () => process.env.SLUICE_PAGE ?? resolve(__dirname, "../../.sluice/page");

/**
 * A stack of these tests' own, with its test controls and the certificates that must be refused: what they change, decide
 * and break is nobody else's. One for all files that ask for it.
 */
export class Stack {
  private constructor(
    private readonly process: ChildProcess,
    private readonly program: string,
    /** The folder of its data. */
    readonly state: string,
    /** Where its page is. */
    readonly url: string,
    private readonly issuer: string,
  ) {}

  /** `page` is the folder of the page that it serves; `signIn`, where another issuer than its own signs people in. */
  static async start({ page = builtPage(), signIn }: { page?: string; signIn?: string } = {}): Promise<Stack> {
    const program = process.env.SLUICE_LOCAL;
    if (!program) throw new Error("SLUICE_LOCAL says where the stack's program is; `cargo xtask test --only browser` sets it");
    const state = temporaryFolder();
    const child = spawn(program, ["up", "--port", "0", "--state", state, "--page", page, "--testing", ...(signIn ? ["--issuer", signIn] : [])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const url = await new Promise<string>((found, failed) => {
      const hear = (piece: Buffer) => {
        said += piece.toString();
        const address = /Sluice runs:\s+(http:\/\/[\d.:]+)/.exec(said);
        if (address) found(address[1]!);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", (code) => failed(new Error(`The stack ended with ${code}:\n${said}`)));
    });
    const { issuer } = JSON.parse(readFileSync(join(state, "stack.json"), "utf8")) as { issuer: string };
    return new Stack(child, program, state, url, issuer);
  }

  /** Where systems get their tokens. */
  get tokenEndpoint(): string {
    return `${this.issuer}/token`;
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.process;
    const ended = exitCode === null && signalCode === null ? new Promise((done) => this.process.on("exit", done)) : undefined;
    this.process.kill("SIGINT");
    await ended;
    rmSync(this.state, { recursive: true, force: true });
  }

  /** An access token of a demo person who has just signed in, by a clock that is so far ahead. */
  token(person: string, aheadSeconds = 0): string {
    return execFileSync(this.program, ["token", person, "--state", this.state, `--ahead-seconds=${aheadSeconds}`]).toString().trim();
  }

  /** Turns a control for tests. */
  async turn(control: "clock" | "queue" | "s3", to: object): Promise<void> {
    const answer = await fetch(`${this.issuer}/testing/${control}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(to),
    });
    if (!answer.ok) throw new Error(`/testing/${control} answered ${answer.status}`);
  }

  /** A sample file by the beginning of its name. */
  sample(beginning: string): { name: string; content: Buffer } {
    const folder = join(this.state, "samples");
    const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as { samples: { name: string }[] };
    const found = index.samples.find(({ name }) => name.startsWith(beginning));
    if (!found) throw new Error(`There is no sample ${beginning}`);
    return { name: found.name, content: readFileSync(join(folder, found.name)) };
  }
}

async function runStack(use: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await Stack.start();
  await use(stack);
  await stack.stop();
}

/** Tests on the stack of their own. Its controls are back in their places after each. */
export const test = base.extend<{ controls: void }, { stack: Stack }>({
  stack: [async ({}, use) => runStack(use), { scope: "worker", timeout: 120_000 }],
  baseURL: async ({ stack }, use) => use(stack.url),
  controls: [
    async ({ stack }, use) => {
      await use();
      await stack.turn("clock", { aheadSeconds: 0 });
      await stack.turn("queue", { paused: false });
      await stack.turn("s3", { down: false });
    },
    { auto: true },
  ],
});

/** Tests of one file on a stack that no other file has: what they see depends on all that was sent there before. */
export const testAlone = () => test.extend<object, { stack: Stack }>({ stack: [async ({}, use) => runStack(use), { scope: "worker", timeout: 120_000 }] });
