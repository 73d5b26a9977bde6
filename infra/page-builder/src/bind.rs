//! From the compiler's module to the files that a browser loads: first the module is cut into parts, then wasm-bindgen writes the script
//! that loads the main one.

use std::fmt::Display;
use std::fs;
use std::path::Path;

use crate::cut::cut;

/// The stem of the files that `bind` writes: `sluice.js`, `sluice_bg.wasm`.
pub(crate) const STEM: &str = "sluice";

/// Writes the bindings and the parts of `compiled` into `folder`, which is emptied first.
pub(crate) fn bind(compiled: &Path, folder: &Path) -> Result<(), String> {
    let said = |error: &dyn Display| format!("{}: {error}", compiled.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| said(&error))?;
    }
    let main = cut(compiled, folder)?;
    let mut bindings = wasm_bindgen_cli_support::Bindgen::new();
    bindings
        .web(true)
        .map_err(|error| said(&format!("{error:#}")))?
        .input_path(&main)
        .out_name(STEM)
        .typescript(false)
        .remove_producers_section(true)
        // The parts find what they share with the main module by these names.
        .keep_lld_exports(true)
        .demangle(false)
        // Whoever loads it names the module by its hashed address.
        .omit_default_module_path(true)
        .generate(folder)
        .map_err(|error| said(&format!("{error:#}")))?;
    fs::remove_file(&main).map_err(|error| said(&error))
}
