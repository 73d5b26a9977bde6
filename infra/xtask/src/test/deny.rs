//! `cargo deny`: licences, sources, doubled and vulnerable dependencies, as `deny.toml` has it.

use std::path::PathBuf;
use std::process::Command;

use super::count::Count;
use super::runner;
use crate::command::{self, answer, which};
use crate::failure::Outcome;
use crate::progress::Board;
use crate::workspace::Workspace;

/// What is installed where there is none.
const VERSION: &str = "0.20.2";

pub(crate) fn check(workspace: &Workspace) -> Outcome<Count> {
    let program = ensure(workspace)?;
    let mut deny = Command::new(&program);
    deny.current_dir(workspace.root())
        .args(["check", "bans", "licenses", "sources"]);
    let rules = runner::check(&mut deny)?;
    Ok(rules.plus(advisories(workspace, &program)?))
}

/// Known vulnerabilities: the list is a repository on the network, which some machines do not reach.
fn advisories(workspace: &Workspace, program: &PathBuf) -> Outcome<Count> {
    let mut fetch = Command::new(program);
    if answer(fetch.current_dir(workspace.root()).args(["fetch", "db"])).is_none() {
        println!(
            "The list of known vulnerabilities cannot be fetched from here: advisories are NOT checked in this run."
        );
        return Ok(Count {
            skipped: 1,
            ..Count::default()
        });
    }
    let mut deny = Command::new(program);
    runner::check(
        deny.current_dir(workspace.root())
            .args(["--offline", "check", "advisories"]),
    )
}

fn ensure(workspace: &Workspace) -> Outcome<PathBuf> {
    let ours = workspace.tools().join("bin/cargo-deny");
    if let Some(found) = which("cargo-deny") {
        return Ok(found);
    }
    if ours.is_file() {
        return Ok(ours);
    }
    // Unoptimised: it runs for seconds, and building it is the longer part.
    let board = Board::new(1);
    board.step("cargo-deny: installing", |step| {
        let mut cargo = command::cargo();
        cargo
            .args([
                "install",
                "cargo-deny",
                "--version",
                VERSION,
                "--locked",
                "--debug",
                "--root",
            ])
            .arg(workspace.tools());
        command::run(
            step,
            cargo.current_dir(workspace.root()),
            &workspace.log("cargo-deny"),
        )
    })?;
    Ok(ours)
}
