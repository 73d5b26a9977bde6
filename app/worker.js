// The worker: the same WebAssembly module, which sees that there is no window and waits for files to check. It has a worker
// of its own that hashes, under the same rule of Trusted Types as in boot.js.
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

// Each file's answer comes by a port of its own, so that no file ever gets the digest of another.
globalThis.sluiceDigest = (file) => {
  digester ??= startDigester();
  const { port1, port2 } = new MessageChannel();
  const digesting = new Promise((digested, failed) => {
    port1.onmessage = ({ data }) => (data instanceof ArrayBuffer ? digested(data) : failed(new Error(data)));
    digester.addEventListener("error", () => failed(new Error("the digester could not start")), { once: true });
    digester.postMessage(file, [port2]);
  });
  // Where the file cannot be read any more, the worker says so by itself and does not come for the digest.
  digesting.catch(() => undefined);
  return digesting;
};

// What comes while the module is loading is handed on when it listens.
const early = [];
const keep = (message) => early.push(message.data);
self.addEventListener("message", keep);
await init({ module_or_path: "{{wasm}}" });
self.removeEventListener("message", keep);
for (const data of early) self.dispatchEvent(new MessageEvent("message", { data }));
