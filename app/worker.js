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
const digester = new Worker(policy ? policy.createScriptURL(digesterAddress) : digesterAddress, { type: "module", name: "digester" });

// One file at a time, as the worker has one task at a time.
globalThis.sluiceDigest = (file) => {
  const digesting = new Promise((digested, failed) => {
    digester.onmessage = ({ data }) => (data instanceof ArrayBuffer ? digested(data) : failed(new Error(data)));
    digester.onerror = () => failed(new Error("the digester could not start"));
    digester.postMessage(file);
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
