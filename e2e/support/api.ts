import { createHash, randomUUID } from "node:crypto";
import type { Made } from "./made";
import type { Stack } from "./stack";

/** What the API answered. */
export interface Answer<T = Record<string, never>> {
  status: number;
  type: string;
  body: T;
}

/** The answer to the start of a submission. */
export interface Started {
  submission: { reference: string; state: string };
  upload?: { url: string; headers: Record<string, string>; expiresAt: string };
}

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  correlationId: string;
}

/** The API as a script of a demo person uses it, at the entrance where the person is answered. */
export class Api {
  private readonly token: string;
  private readonly base: string;

  constructor(
    stack: Stack,
    person: string,
    aheadSeconds = 0,
  ) {
    this.token = stack.token(person, aheadSeconds);
    this.base = `${stack.url}/api${/^(reviewer|dcc)-/.test(person) ? "/dcc" : ""}`;
  }

  async send<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, type: answer.headers.get("content-type") ?? "", body: text ? (JSON.parse(text) as T) : ({} as T) };
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.send("GET", path);
  }

  start<T = Started>(request: object, key: string = randomUUID()): Promise<Answer<T>> {
    return this.send("POST", "/submissions", request, { "Idempotency-Key": key });
  }

  /** How many communications of an event are held now. */
  async held(event: string): Promise<number> {
    return (await this.get<{ counts: { held: number } }>(`/quarantine-events/${event}`)).body.counts.held;
  }

  /** The state of a submission, once it has left those in which the service is at work. */
  async outcome(reference: string): Promise<string> {
    for (let tries = 0; tries < 150; tries += 1) {
      const { body } = await this.get<{ state: string }>(`/submissions/${reference}`);
      if (body.state !== "received" && body.state !== "awaiting-upload") return body.state;
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error(`${reference} was not settled in 30 seconds`);
  }
}

/** The start of a submission of this file with this signature. */
export function announcement({ name, content }: Made, signature: Buffer): { kind: string; length: number } & Record<string, unknown> {
  return {
    kind: name.startsWith("ADT") ? "adt" : "exit-quarantine",
    fileName: name,
    length: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    signature: { form: "detached", der: signature.toString("base64") },
  };
}

/** Puts bytes where an upload goes, and gives the status. */
export async function put(upload: NonNullable<Started["upload"]>, bytes: Buffer): Promise<number> {
  const answer = await fetch(upload.url, { method: "PUT", headers: upload.headers, body: new Uint8Array(bytes) });
  await answer.arrayBuffer();
  return answer.status;
}
