//! A compiler for the page: Rust with the standard library for `wasm32-unknown-unknown`.
//!
//! Three ways, in this order: the compiler at hand has it; rustup adds it; on Debian, where rustup must not download, the
//! distribution's newer compiler is taken and the standard library built from the source that it ships, once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::Sender;

use crate::command::{self, answer, which};
use crate::failure::{Failure, Outcome};
use crate::install::apt;
use crate::progress::Step;
use crate::workspace::Workspace;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// The oldest compiler that builds the page.
const OLDEST: (u32, u32) = (1, 94);
/// A page shows no backtraces, whose libraries are a third of the work, and is fetched more often than it sorts.
const STD_FEATURES: &str = "-Zbuild-std-features=optimize_for_size";
/// Debian's compilers that are not rustup's.
const DISTRIBUTION: &str = "/usr/bin/rustc";

/// A compiler that can build the page, and how to ask it.
pub(crate) struct PageCompiler {
    /// None: the one that cargo takes by itself.
    rustc: Option<PathBuf>,
    flags: Vec<String>,
}

impl PageCompiler {
    /// Finds one, or makes one. Drops `installed` once it wants nothing more of the distribution, whose packages are installed by one
    /// step at a time: whoever waits for that lets the longest work begin first.
    pub(crate) fn ensure(
        step: &Step<'_>,
        workspace: &Workspace,
        installed: Sender<()>,
    ) -> Outcome<Self> {
        let log = workspace.log("wasm-target");
        let usual = Self {
            rustc: None,
            flags: Vec::new(),
        };
        if usual.has_target() {
            return Ok(usual);
        }
        if rustup_may_download() {
            step.say("The WebAssembly target is missing: rustup adds it");
            if command::run(
                step,
                Command::new("rustup").args(["target", "add", TARGET]),
                &log,
            )
            .is_ok()
                && usual.has_target()
            {
                return Ok(usual);
            }
        }
        let distribution = Self {
            rustc: Some(DISTRIBUTION.into()),
            flags: Vec::new(),
        };
        if distribution.has_target() {
            return Ok(distribution);
        }
        distribution_compiler(step, workspace, installed, &log)
    }

    /// Makes `cargo` build with this compiler.
    pub(crate) fn apply(&self, cargo: &mut Command) {
        if let Some(rustc) = &self.rustc {
            // Flags meant for the usual compiler, and its libraries, would mislead this one.
            cargo
                .env("RUSTC", rustc)
                .env_remove("LD_LIBRARY_PATH")
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_ENCODED_RUSTFLAGS");
        }
        if !self.flags.is_empty() {
            // Beside the flags of `.cargo/config.toml`, not instead of them.
            let flags: Vec<String> = self.flags.iter().map(|flag| format!("{flag:?}")).collect();
            cargo
                .arg("--config")
                .arg(format!("target.{TARGET}.rustflags=[{}]", flags.join(",")));
        }
    }

    fn has_target(&self) -> bool {
        let mut rustc = Command::new(self.rustc.as_deref().unwrap_or(Path::new("rustc")));
        if version(&mut rustc).is_none_or(|version| version < OLDEST) {
            return false;
        }
        answer(rustc.env_remove("LD_LIBRARY_PATH").args([
            "--print",
            "target-libdir",
            "--target",
            TARGET,
        ]))
        .is_some_and(|folder| has_std(Path::new(&folder)))
    }
}

/// Debian's compiler with a standard library that we build from Debian's source, all of it in our own folder.
fn distribution_compiler(
    step: &Step<'_>,
    workspace: &Workspace,
    installed: Sender<()>,
    log: &Path,
) -> Outcome<PageCompiler> {
    let rustc = Path::new(DISTRIBUTION);
    let source = Path::new("/usr/lib/rustlib/src/rust/library/std");
    if version(&mut Command::new(rustc)).is_none_or(|version| version < OLDEST) || !source.is_dir()
    {
        apt::install(
            step,
            &["rustc-web", "rust-web-src"],
            "The WebAssembly target of Rust (`rustup target add wasm32-unknown-unknown`)",
            log,
        )?;
    }
    let identity = answer(Command::new(rustc).env_remove("LD_LIBRARY_PATH").arg("-vV"))
        .ok_or_else(|| no_target("Debian's rustc does not start"))?;
    let linker = linker(step, &identity, log)?;
    drop(installed);
    let built_for = format!("{identity}\n{STD_FEATURES}");
    let sysroot = workspace.tools().join("wasm-sysroot");
    let stamp = sysroot.join("compiler.txt");
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == built_for) && has_std(&libraries) {
        return Ok(PageCompiler::of_sysroot(rustc, &linker, &sysroot));
    }
    step.say("Building the standard library for WebAssembly, once");
    build_std(step, &workspace.tools().join("wasm-std"), &libraries, log)?;
    // What was built against another standard library does not fit.
    let _ = fs::remove_dir_all(workspace.page_target().join(TARGET));
    fs::write(&stamp, built_for).map_err(|error| Failure::file(&stamp, &error))?;
    Ok(PageCompiler::of_sysroot(rustc, &linker, &sysroot))
}

impl PageCompiler {
    fn of_sysroot(rustc: &Path, linker: &str, sysroot: &Path) -> Self {
        Self {
            rustc: Some(rustc.to_path_buf()),
            flags: vec![
                format!("--sysroot={}", sysroot.display()),
                format!("-Clinker={linker}"),
            ],
        }
    }
}

/// LLVM's linker of the compiler's own LLVM version.
fn linker(step: &Step<'_>, identity: &str, log: &Path) -> Outcome<String> {
    let llvm = identity
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))
        .and_then(|version| version.split('.').next())
        .ok_or_else(|| no_target("Debian's rustc does not say its LLVM version"))?;
    let program = format!("wasm-ld-{llvm}");
    if which(&program).is_none() {
        apt::install(
            step,
            &[&format!("lld-{llvm}")],
            "The linker for WebAssembly",
            log,
        )?;
    }
    Ok(program)
}

fn build_std(step: &Step<'_>, work: &Path, libraries: &Path, log: &Path) -> Outcome {
    let written = |path: &Path, text: &str| {
        fs::write(path, text).map_err(|error| Failure::file(path, &error))
    };
    fs::create_dir_all(work.join("src")).map_err(|error| Failure::file(work, &error))?;
    written(
        &work.join("Cargo.toml"),
        "[package]\nname = \"wasm-std\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    written(&work.join("src/lib.rs"), "#![no_std]\n")?;
    let target = work.join("target");
    let mut cargo = command::cargo();
    cargo
        .args([
            "build",
            "--release",
            "--target",
            TARGET,
            "-Zbuild-std=std,panic_abort",
            STD_FEATURES,
        ])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(work)
        .env("RUSTC", DISTRIBUTION)
        // Debian's compiler is a stable one; only here, for building its own library, it plays nightly.
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode in std, link-time optimisation of the page fails.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("LD_LIBRARY_PATH");
    command::run(step, &mut cargo, log)?;
    let _ = fs::remove_dir_all(libraries);
    fs::create_dir_all(libraries).map_err(|error| Failure::file(libraries, &error))?;
    let built = target.join(TARGET).join("release/deps");
    for entry in fs::read_dir(&built).map_err(|error| Failure::file(&built, &error))? {
        let path = entry.map_err(|error| Failure::file(&built, &error))?.path();
        let name = path.file_name().unwrap_or_default();
        let ours = name.to_string_lossy().starts_with("libwasm_std");
        if path
            .extension()
            .is_some_and(|extension| extension == "rlib")
            && !ours
        {
            fs::copy(&path, libraries.join(name)).map_err(|error| Failure::file(&path, &error))?;
        }
    }
    let _ = fs::remove_dir_all(target);
    Ok(())
}

fn rustup_may_download() -> bool {
    which("rustup").is_some()
        && std::env::var_os("RUSTUP_AUTO_INSTALL").is_none_or(|value| value != "0")
}

fn has_std(libraries: &Path) -> bool {
    fs::read_dir(libraries).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let path = entry.path();
            path.extension()
                .is_some_and(|extension| extension == "rlib")
                && entry.file_name().to_string_lossy().starts_with("libstd-")
        })
    })
}

fn version(rustc: &mut Command) -> Option<(u32, u32)> {
    let said = answer(
        Command::new(rustc.get_program())
            .env_remove("LD_LIBRARY_PATH")
            .arg("--version"),
    )?;
    let mut numbers = said.split(' ').nth(1)?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn no_target(what: &str) -> Failure {
    Failure::new(
        format!("{what}, so the page cannot be built."),
        "Run `rustup target add wasm32-unknown-unknown`, then try again.",
    )
}
