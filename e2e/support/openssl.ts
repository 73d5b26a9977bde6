import { execFileSync } from "node:child_process";
import { X509Certificate, createHash, randomBytes } from "node:crypto";
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

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Registers the certificate in a folder as its owner does whose key no browser can reach: with a signature of the key. */
async function register(request: APIRequestContext, baseURL: string, authorization: string, folder: string): Promise<void> {
  const api = { headers: { authorization } };
  const me = await (await request.get(`${baseURL}/api/me`, api)).json();
  const certificate = new X509Certificate(readFileSync(join(folder, "certificate.pem")));
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  const issuer = openssl(folder, "x509", "-in", "certificate.pem", "-noout", "-issuer", "-nameopt", "RFC2253").toString().trim().replace("issuer=", "");
  const moment = (text: string) => new Date(text).toISOString().replace(".000Z", "Z");
  const letters = [...randomBytes(16)].map((byte) => CROCKFORD[byte % 32]).join("");
  const statement = {
    request: letters.match(/.{4}/g)!.join("-"),
    organisation: me.organisation.id,
    change: {
      kind: "register-certificate",
      person: me.person.id,
      certificate: {
        sha256: sha256(certificate.raw),
        key: sha256(certificate.publicKey.export({ type: "spki", format: "der" })),
        issuer,
        serial: certificate.serialNumber.toLowerCase(),
        notBefore: moment(certificate.validFrom),
        notAfter: moment(certificate.validTo),
      },
    },
    reason: "Its key is elsewhere.",
    askedAt: moment(new Date(Math.floor(Date.now() / 1000) * 1000).toISOString()),
  };
  writeFileSync(join(folder, "registration.json"), JSON.stringify(statement));
  openssl(folder, "cms", "-sign", "-binary", "-nodetach", "-md", "sha256", "-in", "registration.json", "-signer", "certificate.pem", "-inkey", "key.pem", "-certfile", "authorities.pem", "-outform", "DER", "-out", "registration.p7m");
  const signed = readFileSync(join(folder, "registration.p7m")).toString("base64");
  const taken = await request.post(`${baseURL}/api/me/certificates`, { ...api, data: { signed } });
  expect(taken.status(), await taken.text()).toBe(202);
  const registered = async () => {
    const { certificates } = await (await request.get(`${baseURL}/api/me`, api)).json();
    return certificates.map((one: { certificate: { sha256: string } }) => one.certificate.sha256);
  };
  await expect.poll(registered).toContain(statement.change.certificate.sha256);
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
  const authorization = `Bearer ${await token(request, baseURL, signer.id)}`;
  const issued = await request.post(`${issuerOf(baseURL)}/pki/certificates`, {
    headers: { authorization, "content-type": "application/x-pem-file" },
    data: readFileSync(join(folder, "request.pem")),
  });
  expect(issued.ok(), await issued.text()).toBe(true);
  // The person's certificate first, then the authority's.
  const [leaf, ...authorities] = (await issued.text()).split(/(?=-----BEGIN CERTIFICATE-----)/).filter((part) => part.trim());
  writeFileSync(join(folder, "certificate.pem"), leaf);
  writeFileSync(join(folder, "authorities.pem"), authorities.join(""));
  await register(request, baseURL, authorization, folder);
  writeFileSync(join(folder, "file.csv"), file.buffer);
  awaitNextSecond();
  openssl(folder, "cms", "-sign", "-binary", "-md", "sha256", "-in", "file.csv", "-signer", "certificate.pem", "-inkey", "key.pem", "-certfile", "authorities.pem", "-outform", "DER", "-out", "file.p7s");
  const signature = { name: `${file.name}.p7s`, mimeType: "application/pkcs7-signature", buffer: readFileSync(join(folder, "file.p7s")) };
  return [file, signature];
}
