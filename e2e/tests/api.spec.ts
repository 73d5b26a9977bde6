import { connect } from "node:net";
import { announcement, Api, put, type Answer, type Problem, type Started } from "../support/api";
import { networkThresholds, oneRelease } from "../support/made";
import { aro, sign } from "../support/cms";
import { expect } from "../support/sluice";
import { test, type Stack } from "../support/stack";
import { deployed } from "../support/stacks";

/** A file of the network operator that is signed and announced, not sent. */
async function announced(stack: Stack, api: Api) {
  const file = networkThresholds();
  const request = announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const { body } = await api.start(request);
  return { file, request, reference: body.submission.reference, upload: body.upload! };
}

function expectProblem({ status, type, body }: Answer<Problem>, code: string, expected: number) {
  expect(status).toBe(expected);
  expect(type).toContain("application/problem+json");
  expect(body).toMatchObject({ code, status: expected, correlationId: expect.stringMatching(/^[0-9a-f]{16}$/) as string });
  expect(body.title.length).toBeGreaterThan(3);
  expect(body.detail.length).toBeGreaterThan(10);
}

test("the same request twice starts one submission; another request with its key is refused", deployed, async ({ stack }) => {
  const api = new Api(stack, "network-submitter");
  const file = networkThresholds();
  const request = announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const first = await api.start(request, "the-same-key-1");
  const second = await api.start(request, "the-same-key-1");
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body.submission.reference).toBe(first.body.submission.reference);
  const other = announcement(networkThresholds(), Buffer.from("another"));
  expectProblem(await api.start<Problem>(other, "the-same-key-1"), "key-reused", 422);
});

test("the same file again answers with the first submission, on its way and once accepted", deployed, async ({ stack }) => {
  const api = new Api(stack, "network-submitter");
  const { file, request, reference, upload } = await announced(stack, api);
  expect((await api.start(request)).body.submission.reference).toBe(reference);
  expect(await put(upload, file.content)).toBe(200);
  expect(await api.outcome(reference)).toBe("accepted");
  const again = await api.start(request);
  expect(again.status).toBe(200);
  expect(again.body.submission).toMatchObject({ reference, state: "accepted" });
  expect(again.body.upload).toBeUndefined();
});

test("two starts at once are one submission", deployed, async ({ stack }) => {
  const api = new Api(stack, "network-submitter");
  const file = networkThresholds();
  const request = announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content));
  const answers = await Promise.all([1, 2, 3, 4].map(() => api.start(request)));
  expect(new Set(answers.map(({ body }) => body.submission.reference)).size).toBe(1);
});

test("an upload takes the announced bytes only, once, and whole", deployed, async ({ stack }) => {
  const api = new Api(stack, "network-submitter");
  const { file, reference, upload } = await announced(stack, api);
  const longer = Buffer.concat([file.content, Buffer.from("\r\n")]);
  const other = Buffer.from(file.content.toString().replace("62", "63"));
  expect(await put(upload, longer)).toBeGreaterThanOrEqual(400);
  expect(await put(upload, other)).toBe(400);
  await halfAnUpload(upload, file.content);
  const waiting = await api.get<{ state: string }>(`/submissions/${reference}`);
  expect(waiting.body.state).toBe("awaiting-upload");

  expect(await put(upload, file.content)).toBe(200);
  expect(await put(upload, file.content)).toBe(412);
  expect(await api.outcome(reference)).toBe("accepted");
});

/** Sends half the bytes, then breaks the connection. */
function halfAnUpload(upload: NonNullable<Started["upload"]>, content: Buffer): Promise<void> {
  const { hostname, port, pathname, search } = new URL(upload.url);
  return new Promise((done) => {
    const socket = connect(Number(port), hostname, () => {
      const headers = Object.entries({ ...upload.headers, host: `${hostname}:${port}`, "content-length": content.length });
      socket.write(`PUT ${pathname}${search} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
      socket.write(content.subarray(0, content.length / 2), () => setTimeout(() => socket.destroy(), 100));
    });
    socket.on("close", () => done());
    socket.on("error", () => done());
  });
}

test("an upload cannot be moved to another key, length or time", deployed, async ({ stack }) => {
  const api = new Api(stack, "network-submitter");
  const { file, reference, upload } = await announced(stack, api);
  for (const change of [
    (url: string) => url.replace(reference, "0000-0000-0000-0000"),
    (url: string) => url.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=86400"),
  ]) {
    expect(await put({ ...upload, url: change(upload.url) }, file.content)).toBe(403);
  }
});

test("a submission that waits longer than a day for its file has expired; the file goes in a new one", deployed, async ({ stack }) => {
  const file = oneRelease(stack, "1203");
  const request = announcement(file, sign(stack, aro(stack, "supplier-aro-1"), file.content));
  const { reference } = (await new Api(stack, "supplier-submitter").start(request)).body.submission;
  const later = 25 * 3_600;
  await stack.turn("clock", { aheadSeconds: later });
  const api = new Api(stack, "supplier-submitter", later);
  expect((await api.get<{ state: string }>(`/submissions/${reference}`)).body.state).toBe("expired");
  expectProblem(await api.send<Problem>("POST", `/submissions/${reference}/upload`, {}), "upload-expired", 410);
  const anew = await api.start(request);
  expect(anew.status).toBe(201);
  expect(anew.body.submission.reference).not.toBe(reference);
});

test("what belongs to another organisation is not there", deployed, async ({ stack }) => {
  const network = new Api(stack, "network-submitter");
  const supplier = new Api(stack, "supplier-aro-1");
  const { reference } = await announced(stack, network);
  for (const path of [
    `/submissions/${reference}`,
    `/submissions/${reference}/findings`,
    `/submissions/${reference}/receipt`,
    "/thresholds/90-B3-D5-1F-30-03-00-00",
    "/thresholds/90-B3-D5-1F-30-03-00-00/history",
    "/quarantine-events/1301",
    "/quarantine-events/1301/communications?page=0",
    "/submissions/0000-0000-0000-0000",
  ]) {
    expectProblem(await supplier.get<Problem>(path), "not-found", 404);
  }
  expectProblem(await supplier.get<Problem>("/reviews"), "not-found", 404);
  for (const path of ["/dcc/reviews", "/dcc/submissions", "/dcc/thresholds"]) {
    expectProblem(await supplier.get<Problem>(path), "not-allowed", 403);
  }
  const listed = await supplier.get<{ submissions: { reference: string }[] }>("/submissions");
  expect(JSON.stringify(listed.body)).not.toContain(reference);
});

test("what makes no sense is answered by RFC 9457", deployed, async ({ stack }) => {
  const api = new Api(stack, "network-submitter");
  expectProblem(await api.start<Problem>({ kind: "something" }), "invalid-request", 422);
  expectProblem(await api.send<Problem>("POST", "/submissions", {}), "invalid-request", 422);
  expectProblem(await api.get<Problem>("/nothing-here"), "not-found", 404);
  expectProblem(await api.send<Problem>("DELETE", "/me"), "method-not-allowed", 405);
  await stack.turn("clock", { aheadSeconds: 25 * 3_600 });
  expectProblem(await api.get<Problem>("/me"), "sign-in-needed", 401);
  await stack.turn("clock", { aheadSeconds: 0 });
  expectProblem(await api.get<Problem>("/submissions?cursor=made-up"), "invalid-request", 422);
  const unsigned = await fetch(`${stack.url}/api/me`);
  expect(unsigned.status).toBe(401);
  expect(unsigned.headers.get("www-authenticate")).toContain("Bearer");
  const huge = { ...announcement(networkThresholds(), Buffer.from("x")), length: 10 ** 12 };
  expectProblem(await api.start<Problem>(huge), "file-too-large", 413);
});
