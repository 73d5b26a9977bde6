import { expect, test } from "./firefox";

test("thresholds: a key, the check, the signature, the review and the receipt", async ({ open, stack }) => {
  test.slow();
  const sender = await open("Supplier ARO 1");
  await sender.press("link", "Signing key");
  await sender.press("button", "Make a key");
  await sender.press("button", "Get a certificate");
  await sender.reads("Ready to sign");

  // What is wrong is said before anything can be sent.
  await sender.press("link", "Send a file");
  const good = stack.sample("ADT_large-supplier_");
  const [header, row, ...rest] = good.content.toString().split("\r\n");
  const fields = row!.split(",");
  fields[3] = "9999999";
  await sender.choose({ name: good.name, content: Buffer.from([header, fields.join(","), ...rest].join("\r\n")) });
  await sender.reads("Your file cannot be sent yet");
  expect(await sender.sees()).toContain("The warning threshold (9,999,999) is above the quarantine threshold");

  // Five times as much as before is looked at by a reviewer.
  fields[3] = "1";
  fields[4] = String(Number(fields[4]) * 5 + 100);
  await sender.press("button", "Choose the corrected file");
  await sender.choose({ name: good.name, content: Buffer.from([header, fields.join(","), ...rest].join("\r\n")) });
  await sender.press("button", "Continue");
  await sender.press("button", "Sign file");
  await sender.press("button", "Send file");
  await sender.reads("Needs review");
  const reference = (await sender.standsAt(/^\/send\/[0-9A-Z-]{19}$/)).split("/").pop()!;

  const reviewer = await open("DCC reviewer 1");
  await reviewer.press("link", "Signing key");
  await reviewer.press("button", "Make a key");
  await reviewer.press("button", "Get a certificate");
  await reviewer.reads("Ready to sign");
  await reviewer.press("button", "Go to review");
  await reviewer.press("link", reference);
  await reviewer.press("button", "Accept submission");
  await reviewer.fill("Reason", "Matches the announced campaign.");
  await reviewer.press("button", "Accept submission");
  await reviewer.reads("Submission accepted");

  await sender.reads("Accepted");
  await sender.press("link", "Submissions");
  await sender.press("link", reference);
  await sender.reads("Matches the announced campaign.");
  expect(await sender.sees()).toMatch(/Download the (signed )?receipt/);
});
