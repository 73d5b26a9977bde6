// Starts the page: loads the WebAssembly module, and hands it the one thing that it cannot make by itself under
// Trusted Types, a worker. The policy lets this one address pass and nothing else (infra/decisions has the reason).
import init from "{{bindings}}";

const workerAddress = "{{worker}}";
const policy = globalThis.trustedTypes?.createPolicy("sluice-worker", {
  createScriptURL(address) {
    if (address !== workerAddress) throw new TypeError("Only Sluice's own worker may start");
    return address;
  },
});

globalThis.sluiceWorker = () =>
  new Worker(policy ? policy.createScriptURL(workerAddress) : workerAddress, { type: "module", name: "sluice" });

init({ module_or_path: "{{wasm}}" }).catch((error) => {
  console.error(error);
  document.getElementById("starting").hidden = true;
  document.getElementById("stopped").hidden = false;
});
