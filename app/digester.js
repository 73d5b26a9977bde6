// Hashes files beside the worker that reads them: a browser's own digest holds up the thread that asks for it.
self.addEventListener("message", async ({ data: file }) => {
  try {
    self.postMessage(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  } catch (error) {
    self.postMessage(String(error));
  }
});
