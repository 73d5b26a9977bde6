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
  const started = new Worker(policy ? policy.createScriptURL(digesterAddress) : digesterAddress, { type: "module", name: "digester" });
  // One that could not be loaded answers nothing ever; the next file starts another.
  started.addEventListener("error", () => {
    if (digester === started) digester = undefined;
  });
  return started;
}
digester = startDigester();

// Each file comes by a port of its own, so that no file ever gets the pieces or the digest of another. `hear` gets its pieces, then
// the whole with its digest, or, at any time, what went wrong; after that, nothing.
globalThis.sluiceRead = (file, hear) => {
  digester ??= startDigester();
  const { port1, port2 } = new MessageChannel();
  const failing = new AbortController();
  const tell = (message) => {
    if (failing.signal.aborted) return;
    if (!(message instanceof Uint8Array)) failing.abort();
    hear(message);
  };
  port1.onmessage = ({ data }) => tell(data);
  digester.addEventListener("error", () => tell("the digester could not start"), { signal: failing.signal });
  digester.postMessage(file, [port2]);
};

// What comes while the module is loading is handed on when it listens.
const early = [];
const keep = (message) => early.push(message.data);
self.addEventListener("message", keep);
await init({ module_or_path: "{{wasm}}" });
self.removeEventListener("message", keep);
for (const data of early) self.dispatchEvent(new MessageEvent("message", { data }));
