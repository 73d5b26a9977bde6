import { mkdirSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { choose, csv, smallChange, sample } from "../support/files";
import { temporaryFolder } from "../support/folder";
import { expectDraftKept } from "../support/kept";
import { expect, expectAccessible, signIn, test } from "../support/sluice";

const ROW = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1,Release";
const HEADER = "QuarantineEventRef,RequestID,Action";
const alert = (page: Page) => page.getByRole("alert");

for (const [what, text, words] of [
  ["a blank line above the header", `\r\n${HEADER}\r\n1,${ROW.replace("Release", "Hold")}\r\n`, "neither Release nor Delete"],
  ["a title above the header", `For event 1301,,\r\n${HEADER}\r\n1301,${ROW}\r\n`, "There is text above the header"],
]) {
  test(`the kind of a file is read from its content: ${what}`, async ({ page }) => {
    await signIn(page, "Supplier ARO 1", "/send");
    await choose(page, [csv("Book1.csv", text)]);
    await expect(alert(page)).toContainText(words);
    await expect(page.getByText("say what kind of file it is")).toBeHidden();
    await expect(page.getByText("Exit Quarantine file: Book1.csv")).toBeVisible();
  });
}

test("a file whose kind nothing tells is read as what people say that it is", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, [csv("Book1.csv", "Reference,Request,Decision\n1301,x,y\n")]);
  await expect(page.getByText("Neither the first lines of the file nor its name say what kind of file it is. It was read as an ADT file.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Read it as an Exit Quarantine file" }).click();
  await expect(page.getByText("It was read as an Exit Quarantine file.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Read it as an ADT file" })).toBeVisible();
});

const LONG = `${"thresholds ".repeat(20)}.csv`;

for (const name of ["報告", "notes é.gz", "what? 12:30.csv", "it's a \"name\" <here>.csv", LONG]) {
  test(`a file may be called ${name === LONG ? `by ${LONG.length} characters` : name}`, async ({ page }) => {
    await signIn(page, "Supplier ARO 1", "/send");
    const [file] = await sample(page, smallChange);
    await choose(page, [{ ...file!, name }]);
    await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
    await expect(page.getByText(`ADT file: ${name},`)).toBeVisible();
    await expect(page.getByText(/^\d+ rows, no errors$/)).toBeVisible();
    // A warning, and no more.
    await expect(page.getByText(/^The file's name is not in the usual form\. You can leave it as it is, or call it ADT_large-supplier_\d{8}\.csv next time\.$/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Continue" })).toBeEnabled();
  });
}

test("a name that cannot be kept as it is gets the nearest one, and that is said", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, [csv("notes\u202e for July.csv", `${HEADER}\n1,${ROW.replace("Release", "Hold")}\n`)]);
  await expect(alert(page)).toContainText("neither Release nor Delete");
  await expect(page.getByText("Here it is called “notes_ for July.csv”.")).toBeVisible();
  // What turns the direction of a name turns nothing behind it.
  await expect(page.locator("bdi")).toHaveText("notes\u202e for July.csv");
});

test("what was chosen is heard, and what is wrong with it is said with the field", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const field = page.getByLabel("Choose a file, or drop it here");
  await choose(page, [csv("a.csv", "x"), csv("b.csv", "x")]);
  await expect(field).toHaveAccessibleDescription(/Choose one file to send at a time/);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  const [file] = await sample(page, smallChange);
  const heard = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const live = document.querySelector("main [aria-live], main [role=status]")!;
        new MutationObserver(() => {
          if (live.textContent!.includes("is chosen")) resolve(live.textContent!);
        }).observe(live, { childList: true, characterData: true, subtree: true });
      }),
  );
  await choose(page, [file!]);
  expect(await heard).toContain(`${file!.name} is chosen and being checked`);
  await page.getByRole("button", { name: /^Change\s?: Choose a file$/ }).click();
  await expect(field).toHaveAccessibleDescription(new RegExp(`You have chosen ${file!.name}`));
});

/** Drops a file on the element, as a person lets go of it there. */
async function drop(page: Page, on: string, name: string, text: string): Promise<boolean> {
  return page.evaluate(
    ([on, name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!, { type: "text/csv" }));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector(on!)!.dispatchEvent(event);
      return event.defaultPrevented;
    },
    [on, name, text],
  );
}

test("a file that is dropped beside the zone is taken, and on other pages the page stays", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/");
  expect(await drop(page, "h1", "a.csv", "x")).toBe(true);
  await page.getByRole("link", { name: "Send a file" }).first().click();
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
  expect(await drop(page, "h1", "EXITQ_1_20261121.csv", `${HEADER}\n1,${ROW.replace("Release", "Hold")}\n`)).toBe(true);
  await expect(alert(page)).toContainText("neither Release nor Delete");
});

/** Lets go of a file or a folder of this machine over the element. */
async function dropFromDisk(page: Page, on: Locator, path: string): Promise<void> {
  await on.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await on.boundingBox())!;
  const drag = { x: x + width / 2, y: y + height / 2, data: { items: [], files: [path], dragOperationsMask: 1 } };
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, ...drag });
}

test("a folder that is dropped is named and not read, and the file in it is taken", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const folder = join(temporaryFolder(), "July");
  const path = join(folder, "EXITQ_1_20261121.csv");
  mkdirSync(folder);
  writeFileSync(path, `${HEADER}\n1,${ROW.replace("Release", "Hold")}\n`);
  const zone = page.getByText("Choose a file, or drop it here");
  await expect(zone).toBeVisible();
  await dropFromDisk(page, zone, folder);
  await expect(alert(page)).toContainText("“July” cannot be read: it is a folder, or it has been moved or changed. Choose the file itself");
  await dropFromDisk(page, zone, path);
  await expect(alert(page)).toContainText("neither Release nor Delete");
});

test("a file that is gone before it is read is named", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const path = join(temporaryFolder(), "gone.csv");
  writeFileSync(path, `${HEADER}\n`);
  // Between choosing and reading.
  await page.evaluate(() => {
    const read = Blob.prototype.arrayBuffer;
    let first = true;
    Blob.prototype.arrayBuffer = function () {
      if (!first) return read.call(this);
      first = false;
      return Promise.reject(new DOMException("A requested file or directory could not be found", "NotFoundError"));
    };
  });
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(path);
  await expect(alert(page)).toContainText("“gone.csv” cannot be read: it is a folder, or it has been moved or changed.");
  rmSync(path);
});

test("a file that changes on disk after the check is sent as it was checked", async ({ page }) => {
  await signIn(page, "Supplier ARO 1", "/send");
  const [file] = await sample(page, smallChange);
  const path = join(temporaryFolder(), file!.name);
  writeFileSync(path, file!.buffer);
  await page.getByLabel("Choose a file, or drop it here").setInputFiles(path);
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await page.waitForURL(/draft=/);
  writeFileSync(path, "something else");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Sign elsewhere instead").click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the file" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of (await (await download).createReadStream())!) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).equals(file!.buffer)).toBe(true);
});

test("where the browser keeps no Blob, as in some private windows, the file is kept all the same", async ({ page }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...key) {
      if (value?.file instanceof Blob) throw new DOMException("BlobURLs are not yet supported", "DataCloneError");
      return put.call(this, value, ...key);
    };
  });
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeFocused();
  await expectDraftKept(page, { step: "changes" });
  await expect(alert(page)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { name: "See what will change" })).toBeVisible();
});

test("where the browser keeps no file at all, that is said, and the file goes on", async ({ page }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...key) {
      if (this.name === "draft-files") throw new DOMException("The disk is full", "QuotaExceededError");
      return put.call(this, value, ...key);
    };
  });
  await signIn(page, "Supplier ARO 1", "/send");
  await choose(page, await sample(page, smallChange));
  await expect(page.getByText("This draft is not kept")).toBeVisible();
  await expect(page.getByText("You can still send the file now")).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: /^\d?Sign$/ })).toBeFocused();
  // What cannot be kept is not offered as a draft.
  await page.goto("/send");
  await expect(page.getByLabel("Choose a file, or drop it here")).toBeVisible();
  await expect(page.getByText("Drafts in this browser")).toBeHidden();
});
