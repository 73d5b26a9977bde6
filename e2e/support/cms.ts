import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awaitNextSecond } from "./clock";
import { temporaryFolder } from "./folder";
import type { Stack } from "./stack";

/** Files in PEM of a key and its certificate. */
export interface Signer {
  certificate: string;
  key: string;
}

/** The key that the demo PKI made for an ARO, as on a token that no browser reaches. */
export function aro(stack: Stack, person: string): Signer {
  const file = (name: string) => join(stack.state, "pki/people", name);
  return { certificate: file(`${person}.pem`), key: file(`${person}-key.pem`) };
}

/** A key of the demo PKI with something special about its certificate. It names Supplier ARO 1. */
export function special(stack: Stack, name: string): Signer {
  const file = (end: string) => join(stack.state, "pki/faults", name + end);
  return { certificate: file(".pem"), key: file("-key.pem") };
}

export function openssl(folder: string, ...args: string[]): string {
  return execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }).toString();
}

/** How a file is signed; the defaults are as Help has it. */
export interface How {
  /** Over the bytes as they are. Without it, OpenSSL changes the line ends first. */
  binary?: boolean;
  digest?: "sha256" | "sha1";
  /** With the file inside: a `.p7m`. */
  enveloping?: boolean;
}

/** Signs as `openssl cms -sign` does, in DER, in a second of its own. */
export function sign(stack: Stack, signer: Signer, content: Buffer, how: How = {}): Buffer {
  awaitNextSecond();
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), content);
  openssl(
    folder,
    ...["cms", "-sign", "-md", how.digest ?? "sha256", "-in", "file", "-outform", "DER", "-out", "signature"],
    ...["-signer", signer.certificate, "-inkey", signer.key, "-certfile", join(stack.state, "pki/issuing.pem")],
    ...((how.binary ?? true) ? ["-binary"] : []),
    ...(how.enveloping ? ["-nodetach"] : []),
  );
  return readFileSync(join(folder, "signature"));
}

/** What is inside a signature, or under it, after `openssl cms -verify` has found it good up to the demo root. */
export function verify(stack: Stack, signature: Buffer, content?: Buffer): Buffer {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "signature"), signature);
  if (content) writeFileSync(join(folder, "file"), content);
  openssl(
    folder,
    ...["cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-out", "verified", "-purpose", "any"],
    ...["-CAfile", join(stack.state, "pki/root.pem")],
    ...(content ? ["-content", "file"] : []),
  );
  return readFileSync(join(folder, "verified"));
}
