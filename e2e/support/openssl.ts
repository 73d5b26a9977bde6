import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, type APIRequestContext } from "@playwright/test";

import { awaitNextSecond } from "./clock";
import type { Given } from "./files";
import { temporaryFolder } from "./folder";

const openssl = (folder: string, ...args: string[]) =>
  execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });

/** The issuer stands one port above the page. */
const issuerOf = (baseURL: string) => `http://127.0.0.1:${Number(new URL(baseURL).port) + 1}`;

/** An access token of a demo person, by the same way as the page's own. */
export async function token(request: APIRequestContext, baseURL: string, person: string): Promise<string> {
  const issuer = issuerOf(baseURL);
  const verifier = randomBytes(32).toString("base64url");
  const redirect_uri = `${baseURL}/signed-in`;
  const chosen = await request.post(`${issuer}/authorize`, {
    headers: { origin: issuer },
    maxRedirects: 0,
    form: {
      response_type: "code",
      client_id: "sluice-page",
      redirect_uri,
      scope: "openid",
      state: "s",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      person,
    },
  });
  const code = new URL(chosen.headers().location).searchParams.get("code") ?? "";
  const answer = await request.post(`${issuer}/token`, {
    form: { grant_type: "authorization_code", code, redirect_uri, client_id: "sluice-page", code_verifier: verifier },
  });
  expect(answer.ok()).toBe(true);
  return (await answer.json()).access_token;
}

/** Signs a file by `openssl cms`, as an ARO does whose key no browser can reach: the file, and its `.p7s` beside it. */
export async function signElsewhere(
  request: APIRequestContext,
  baseURL: string,
  signer: { id: string; subject: string },
  file: Given,
): Promise<Given[]> {
  const folder = temporaryFolder();
  const subject = ["-subj", signer.subject];
  openssl(folder, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-out", "request.pem", ...subject);
  const issued = await request.post(`${issuerOf(baseURL)}/pki/certificates`, {
    headers: { authorization: `Bearer ${await token(request, baseURL, signer.id)}`, "content-type": "application/x-pem-file" },
    data: readFileSync(join(folder, "request.pem")),
  });
  expect(issued.ok(), await issued.text()).toBe(true);
  // The person's certificate first, then the authority's.
  const [leaf, ...authorities] = (await issued.text()).split(/(?=-----BEGIN CERTIFICATE-----)/).filter((part) => part.trim());
  writeFileSync(join(folder, "certificate.pem"), leaf);
  writeFileSync(join(folder, "authorities.pem"), authorities.join(""));
  writeFileSync(join(folder, "file.csv"), file.buffer);
  awaitNextSecond();
  openssl(folder, "cms", "-sign", "-binary", "-md", "sha256", "-in", "file.csv", "-signer", "certificate.pem", "-inkey", "key.pem", "-certfile", "authorities.pem", "-outform", "DER", "-out", "file.p7s");
  const signature = { name: `${file.name}.p7s`, mimeType: "application/pkcs7-signature", buffer: readFileSync(join(folder, "file.p7s")) };
  return [file, signature];
}
