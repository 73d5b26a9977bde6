// The same job as Sluice's worker has: the file hashed, every row read, duplicates and other organisations' requests counted.
importScripts("/papaparse.js");

self.onmessage = async ({ data: { file, own } }) => {
  const owned = new Set(own);
  const seen = new Set();
  let rows = 0;
  let duplicates = 0;
  let foreign = 0;
  const take = ([event, request, action]) => {
    if (action !== "Release" && action !== "Delete") return;
    rows += 1;
    if (!owned.has(request.slice(0, 23))) foreign += 1;
    else if (seen.size === seen.add(`${event} ${request}`).size) duplicates += 1;
  };
  const bytes = await file.arrayBuffer();
  const digesting = crypto.subtle.digest("SHA-256", bytes);
  // As text in one piece: faster than by its own reading of files piece by piece.
  const { data } = Papa.parse(new TextDecoder().decode(bytes), { skipEmptyLines: true });
  data.forEach(take);
  const digest = [...new Uint8Array(await digesting)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  self.postMessage({ rows, duplicates, foreign, digest });
};
