import { expect, test } from "./firefox";

test("held communications: decided by keyboard, reviewed in numbers, signed and accepted", async ({ open }) => {
  test.slow();
  const aro = await open("Network ARO 1");
  await aro.press("link", "Signing key");
  await aro.press("button", "Make a key");
  await aro.press("button", "Get a certificate");
  await aro.reads("Ready to sign");

  await aro.press("link", "Quarantine");
  await aro.press("link", "1301");
  await aro.focus("Held communications", "grid");
  await aro.key(" ");
  await aro.keyWith("Shift", "ArrowDown");
  await aro.key("r");
  await aro.key("End", "d");
  await aro.press("button", "Review decisions");
  await aro.reads("Release 2 and delete 1 of the 12 communications held in event 1301.");

  await aro.press("button", "Write the file and go on to sign");
  await aro.press("button", "Continue");
  await aro.press("button", "Sign file");
  await aro.press("button", "Send file");
  await aro.reads("2 released and 1 deleted.");

  // They are decided, and the rest is still there.
  await aro.press("link", "Quarantine");
  await aro.press("link", "1301");
  await aro.reads("9 communications");
});

test("a file that was written elsewhere is checked, and its key is still there after a reload", async ({ open, stack }) => {
  const aro = await open("Supplier ARO 2");
  await aro.press("link", "Signing key");
  await aro.press("button", "Make a key");
  await aro.press("button", "Get a certificate");
  await aro.reads("Ready to sign");
  await aro.reload();
  await aro.reads("Ready to sign");

  await aro.press("link", "Send a file");
  await aro.choose(stack.sample("EXITQ_1203_"));
  await aro.reads("Release 212 and delete 28 of the 240 communications held in event 1203.");
  await aro.press("button", "Continue");
  await aro.press("button", "Sign file");
  await aro.press("button", "Send file");
  await aro.reads("212 released and 28 deleted.");
  expect(await aro.standsAt(/^\/send\/[0-9A-Z-]{19}$/)).toBeTruthy();
});
