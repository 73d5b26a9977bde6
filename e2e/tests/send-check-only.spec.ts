import { choose, decisionsOn, eightFaults, makeSigningKey, riskyChange, sample, smallChange } from "../support/files";
import { signElsewhere } from "../support/openssl";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";

const CHECK = "Check with the service, without effect";

test("a check without effect says what the service would do, is told as not sent wherever it is listed, and the file can be sent after it", deployed, async ({ page, request, baseURL }) => {
  const [file] = await sample(page, smallChange);
  const signed = await signElsewhere(request, baseURL ?? "", { id: "supplier-aro-1", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 1" }, file);
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, signed);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: CHECK }).click();

  await expect(page.getByRole("heading", { name: /^Checked only/ })).toBeFocused();
  await expect(page.getByText("the file was not sent, nothing takes effect, and there is no receipt")).toBeVisible();
  await expect(page.getByRole("button", { name: "Download the signed receipt" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Accepted" })).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  const reference = page.url().split("/").at(-1)!;

  for (const path of ["/submissions", "/"]) {
    await page.getByRole("link", { name: path === "/" ? "Overview" : "Submissions", exact: true }).click();
    const row = page.getByRole("row").filter({ hasText: reference });
    await expect(row).toContainText("Checked only");
    await expect(row).toContainText("Not sent: nothing takes effect");
  }
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByText("Check asked for by")).toBeVisible();
  await expect(page.getByText("the file was not sent, nothing takes effect, and there is no receipt")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/send/${reference}`);
  await page.getByRole("button", { name: "Continue with this file" }).click();
  await expect(page.getByRole("button", { name: "Send file" })).toBeVisible();
});

test("the rules that make a reviewer decide are said beforehand in the words in which the service says them", async ({ page }) => {
  await signIn(page, "Supplier ARO 1");
  await makeSigningKey(page);
  await page.goto("/send");
  await choose(page, await sample(page, riskyChange));
  await expect(page.getByText("A DCC reviewer will decide about this file before it takes effect.")).toBeVisible();
  const rules = page.locator(".app-rules li");
  const beforehand = await rules.allInnerTexts();
  expect(beforehand.length).toBeGreaterThan(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign file" }).click();
  await page.getByRole("button", { name: CHECK }).click();
  await expect(page.getByRole("heading", { name: "Checked only: a reviewer would decide" })).toBeFocused();
  await expect(rules).toHaveText(beforehand, { useInnerText: true });
});

test("faults are found before anything goes to the service", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, eightFaults));
  await expect(page.getByText(/^Your file cannot be sent yet/)).toBeVisible();
  await expect(page.getByRole("button", { name: CHECK })).toHaveCount(0);
});

test("releases beyond what may go without a review are said beforehand, in the words in which the service says them", deployed, async ({ page }) => {
  await signIn(page, "Supplier ARO 1");
  await makeSigningKey(page);
  const [whole] = await sample(page, decisionsOn("18446744073709551617"));
  const rows = whole!.buffer.toString().split("\r\n").slice(0, 10_002);
  const released = rows.map((row) => row.replace(/,Delete$/, ",Release")).join("\r\n");
  await page.goto("/send");
  await choose(page, [{ ...whole!, buffer: Buffer.from(`${released}\r\n`) }]);
  await expect(page.getByText("Release 10,001 of the 100,000 communications held in event 18446744073709551617.").first()).toBeVisible();
  const rules = page.locator(".app-rules li");
  await expect(rules.filter({ hasText: "A large number of communications is released within a period" })).toHaveCount(1);
  const beforehand = await rules.allInnerTexts();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign file" }).click();
  await page.getByRole("button", { name: CHECK }).click();
  await expect(page.getByRole("heading", { name: "Checked only: a reviewer would decide" })).toBeFocused();
  await expect(rules).toHaveText(beforehand, { useInnerText: true });
});

test.describe("a check that fails", () => {
  test.use({ brokenNetwork: true });

  test("is tried again as a check, never as a sending", async ({ page, request, baseURL }) => {
    const [file] = await sample(page, smallChange);
    const signed = await signElsewhere(request, baseURL ?? "", { id: "supplier-aro-1", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 1" }, file);
    await signIn(page, "Supplier ARO 1", "/send");
    await choose(page, signed);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.route("**/api/submissions", (route) => (route.request().method() === "POST" ? route.abort("connectionreset") : route.continue()), { times: 1 });
    await page.getByRole("button", { name: CHECK }).click();
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Send file" })).toBeVisible();

    const again = page.waitForRequest((sent) => sent.method() === "POST" && sent.url().endsWith("/api/submissions"));
    await page.getByRole("button", { name: "Check again, without effect" }).click();
    expect((await again).postDataJSON()).toMatchObject({ checkOnly: true });
    await expect(page.getByRole("heading", { name: /^Checked only/ })).toBeFocused();
  });
});
