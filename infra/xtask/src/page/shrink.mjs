// Makes the page's modules small, each in its place: node shrink.mjs BINARYEN MODULE…
// One process for all of them: each start of the optimiser takes longer than most modules do.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...modules] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(library));

// Which features Rust's WebAssembly uses: the compiler's own note of them is stripped with the names.
const used = ["BulkMemory", "BulkMemoryOpt", "Multivalue", "MutableGlobals", "NontrappingFPToInt", "ReferenceTypes", "SignExt", "SIMD128"];
const features = used.reduce((all, name) => {
  if (!(name in binaryen.Features)) throw new Error(`binaryen knows no feature ${name}`);
  return all | binaryen.Features[name];
}, 0);

// As -Oz.
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
binaryen.setDebugInfo(false);
for (const path of modules) {
  const module = binaryen.readBinary(readFileSync(path));
  module.setFeatures(features);
  module.optimize();
  // What is alike stands together, which compresses better; the names that say so go afterwards.
  module.runPasses(["reorder-functions-by-name", "strip-debug", "strip-producers"]);
  if (!module.validate()) throw new Error(`${path} is no good module any more`);
  writeFileSync(path, module.emitBinary());
  module.dispose();
}
