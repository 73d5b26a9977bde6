import { makeSigningKey } from "../support/files";
import { Api, announcement, put } from "../support/api";
import { networkThresholds } from "../support/made";
import { aro, sign } from "../support/cms";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn } from "../support/sluice";
import { test } from "../support/stack";

test("who has sent nothing yet sees what to do first, and it goes when it is done", async ({ page, stack }) => {
  // Others of the stack's tests send for this organisation.
  const nothingSent = "**/api/submissions?*";
  await page.route(nothingSent, (route) => route.fulfill({ json: { items: [] } }));
  await signIn(page, "Network ARO 1");
  const list = page.getByRole("region", { name: "Before your first file" });
  await expect(list.getByRole("listitem")).toHaveText([/key.+To do$/, /certificate.+To do$/, /Send your first file.+To do$/]);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await makeSigningKey(page);
  await page.goto("/");
  await expect(list.getByRole("listitem")).toHaveText([/key.+Done$/, /certificate.+Done$/, /Send your first file.+To do$/]);
  await expect(list.getByRole("link", { name: "Send your first file" })).toBeVisible();

  const file = networkThresholds();
  const api = new Api(stack, "network-aro-1");
  const { body } = await api.start(announcement(file, sign(stack, aro(stack, "network-aro-1"), file.content)));
  await put(body.upload!, file.content);
  await api.outcome(body.submission.reference);
  await page.unroute(nothingSent);
  await page.reload();
  await expect(page.getByText(body.submission.reference)).toBeVisible();
  await expect(list).toHaveCount(0);
});

test("who only sends is told that an ARO signs", async ({ page }) => {
  await page.route("**/api/submissions?*", (route) => route.fulfill({ json: { items: [] }, headers: { "access-control-allow-origin": "*" } }));
  await signIn(page, "Network submitter");
  const list = page.getByRole("region", { name: "Before your first file" });
  await expect(list.getByRole("listitem")).toHaveText([/signed by an ARO/, /Send your first file/]);
  await expectAccessible(page);
});
