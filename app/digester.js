// Reads files for the worker, and hashes them: a browser's own digest holds up the thread that asks for it. Each file is fetched once:
// its pieces go to the worker as they come, which checks them meanwhile, and the whole follows with its digest.

// The first tells what the file is. Each fetch has a cost of its own, so they are large, and all are asked for at once.
const PIECE = 16 << 20;

self.addEventListener("message", async ({ data: file, ports: [worker] }) => {
  try {
    const whole = new Uint8Array(file.size);
    const fetched = [];
    for (let start = 0; start < file.size; start += PIECE) fetched.push(file.slice(start, start + PIECE).arrayBuffer());
    // One that fails is told of when its turn comes.
    for (const piece of fetched) piece.catch(() => undefined);
    let read = 0;
    for (let next; (next = fetched.shift()); ) {
      const piece = new Uint8Array(await next);
      whole.set(piece, read);
      read += piece.length;
      worker.postMessage(piece, [piece.buffer]);
    }
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
    worker.postMessage({ whole, digest }, [whole.buffer]);
  } catch (error) {
    worker.postMessage(`the file can no longer be read: ${error}`);
  }
});
self.postMessage("listening");
