import { expect, signIn, test } from "../support/sluice";

test("the address that the sign-in came back to, opened by Back, is no dead end", async ({ page }) => {
  const callbacks: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest() && new URL(request.url()).pathname === "/signed-in") callbacks.push(request.url());
  });
  await signIn(page, "Supplier ARO 1");
  expect(callbacks.length).toBe(1);
  await page.goto(callbacks[0]!);
  // Its code was used; the issuer remembers who is there.
  await expect(page.getByRole("banner").getByText("Supplier ARO 1")).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/");
});

test("the address of a sign-in that this tab did not begin says so, and offers to sign in", async ({ page }) => {
  await page.goto("/signed-in?code=another&state=another");
  await expect(page.getByRole("alert")).toContainText("This is the address of a sign-in that is over, or that was begun in another tab.");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

for (const [what, told] of [
  ["as text", "600"],
  ["not at all", undefined],
] as const) {
  test(`a token whose life is told ${what} signs in`, async ({ page }) => {
    await page.route("**/token", async (route) => {
      const answer = await route.fetch();
      const { expires_in: _, ...token } = await answer.json();
      await route.fulfill({ response: answer, json: told === undefined ? token : { ...token, expires_in: told } });
    });
    await signIn(page, "Supplier ARO 1");
  });
}

test("an issuer that calls itself by another name signs nobody in", async ({ page }) => {
  await page.route("**/.well-known/openid-configuration", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), issuer: "https://sign-in.example" } });
  });
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("The sign-in service calls itself by another name than this page knows.");
  await expect(page).toHaveURL("/");
});
