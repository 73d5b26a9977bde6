// Only in the page of whoever works on it: loads it anew once another one has been built.
// The names of all files in index.html carry digests of their content, so another page has another index.html.
const page = async () => (await fetch("/index.html", { cache: "no-store" })).text();

let shown = await page();
for (;;) {
  await new Promise((later) => setTimeout(later, 700));
  // While the page is put together, or the stack is down, there is no answer.
  const now = await page().catch(() => shown);
  if (now !== shown && now.includes("/assets/")) location.reload();
}
