//! Releasing the page: `infra/release` lists what it is made of, and holds an address to a signed list.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::args::VerifyPageOptions;
use crate::command;
use crate::failure::Outcome;
use crate::progress::Board;
use crate::stack::become_command;
use crate::workspace::Workspace;

/// Lists the page that is built.
pub(crate) fn list(workspace: &Workspace) -> Outcome<ExitCode> {
    let mut command = Command::new(program(workspace)?);
    command
        .arg("list")
        .arg(workspace.page_folder())
        .arg(workspace.sluice("page-release.json"));
    become_command(&mut command)
}

/// Says whether what an address serves is what was released.
pub(crate) fn verify(workspace: &Workspace, options: &VerifyPageOptions) -> Outcome<ExitCode> {
    let mut command = Command::new(program(workspace)?);
    command
        .arg("verify")
        .arg(&options.url)
        .arg("--anchors")
        .arg(&options.anchors)
        .arg("--signer")
        .arg(&options.signer);
    become_command(&mut command)
}

fn program(workspace: &Workspace) -> Outcome<PathBuf> {
    let board = Board::new(1);
    board.step("What lists and verifies pages: compiling", |step| {
        let mut cargo = workspace.cargo();
        command::show_progress(cargo.args(["build", "--package", "sluice-release"]));
        command::run(step, &mut cargo, &workspace.log("release"))?;
        Ok(workspace.target().join("debug/sluice-release"))
    })
}
