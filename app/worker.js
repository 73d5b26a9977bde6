// The worker: the same WebAssembly module, which sees that there is no window and waits for files to check.
import init from "{{bindings}}";

// What comes while the module is loading is handed on when it listens.
const early = [];
const keep = (message) => early.push(message.data);
self.addEventListener("message", keep);
await init({ module_or_path: "{{wasm}}" });
self.removeEventListener("message", keep);
for (const data of early) self.dispatchEvent(new MessageEvent("message", { data }));
