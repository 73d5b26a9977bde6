import { choose, riskyChange, sample, smallChange } from "../support/files";
import { signElsewhere } from "../support/openssl";
import { expect, openWithin, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

test.use({ brokenNetwork: true });

/** Storage's port is two above the page's. */
const storage = (baseURL?: string) => {
  const url = new URL(baseURL ?? "");
  return `http://127.0.0.1:${Number(url.port) + 2}/**`;
};

test("a connection that drops keeps everything, and the second try is the same submission", deployed, async ({ page, baseURL }) => {
  await signIn(page, "Supplier submitter", "/send");
  await choose(page, await sample(page, /^EXITQ_1201_/, true));
  await page.getByRole("button", { name: "Continue" }).click();

  let submissions = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/submissions")) submissions += 1;
  });
  await page.route(storage(baseURL), (route) => (route.request().method() === "PUT" ? route.abort("connectionreset") : route.continue()));
  await page.getByRole("button", { name: "Send file" }).click();
  await expect(page.getByRole("alert")).toContainText("The upload was interrupted");
  await expect(page.getByRole("alert")).toBeFocused();

  await page.unroute(storage(baseURL));
  const first = await page.evaluate(() => location.search);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Accepted" })).toBeVisible();
  expect(first).toMatch(/draft=/);
  expect(submissions).toBe(2);

  // Started twice with one key: one submission.
  const reference = page.url().split("/").at(-1) ?? "";
  await page.goto("/submissions");
  await expect(page.getByRole("link", { name: reference })).toHaveCount(1);
});

test("an address that storage refuses is asked for anew", deployed, async ({ page, request, baseURL }) => {
  const signer = { id: "supplier-aro-2", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 2" };
  const [file] = await sample(page, riskyChange);
  const signed = await signElsewhere(request, baseURL ?? "", signer, file);
  await signIn(page, "Supplier submitter", "/send");
  await choose(page, signed);
  await page.getByRole("button", { name: "Continue" }).click();

  let refused = 0;
  await page.route(storage(baseURL), (route) => {
    if (route.request().method() !== "PUT" || refused > 0) return route.continue();
    refused += 1;
    return route.fulfill({ status: 403, headers: { "access-control-allow-origin": "*" }, body: "expired" });
  });
  const anew = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/upload"));
  await page.getByRole("button", { name: "Send file" }).click();
  await anew;
  await expect(page.getByRole("heading", { name: "Waiting for a DCC reviewer" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Why a reviewer has to decide" })).toBeVisible();
});

test("an upload ends when it is stopped, and when its page is left", deployed, async ({ page, request, baseURL }) => {
  const signer = { id: "supplier-aro-2", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 2" };
  const [file] = await sample(page, riskyChange);
  await signIn(page, "Supplier submitter", "/send");
  await choose(page, await signElsewhere(request, baseURL ?? "", signer, file));
  await page.getByRole("button", { name: "Continue" }).click();

  // Storage takes its time.
  await page.route(storage(baseURL), (route) => (route.request().method() === "PUT" ? undefined : route.continue()));
  const puts = async (end: () => Promise<void>) => {
    const begun = page.waitForRequest((request) => request.method() === "PUT");
    const ended = page.waitForEvent("requestfailed", (request) => request.method() === "PUT");
    await page.getByRole("button", { name: /^Check (with the service|again), without effect$/ }).click();
    await begun;
    await end();
    expect((await ended).failure()?.errorText).toBe("net::ERR_ABORTED");
  };
  await puts(() => page.getByRole("button", { name: "Stop" }).click());
  await expect(page.getByText("You stopped the check without effect. Nothing has taken effect, and the draft is kept.")).toBeFocused();
  await puts(() => openWithin(page, "/help"));
});

test("once all of it has gone, the page says what it waits for, and no figure stands still", async ({ page, request, baseURL }) => {
  // As where storage takes its time to answer: until this test has looked.
  await page.addInitScript(() => {
    const listen = XMLHttpRequest.prototype.addEventListener;
    XMLHttpRequest.prototype.addEventListener = function (this: XMLHttpRequest, type: string, heard: (event: Event) => void, ...rest: unknown[]) {
      const late = type === "loadend" ? (event: Event) => Object.assign(window, { answer: () => heard.call(this, event) }) : heard;
      listen.call(this, type, late as EventListener, ...(rest as []));
    } as typeof listen;
  });
  await signIn(page, "Supplier submitter", "/send");
  const [file] = await sample(page, smallChange);
  await choose(page, await signElsewhere(request, baseURL ?? "", { id: "supplier-aro-1", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 1" }, file));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Check with the service, without effect" }).click();
  await expect(page.getByText("The whole file has been sent. Waiting for the service to confirm it…")).toBeVisible();
  await expect(page.getByText(/100\s*%/)).toHaveCount(0);
  await expect(page.getByRole("progressbar", { name: "Waiting for the service to confirm the file" })).not.toHaveAttribute("value");
  await page.waitForFunction(() => "answer" in window);
  await page.evaluate(() => (window as unknown as { answer(): void }).answer());
  await page.waitForURL(/\/send\/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
});
