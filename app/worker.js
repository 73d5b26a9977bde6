// The worker: the same WebAssembly module, which sees that there is no window and waits for files to check. It has a worker
// of its own that reads and hashes files, under the same rule of Trusted Types as in boot.js.
import init from "{{bindings}}";

const digesterAddress = "{{digester}}";
const policy = globalThis.trustedTypes?.createPolicy("sluice-worker", {
  createScriptURL(address) {
    if (address !== digesterAddress) throw new TypeError("Only Sluice's own digester may start");
    return address;
  },
});
let digester;
function startDigester() {
  const worker = new Worker(policy ? policy.createScriptURL(digesterAddress) : digesterAddress, { type: "module", name: "digester" });
  // It gets its first file once it listens, whatever a browser does with what comes before.
  const listens = new Promise((resolve) => worker.addEventListener("message", resolve, { once: true }));
  const started = { worker, listens };
  // One that could not be loaded answers nothing ever; the next file starts another.
  worker.addEventListener("error", () => {
    if (digester === started) digester = undefined;
  });
  return started;
}
digester = startDigester();

// Each file comes by a port of its own, so that no file ever gets the pieces or the digest of another. `hear` gets its pieces, then
// the whole with its digest, or, at any time, what went wrong; after that, nothing.
globalThis.sluiceRead = (file, hear) => {
  digester ??= startDigester();
  const { worker, listens } = digester;
  const { port1, port2 } = new MessageChannel();
  const failing = new AbortController();
  const tell = (message) => {
    if (failing.signal.aborted) return;
    if (!(message instanceof Uint8Array)) failing.abort();
    hear(message);
  };
  port1.onmessage = ({ data }) => tell(data);
  worker.addEventListener("error", () => tell("the digester could not start"), { signal: failing.signal });
  listens.then(() => worker.postMessage(file, [port2]));
};

await init({ module_or_path: "{{wasm}}" });
// The page keeps its tasks until now.
self.postMessage({ kind: "listening" });
