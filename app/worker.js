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
// The one that listens, or that is being started. Browsers have been seen to let a worker wait for ever, which nobody can tell from a
// slow network: one that does not listen within its patience makes room for another, which has twice as long.
let digester;
// Files that wait for one that listens, and all that are being read.
let waiting = [];
const reads = new Set();

function startDigester(patience = 8_000) {
  const worker = new Worker(policy ? policy.createScriptURL(digesterAddress) : digesterAddress, { type: "module", name: "digester" });
  const started = (digester = { worker, listens: false });
  const anew = setTimeout(() => {
    worker.terminate();
    startDigester(2 * patience);
  }, patience);
  const listen = () => {
    started.listens = true;
    clearTimeout(anew);
    for (const [file, port] of waiting.splice(0)) worker.postMessage(file, [port]);
  };
  worker.addEventListener("message", listen, { once: true });
  // One that could not be loaded answers nothing ever; the next file starts another.
  worker.addEventListener("error", () => {
    clearTimeout(anew);
    if (digester === started) digester = undefined;
    waiting = [];
    for (const tell of reads) tell("the digester could not start");
  });
}
startDigester();

// Each file comes by a port of its own, so that no file ever gets the pieces or the digest of another. `hear` gets its pieces, then
// the whole with its digest, or, at any time, what went wrong; after that, nothing.
globalThis.sluiceRead = (file, hear) => {
  if (!digester) startDigester();
  const { port1, port2 } = new MessageChannel();
  const tell = (message) => {
    if (!reads.has(tell)) return;
    if (!(message instanceof Uint8Array)) reads.delete(tell);
    hear(message);
  };
  reads.add(tell);
  port1.onmessage = ({ data }) => tell(data);
  if (digester.listens) digester.worker.postMessage(file, [port2]);
  else waiting.push([file, port2]);
};

await init({ module_or_path: "{{wasm}}" });
// The page keeps its tasks until now.
self.postMessage({ kind: "listening" });
