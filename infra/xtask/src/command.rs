//! Running other programs.

use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::progress::Step;

/// How much of a failed command's words is shown; the rest is in its log.
const SHOWN_LINES: usize = 30;

/// The program called `name` on the search path.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// What `command` prints, or nothing when it cannot run or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Cargo as from a shell. What cargo tells this program about itself would reach the build scripts of libraries: some of them count it as
/// a change, and are compiled anew, with all that stands on them, each time that `cargo xtask` and cargo itself take turns.
pub(crate) fn plain_cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let told = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|start| name.starts_with(start))
        });
        if told {
            command.env_remove(name);
        }
    }
    command
}

/// A cargo command whose progress `run` can read.
pub(crate) fn cargo() -> Command {
    let mut command = plain_cargo();
    show_progress(&mut command);
    command
}

/// Lets a cargo command say its progress so that `run` can read it.
pub(crate) fn show_progress(cargo: &mut Command) {
    cargo
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "60");
}

/// Runs `command` to its end, its words going to `log`; shows the last of them when it fails.
pub(crate) fn run(step: &Step<'_>, command: &mut Command, log: &Path) -> Outcome {
    run_quietly(step, command, log).inspect_err(|_| {
        let said = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        step.say(&lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n"));
    })
}

/// As `run`, for a command that may fail without anybody having to know why.
pub(crate) fn run_quietly(step: &Step<'_>, command: &mut Command, log: &Path) -> Outcome {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    let mut writer = File::create(log).map_err(|error| Failure::file(log, &error))?;
    let stdout = writer
        .try_clone()
        .map_err(|error| Failure::file(log, &error))?;
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            Failure::new(
                format!("`{program}` cannot be started: {error}"),
                format!("Install `{program}`, then try again."),
            )
        })?;
    if let Some(mut stderr) = child.stderr.take() {
        follow(step, &mut stderr, &mut writer).map_err(|error| Failure::file(log, &error))?;
    }
    let status = child.wait().map_err(|error| Failure::file(log, &error))?;
    if status.success() {
        return Ok(());
    }
    let said = fs::read_to_string(log).unwrap_or_default();
    Err(Failure::new(
        format!("`{program}` failed ({status})."),
        remedy(&said, log),
    ))
}

/// Copies what a command says to its log, and its progress to the step.
fn follow(step: &Step<'_>, from: &mut impl Read, log: &mut File) -> std::io::Result<()> {
    let mut line = Vec::new();
    let mut buffer = [0; 4_096];
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return log.write_all(&line);
        }
        for &byte in &buffer[..length] {
            line.push(byte);
            if byte == b'\n' || byte == b'\r' {
                match progress_of(&String::from_utf8_lossy(&line)) {
                    Some(detail) => step.detail(detail),
                    None => log.write_all(&line)?,
                }
                line.clear();
            }
        }
    }
}

/// `132 of 345` from cargo's `Building [=====>    ] 132/345: leptos, …`.
fn progress_of(line: &str) -> Option<String> {
    let (_, after) = line.split_once("Building [")?.1.split_once("] ")?;
    let counts = after.split(':').next()?.trim();
    let (done, all) = counts.split_once('/')?;
    let numbers = [done, all]
        .iter()
        .all(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.then(|| format!("{done} of {all}"))
}

/// What to do about the failures that people meet most.
fn remedy(said: &str, log: &Path) -> String {
    const NETWORK: [&str; 9] = [
        "Could not resolve host",
        "could not resolve host",
        "Temporary failure resolving",
        "failed to download",
        "download of config.json failed",
        "Unable to fetch",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
    ];
    if NETWORK.iter().any(|sign| said.contains(sign)) {
        return "A download failed: check the network (and proxy settings), then run the same command again; it goes on where it stopped."
            .to_owned();
    }
    if said.contains("linker `cc` not found") || said.contains("failed to find tool \"cc\"") {
        return "There is no C compiler: install one (Debian, Ubuntu: apt-get install build-essential), then try again.".to_owned();
    }
    if said.contains("No space left on device") || said.contains("ENOSPC") {
        return "The disk is full: make room (about 6 GB), then try again.".to_owned();
    }
    format!("All that it said is in {}.", log.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_progress_is_understood() {
        assert_eq!(
            progress_of("    Building [=====>     ] 132/345: leptos, p256\r"),
            Some("132 of 345".to_owned())
        );
        assert_eq!(progress_of("   Compiling leptos v0.8.23\n"), None);
    }
}
