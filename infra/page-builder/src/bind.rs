//! wasm-bindgen: from the compiler's module to a module and the script that loads it.

use std::path::Path;

/// The stem of the files that `bind` writes: `sluice.js`, `sluice_bg.wasm`.
pub(crate) const STEM: &str = "sluice";

/// Writes the bindings of `compiled` into `folder`, which is emptied first.
pub(crate) fn bind(compiled: &Path, folder: &Path) -> Result<(), String> {
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", compiled.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| said(&error))?;
    }
    let mut bindings = wasm_bindgen_cli_support::Bindgen::new();
    bindings
        .web(true)
        .map_err(|error| said(&format!("{error:#}")))?
        .input_path(compiled)
        .out_name(STEM)
        .typescript(false)
        .remove_producers_section(true)
        // Whoever loads it names the module by its hashed address.
        .omit_default_module_path(true)
        .generate(folder)
        .map_err(|error| said(&format!("{error:#}")))
}
