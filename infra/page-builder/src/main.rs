//! Turns the compiled page into the files that a server hands out. `cargo xtask` calls it; nobody else needs to.
//!
//! # What the page brings, and what becomes of it
//!
//! | in `app/` | in the built page | notes |
//! |---|---|---|
//! | `index.html` | `index.html` | placeholders are filled in; no inline script or style, the CSP forbids them |
//! | `boot.js` | `assets/boot-HASH.js` | the page's one script: `import init from "{{bindings}}"; await init({ module_or_path: "{{wasm}}" });` |
//! | `worker.js` | `assets/worker-HASH.js` | a module worker; imports `{{bindings}}` and loads `{{wasm}}` in the same way |
//! | `digester.js` | `assets/digester-HASH.js` | the worker's own worker, which reads and hashes files |
//! | `reload.js` | `assets/reload-HASH.js` | only with `--reload`: loads the page anew after another build |
//! | `styles/main.scss` | `assets/styles-HASH.css` | made by sass, `node_modules` on its load path: `@use "govuk-frontend/dist/govuk"` |
//! | the crate `sluice-app` | `assets/program-HASH/` | wasm-bindgen's `web` output (`main` runs when `init` is called), and the parts that load later |
//! | `static/` (optional) | the same names at `/` | copied as it is, for what must keep its name: `favicon.svg` |
//!
//! Placeholders are replaced in `index.html`, `boot.js` and `worker.js` by absolute addresses (`/assets/…`):
//! `{{css}}`, `{{module}}` (boot.js), `{{worker}}`, `{{digester}}`, `{{bindings}}`, `{{wasm}}`. A script may name only what is made before it, in this
//! order: wasm, bindings, css, digester, worker, boot, index. An unknown placeholder stops the build.
//!
//! Everything under `assets/` carries a digest of its content in its name, so it may be cached for ever; `index.html` may not. A file
//! `NAME.br` beside a file is the same content in brotli.
//!
//! How the page learns the worker's address: `index.html` says it, say `<meta name="sluice-worker" content="{{worker}}">`.

mod assemble;
mod bind;
mod compress;
mod cut;
mod host;
mod merge;
mod share;
mod unused;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: page-builder bind COMPILED.wasm FOLDER
       page-builder assemble BINDINGS STYLES.css APP OUT [--compress | --reload]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["bind", compiled, folder] => bind::bind(Path::new(compiled), Path::new(folder)),
        ["assemble", bindings, styles, app, out, ref rest @ ..]
            if matches!(rest, [] | ["--compress" | "--reload"]) =>
        {
            assemble::Parts {
                bindings: Path::new(bindings),
                styles: Path::new(styles),
                app: Path::new(app),
            }
            .assemble(
                Path::new(out),
                assemble::Options {
                    compressed: rest == ["--compress"],
                    reloads: rest == ["--reload"],
                },
            )
        }
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}
