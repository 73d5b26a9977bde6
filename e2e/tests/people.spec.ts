import { makeReviewerKey } from "../support/files";
import { expect, expectAccessible, expectNoSidewaysScroll, openWithin, signIn, test } from "../support/sluice";
import { deployed } from "../support/stacks";
import type { Browser, Page } from "@playwright/test";

const SIGN_IN = "supplier-newcomer";

async function another(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Somebody of the DCC with a key in this browser, at the directory. */
async function administrator(browser: Browser, name: string): Promise<Page> {
  const page = await another(browser);
  await signIn(page, name, "/signing-key");
  await makeReviewerKey(page);
  await openWithin(page, "/directory");
  return page;
}

// One after the other: each begins with what the one before left.
test("invited, let in, made an ARO by two, and removed: out with the next request", deployed, async ({ browser }) => {
  const newcomer = await another(browser);
  await newcomer.clock.install();
  await newcomer.goto("/");
  await newcomer.getByRole("button", { name: "Sign in" }).click();
  await newcomer.getByRole("button", { name: "Supplier newcomer", exact: true }).click();
  await expect(newcomer.getByText(`Your sign-in is ${SIGN_IN}`)).toBeVisible();

  const admin = await another(browser);
  await signIn(admin, "Supplier administrator", "/people");
  await expect(admin.getByRole("region", { name: "People" }).getByRole("cell", { name: "Supplier ARO 1", exact: true })).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole("button", { name: "Invite a person" }).click();
  await expect(admin.getByRole("heading", { name: "Invite a person" })).toBeFocused();
  await admin.getByRole("button", { name: "Ask for the change" }).click();
  const wrong = admin.getByRole("alert");
  await expect(wrong).toContainText("The name has nothing in it that can be read");
  await expect(wrong).toContainText("Choose at least one role");
  await expect(wrong).toContainText("Say in at least 3 characters why");
  await expectAccessible(admin);
  await admin.getByLabel("Sign-in", { exact: true }).fill(SIGN_IN);
  await admin.getByLabel("Name", { exact: true }).fill("Newcomer, Sian");
  // What is typed outlives a list that is asked for again.
  await admin.getByRole("button", { name: "Refresh" }).click();
  await admin.waitForLoadState("networkidle");
  await expect(admin.getByLabel("Name", { exact: true })).toHaveValue("Newcomer, Sian");
  await admin.getByLabel("Viewer").check();
  // And a page that is loaded anew.
  await admin.reload();
  await expect(admin.getByText("What you typed before and did not send is here again.")).toBeVisible();
  await expect(admin.getByLabel("Sign-in", { exact: true })).toHaveValue(SIGN_IN);
  await expect(admin.getByLabel("Viewer")).toBeChecked();
  await admin.getByLabel("Reason").fill("Joins the settlement team.");
  await admin.getByRole("button", { name: "Ask for the change" }).click();
  await expect(admin.getByRole("alert")).toContainText("The change is made");
  await expect(admin.getByRole("row").filter({ hasText: SIGN_IN }).first()).toContainText("Viewer");
  await expect(admin.getByRole("row").filter({ hasText: "Joins the settlement team." })).toContainText("Made");
  await expectAccessible(admin);

  // The issuer knows who it is.
  await newcomer.goto("/submissions");
  await newcomer.getByRole("button", { name: "Sign in" }).click();
  await expect(newcomer.getByRole("banner").getByText("Newcomer, Sian")).toBeVisible();

  const first = await administrator(browser, "DCC administrator 1");
  await expectAccessible(first);
  await first.getByRole("link", { name: "Large Supplier" }).click();
  await first.getByRole("button", { name: "Change Newcomer, Sian" }).click();
  await first.getByLabel("Authorised Responsible Officer").check();
  await first.getByLabel("Subject of the person's certificates").fill("CN=Newcomer,O=Large Supplier,C=GB");
  await first.getByLabel("Reason", { exact: true }).fill("Appointed by the board.");
  await first.getByRole("button", { name: "Ask for the change" }).click();
  await expect(first.getByRole("alert")).toContainText("Another DCC administrator has to approve it");
  await expect(first.getByText("You asked for it: another DCC administrator has to approve it.")).toBeVisible();
  await expectAccessible(first);

  const second = await administrator(browser, "DCC administrator 2");
  const waiting = second.getByRole("region", { name: "Change roles: Newcomer, Sian" });
  await expect(waiting).toContainText("Appointed by the board.");
  await expect(waiting).toContainText("Large Supplier (large-supplier)");
  const lines = waiting.getByRole("table").getByRole("row");
  await expect(lines).toHaveText([/What\s*Before\s*After/, /Roles\s*Viewer\s*Authorised Responsible Officer, viewer/, /Certificates name\s*None\s*CN=Newcomer,O=Large Supplier,C=GB/]);
  await waiting.getByRole("button", { name: "Approve change" }).click();
  await expect(waiting).toContainText("Say in at least 3 characters why");
  await waiting.getByLabel("Reason").fill("Appointment seen.");
  await second.reload();
  await expect(waiting.getByLabel("Reason")).toHaveValue("Appointment seen.");
  await expectAccessible(second);
  await second.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(second);
  await second.setViewportSize({ width: 1280, height: 720 });
  await waiting.getByRole("button", { name: "Approve change" }).click();
  await expect(second.getByRole("alert")).toContainText("The change is made");
  await expect(waiting).toHaveCount(0);

  await admin.getByRole("button", { name: "Refresh" }).click();
  await expect(admin.getByRole("row").filter({ hasText: SIGN_IN }).first()).toContainText("Authorised Responsible Officer");
  await admin.getByRole("button", { name: "Change Newcomer, Sian" }).click();
  await admin.getByLabel("Reason").fill("Not meant.");
  await admin.getByRole("button", { name: "Cancel" }).click();
  await expect(admin.getByRole("heading", { name: "People", exact: true, level: 1 })).toBeFocused();
  await admin.getByRole("button", { name: "Change Newcomer, Sian" }).click();
  await expect(admin.getByLabel("Reason")).toHaveValue("");
  await admin.getByLabel("What to do").selectOption("Remove");
  await admin.getByLabel("Reason").fill("Has left.");
  await admin.getByRole("button", { name: "Remove person" }).click();
  await expect(admin.getByRole("alert")).toContainText("The change is made");
  await expect(admin.getByRole("button", { name: "Change Newcomer, Sian" })).toHaveCount(0);

  // Their page was open all the while, and nobody touched it: within a minute nothing of it is left.
  await newcomer.clock.fastForward("01:00");
  await expect(newcomer.getByText(`Your sign-in is ${SIGN_IN}`)).toBeVisible();
  await expect(newcomer.getByRole("heading", { name: "Submissions" })).toHaveCount(0);
});
