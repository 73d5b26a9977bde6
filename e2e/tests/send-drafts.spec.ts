import { choose, sample, smallChange } from "../support/files";
import { expectDraftKept } from "../support/kept";
import { signElsewhere } from "../support/openssl";
import { expect, signIn, test } from "../support/sluice";

test("a reload finds the draft where it was", async ({ page, request, baseURL }) => {
  const [file] = await sample(page, smallChange);
  // Signed now: later than whatever other tests have put in force.
  const signed = await signElsewhere(request, baseURL ?? "", { id: "supplier-aro-1", subject: "/C=GB/O=Large Supplier/CN=Supplier ARO 1" }, file);
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, signed);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("button", { name: "Send file" })).toBeVisible();
  await expectDraftKept(page, { step: "send" });

  // The token is gone with the page; the issuer remembers who is there.
  await page.reload();
  await expect(page.getByRole("button", { name: "Send file" })).toBeVisible();
  await expect(page.getByText(/Signed by CN=Supplier ARO 1/).first()).toBeVisible();
});

test("a second tab says that the draft is open, and can take it over", async ({ page, context }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await expectDraftKept(page, { step: "changes" });

  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole("button", { name: "Sign in" }).click();
  await expect(second.getByRole("heading", { name: "This draft is open in another tab" })).toBeVisible();
  await second.getByRole("button", { name: "Continue here" }).click();
  await expect(second.getByRole("heading", { name: "See what will change" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "This draft is open in another tab" })).toBeVisible();
});

test("nobody sees the drafts of somebody else in the same browser", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await expectDraftKept(page, { step: "changes" });
  const draft = new URL(page.url());
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  // By way of the issuer, where the sign-in ends: whoever goes elsewhere before that is signed in as before.
  await page.waitForURL((url) => url.pathname === "/");
  await signIn(page, "Network ARO 1", draft.pathname + draft.search);
  await expect(page.getByText("This draft is no longer in this browser.")).toBeVisible();
});
