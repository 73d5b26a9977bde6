// The worker: the same WebAssembly module, which sees that there is no window and waits for files to check.
import init from "./sluice.js";

const waiting = [];
const keep = (message) => waiting.push(message);
self.addEventListener("message", keep);
await init();
self.removeEventListener("message", keep);
// What came while the module was loading.
for (const message of waiting) self.dispatchEvent(new MessageEvent("message", { data: message.data }));
