import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { aro, sign } from "../support/cms";
import { makeReviewerKey } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { oneRelease } from "../support/made";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn } from "../support/sluice";
import { test, type Stack } from "../support/stack";
import { deployed } from "../support/stacks";
import type { Browser, Locator, Page } from "@playwright/test";

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

/** A token that a system gets by its secret. */
async function tokenOf(stack: Stack, system: string): Promise<string> {
  const answer = await fetch(stack.tokenEndpoint, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${system}:${system}-demo-secret`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "sluice/submissions.read sluice/files.send" }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** What the API answers a system that asks for submissions: the problem's code, or `ok`. */
async function answered(stack: Stack, token: string): Promise<string> {
  const answer = await fetch(`${stack.url}/api/submissions`, { headers: { authorization: `Bearer ${token}` } });
  const body = (await answer.json()) as { code?: string };
  return body.code ?? "ok";
}

function system(page: Page, name: string): Locator {
  return page.getByRole("region", { name: "Systems" }).getByRole("row").filter({ hasText: name });
}

async function openSystems(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Systems" }).click();
  await expect(page.getByRole("heading", { name: "Systems", level: 2 })).toBeFocused();
}

async function administrator(browser: Browser, stack: Stack, name: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await signIn(page, name, "/signing-key");
  await makeReviewerKey(page);
  await openWithin(page, "/directory");
  return page;
}

test("a system sends a file by the commands of the guide, and is on record as who sent it", deployed, async ({ page, stack }) => {
  const guide = readFileSync(resolve(__dirname, "../../infra/SYSTEMS.md"), "utf8");
  const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, command]) => command);
  expect(commands).toHaveLength(5);
  const folder = temporaryFolder();
  const { name, content } = oneRelease(stack, "1203");
  writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, "signature.p7s"), sign(stack, aro(stack, "supplier-aro-1"), content));
  const said = execFileSync("bash", ["--norc", "-euo", "pipefail", "-c", commands.join("\n")], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      SLUICE: stack.url,
      TOKEN_ENDPOINT: stack.tokenEndpoint,
      CLIENT_ID: "supplier-gateway",
      CLIENT_SECRET: "supplier-gateway-demo-secret",
      FILE: name,
      SIGNATURE: "signature.p7s",
      KIND: "exit-quarantine",
    },
  }).toString();
  const [reference, state] = said.trim().split("\n").pop()!.split(" ");
  expect(state).toBe("accepted");
  expect(JSON.parse(readFileSync(join(folder, "receipt.json"), "utf8"))).toMatchObject({ uploader: "supplier-gateway" });

  await signIn(page, "Supplier administrator", `/submissions/${reference}`);
  await expect(page.getByText("Supplier gateway (system)").first()).toBeVisible();
  await openWithin(page, "/activity");
  await expect(page.getByRole("row").filter({ hasText: "Supplier gateway (system)" }).filter({ hasText: "Started a submission" }).first()).toBeVisible();
});

test("two DCC administrators register a system, and one of them stops it", deployed, async ({ browser, stack }) => {
  const token = await tokenOf(stack, "supplier-forecast");
  expect(await answered(stack, token)).toBe("not-registered");

  const first = await administrator(browser, stack, "DCC administrator 1");
  await first.getByRole("link", { name: "Large Supplier" }).click();
  await openSystems(first);
  await expect(system(first, "Supplier gateway")).toContainText("In use");
  await first.getByRole("button", { name: "Register a system" }).click();
  await expect(first.getByRole("heading", { name: "Register a system" })).toBeFocused();
  await first.getByRole("button", { name: "Ask for the change" }).click();
  const wrong = first.getByRole("alert");
  await expect(wrong).toContainText("The client ID does not have 1 to 255 characters");
  await expect(wrong).toContainText("Choose at least one thing that the system may do");
  await expectAccessible(first);
  await first.getByLabel("Client ID").fill("supplier-forecast");
  await first.getByLabel("Name", { exact: true }).fill("Supplier forecast");
  await first.getByLabel("Read submissions").check();
  // What is typed outlives a page that is loaded anew.
  await first.reload();
  await expect(first.getByLabel("Client ID")).toHaveValue("supplier-forecast");
  await expect(first.getByLabel("Read submissions")).toBeChecked();
  await first.getByLabel("Reason", { exact: true }).fill("Shows held communications to the control room.");
  await first.getByRole("button", { name: "Ask for the change" }).click();
  await expect(first.getByRole("alert")).toContainText("Another DCC administrator has to approve it");
  expect(await answered(stack, token)).toBe("not-registered");

  const second = await administrator(browser, stack, "DCC administrator 2");
  const waiting = second.getByRole("region", { name: "Register system: Supplier forecast (system)" });
  const lines = waiting.getByRole("table").getByRole("row");
  await expect(lines).toHaveText([/What\s*Before\s*After/, /Name\s*None\s*Supplier forecast/, /Client ID\s*None\s*supplier-forecast/, /Scopes\s*None\s*submissions.read/]);
  await expectAccessible(second);
  await waiting.getByLabel("Reason").fill("Seen and agreed.");
  await waiting.getByRole("button", { name: "Approve change" }).click();
  await expect(second.getByRole("alert")).toContainText("The change is made");
  expect(await answered(stack, token)).toBe("ok");

  await first.getByRole("button", { name: "Refresh" }).click();
  await expect(system(first, "Supplier forecast")).toContainText("by DCC administrator 1, approved by DCC administrator 2");
  await first.getByRole("button", { name: "Stop Supplier forecast" }).click();
  await first.getByLabel("Reason", { exact: true }).fill("The control room uses another one.");
  await first.getByRole("button", { name: "Stop this system now" }).click();
  await expect(first.getByRole("alert")).toContainText("The change is made");
  await expect(system(first, "Supplier forecast")).toContainText("Stopped");
  expect(await answered(stack, token)).toBe("system-stopped");
});

test("an administrator stops a system of their organisation, and the token that it has opens nothing", deployed, async ({ page, stack }) => {
  const token = await tokenOf(stack, "supplier-gateway");
  expect(await answered(stack, token)).toBe("ok");

  await signIn(page, "Supplier administrator", "/people");
  await openSystems(page);
  await expect(page.getByRole("button", { name: "Register a system" })).toHaveCount(0);
  const gateway = system(page, "Supplier gateway");
  await expect(gateway).toContainText("Send files that a person has signed");
  await expect(gateway).toContainText(/Last used|\d+ \w+ \d{4}/);
  await expectAccessible(page);
  for (const size of [NARROW, { width: 320, height: 640 }]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
  }
  await expectAccessible(page);
  await page.setViewportSize(WIDE);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download this list (CSV)" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text).toContain('"Supplier gateway","supplier-gateway","submissions.read, files.send, quarantine.read"');

  await page.getByRole("button", { name: "Stop Supplier gateway" }).click();
  await expect(page.getByRole("heading", { name: "Stop Supplier gateway" })).toBeFocused();
  await expect(page.getByText("You stop the system Supplier gateway (supplier-gateway) at once and for good:")).toBeVisible();
  await page.getByRole("button", { name: "Stop this system now" }).click();
  await expect(page.getByRole("alert")).toContainText("Say in at least 3 characters why");
  await expectAccessible(page);
  expect(await answered(stack, token)).toBe("ok");
  await page.getByLabel("Reason", { exact: true }).fill("Its secret was seen in a log.");
  await page.getByRole("button", { name: "Stop this system now" }).click();
  await expect(page.getByRole("alert")).toContainText("The change is made");
  await expect(gateway).toContainText("Stopped");
  await expect(gateway).toContainText("by Supplier administrator");
  await expect(page.getByRole("button", { name: "Stop Supplier gateway" })).toHaveCount(0);
  expect(await answered(stack, token)).toBe("system-stopped");
  await expectAccessible(page);

  await openWithin(page, "/activity");
  await expect(page.getByRole("row").filter({ hasText: "The system was stopped" }).filter({ hasText: "System supplier-gateway" })).toContainText("Supplier administrator");
  await expect(page.getByRole("row").filter({ hasText: "Supplier gateway (system)" }).filter({ hasText: "Refused" }).first()).toBeVisible();
});
