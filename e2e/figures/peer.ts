import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/** What PapaParse made of a file, and how long it took in milliseconds. */
export interface PeerAnswer {
  took: number;
  rows: number;
  duplicates: number;
  foreign: number;
  /** SHA-256, in hexadecimal. */
  digest: string;
}

/** A page on which PapaParse checks files, in a worker as Sluice does. */
export class Peer {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Peer> {
    const served: Record<string, [string, string]> = {
      "/": ["text/html", join(__dirname, "papaparse/index.html")],
      "/worker.js": ["text/javascript", join(__dirname, "papaparse/worker.js")],
      "/papaparse.js": ["text/javascript", require.resolve("papaparse/papaparse.min.js")],
    };
    const server = createServer(({ url }, answer) => {
      const [type, file] = served[url ?? ""] ?? [];
      if (!file) return answer.writeHead(404).end();
      return answer.writeHead(200, { "content-type": type }).end(readFileSync(file));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new Peer(server);
  }

  stop(): void {
    this.server.close();
  }

  async check(page: Page, file: string, own: string[]): Promise<PeerAnswer> {
    await page.goto(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`);
    await page.getByLabel("File").setInputFiles(file);
    return page.evaluate(async (own) => {
      const worker = new Worker("/worker.js");
      const file = document.querySelector("input")!.files![0];
      const asking = performance.now();
      worker.postMessage({ file, own });
      const answer = await new Promise<Omit<PeerAnswer, "took">>((heard, failed) => {
        worker.onmessage = ({ data }) => heard(data);
        worker.onerror = ({ message }) => failed(new Error(message));
      });
      const took = performance.now() - asking;
      worker.terminate();
      return { ...answer, took };
    }, own);
  }
}
