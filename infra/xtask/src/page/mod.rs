//! Building the page: from `app/` to `.sluice/page`.
//!
//! What `app/` has to bring, and what its files may say, is written at the top of `infra/page-builder/src/main.rs`.

mod profile;
pub(crate) mod release;
mod stamp;
pub(crate) mod watch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Sender};
use std::thread;

use crate::command::{self, cargo};
use crate::failure::{Failure, Outcome};
use crate::install::node::Node;
use crate::install::npm;
use crate::install::wasm_target::{PageCompiler, TARGET};
use crate::progress::Board;
use crate::workspace::Workspace;
pub(crate) use profile::PageProfile;

/// How many steps a build of the page shows.
pub(crate) const STEPS: usize = 7;

/// Whether the page in `.sluice/page` is the one that the sources make.
pub(crate) fn is_built(workspace: &Workspace, profile: PageProfile) -> Outcome<bool> {
    let wanted = stamp::stamp_of(workspace, profile)?;
    Ok(
        fs::read_to_string(stamp_file(workspace)).is_ok_and(|built| built == wanted)
            && workspace.page_folder().join("index.html").is_file(),
    )
}

/// Builds the page unless it is built. `builder` gives the page builder's program, when it comes to that.
pub(crate) fn build(
    board: &Board,
    workspace: &Workspace,
    profile: PageProfile,
    builder: impl FnOnce() -> Outcome<PathBuf>,
) -> Outcome {
    if is_built(workspace, profile)? {
        return Ok(());
    }
    let stamp = stamp::stamp_of(workspace, profile)?;
    let work = workspace.sluice("page-work");
    fs::create_dir_all(&work).map_err(|error| Failure::file(&work, &error))?;
    let styles = work.join("styles.css");
    // npm mostly waits for the network, the compiler never does. Both may want packages of the distribution, and those of the compiler
    // come first: what it compiles is waited for longest.
    let (installed, compiler_is_there) = mpsc::channel();
    let (node, module) = thread::scope(|scope| {
        let styles = &styles;
        let node = scope.spawn(move || {
            // The other end is dropped, which is all that it says.
            let _ = compiler_is_there.recv();
            packages_and_styles(board, workspace, profile, styles)
        });
        let module = compile(board, workspace, profile, installed);
        (node.join(), module)
    });
    let node = node.map_err(|_| {
        Failure::new(
            "The work on the styles stopped in the middle.",
            "Run the same command again.",
        )
    })??;
    let module = module?;
    let builder = builder()?;
    board.step("Page: putting together", |step| {
        let log = workspace.log("page-assembly");
        let bindings = work.join("bindings");
        command::run(
            step,
            Command::new(&builder)
                .arg("bind")
                .arg(&module)
                .arg(&bindings),
            &log,
        )?;
        let mut assemble = Command::new(&builder);
        assemble.arg("assemble").args([
            &bindings,
            &styles,
            &workspace.app(),
            &workspace.page_folder(),
        ]);
        if profile == PageProfile::Release {
            let modules = files(&bindings, "wasm")?;
            step.detail(format!("making {} modules small", modules.len()));
            command::run(step, &mut shrink(&node, workspace, &modules), &log)?;
            for script in files(&bindings, "js")? {
                command::run(step, &mut minify(&node, workspace, &script), &log)?;
            }
            step.detail("compressing".to_owned());
            assemble.arg("--compress");
        }
        if profile == PageProfile::Watched {
            assemble.arg("--reload");
        }
        command::run(step, &mut assemble, &log)
    })?;
    let file = stamp_file(workspace);
    fs::write(&file, stamp).map_err(|error| Failure::file(&file, &error))
}

fn packages_and_styles(
    board: &Board,
    workspace: &Workspace,
    profile: PageProfile,
    styles: &Path,
) -> Outcome<Node> {
    let app = workspace.app();
    let node = board.step("Node", |step| Node::ensure(step, workspace))?;
    board.step("Packages of the page", |step| {
        npm::install(step, &app, &workspace.log("npm-app"))
    })?;
    board.step("Styles", |step| {
        command::run(
            step,
            &mut sass(&node, &app, profile, styles),
            &workspace.log("sass"),
        )
    })?;
    Ok(node)
}

/// The compiled page, before wasm-bindgen.
fn compile(
    board: &Board,
    workspace: &Workspace,
    profile: PageProfile,
    installed: Sender<()>,
) -> Outcome<PathBuf> {
    let compiler = board.step("Compiler for the page", |step| {
        PageCompiler::ensure(step, workspace, installed)
    })?;
    board.step("Page: compiling", |step| {
        let mut cargo = cargo();
        compiler.apply(&mut cargo);
        // The page builder cuts the module into parts, for which it has to know what refers to what.
        // And the readers look for line ends and commas sixteen bytes at a time, which every browser of the last years can do.
        // And Leptos gives every view one type instead of one of its own: less code for the same page, and sooner compiled.
        let mut flags = vec![
            "-Clink-arg=--emit-relocs".to_owned(),
            "-Ctarget-feature=+simd128".to_owned(),
            "--cfg=erase_components".to_owned(),
        ];
        // Where the sources of the libraries lie is no part of a page: another machine makes the same one of them.
        flags.extend(
            cargo_home().map(|home| format!("--remap-path-prefix={}=cargo", home.display())),
        );
        cargo
            .arg("--config")
            .arg(format!("target.{TARGET}.rustflags={flags:?}"));
        cargo.current_dir(workspace.root());
        cargo.args([
            "build",
            "--package",
            "sluice-app",
            "--target",
            TARGET,
            "--profile",
            profile.cargo_profile(),
        ]);
        cargo.arg("--target-dir").arg(workspace.page_target());
        command::run(step, &mut cargo, &workspace.log("page"))?;
        Ok(workspace
            .page_target()
            .join(TARGET)
            .join(profile.cargo_profile())
            .join("sluice-app.wasm"))
    })
}

/// Where cargo keeps the sources of the libraries.
fn cargo_home() -> Option<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// Builds the page builder. It shares its folder and so its dependencies with the stack: build one after the other.
pub(crate) fn build_builder(board: &Board, workspace: &Workspace) -> Outcome<PathBuf> {
    board.step("Page builder: compiling", |step| {
        let mut cargo = workspace.cargo();
        command::show_progress(cargo.args(["build", "--package", "sluice-page-builder"]));
        command::run(step, &mut cargo, &workspace.log("page-builder"))?;
        Ok(workspace.target().join("debug/page-builder"))
    })
}

fn stamp_file(workspace: &Workspace) -> PathBuf {
    workspace.sluice("page.stamp")
}

fn sass(node: &Node, app: &Path, profile: PageProfile, out: &Path) -> Command {
    let mut command = node.script(&app.join("node_modules/sass/sass.js"));
    command
        .arg("--no-source-map")
        .arg("--quiet-deps")
        .arg("--load-path")
        .arg(app.join("node_modules"));
    command.arg(if profile == PageProfile::Release {
        "--style=compressed"
    } else {
        "--style=expanded"
    });
    command.arg(app.join("styles/main.scss")).arg(out);
    command
}

/// What the page is made of that ends in this.
fn files(bindings: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let said = |error: std::io::Error| Failure::file(bindings, &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(bindings).map_err(said)? {
        let path = entry.map_err(said)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn shrink(node: &Node, workspace: &Workspace, modules: &[PathBuf]) -> Command {
    let mut shrink = node.script(&workspace.root().join("infra/xtask/src/page/shrink.mjs"));
    shrink
        .arg(workspace.app().join("node_modules/binaryen/index.js"))
        .args(modules);
    shrink
}

/// The scripts between page and modules as wasm-bindgen writes them have names and comments for people.
fn minify(node: &Node, workspace: &Workspace, script: &Path) -> Command {
    let mut minify = node.script(&workspace.app().join("node_modules/terser/bin/terser"));
    minify
        .arg(script)
        .args(["--module", "--compress", "--mangle", "--output"])
        .arg(script);
    minify
}
