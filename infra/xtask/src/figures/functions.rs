//! Figures of the functions, built as they are deployed but for this machine.

use std::path::PathBuf;
use std::process::Command;

use super::row::Row;
use super::said;
use crate::command::{self, cargo};
use crate::failure::Outcome;
use crate::progress::Board;
use crate::workspace::Workspace;

/// Where they are built: for this machine, so that nothing has to be installed. `cargo lambda` would install a target by itself.
const PROFILE: &str = "function";

pub(super) fn measure(workspace: &Workspace) -> Outcome<Vec<Row>> {
    let board = Board::new(3);
    let functions = build_functions(&board, workspace)?;
    let program = super::build_measuring(&board, workspace, &["sluice-local"])?
        .join("sluice-functions-figures");
    board.step("Measuring the functions", |_| {
        said(Command::new(&program).arg(&functions))
    })
}

/// Builds `api` and `intake` and says in which folder they are. A folder of its own: two profiles in one wait for each other.
fn build_functions(board: &Board, workspace: &Workspace) -> Outcome<PathBuf> {
    let target = workspace.target().join("functions");
    board.step("Functions: compiling", |step| {
        let mut cargo = cargo();
        cargo
            .current_dir(workspace.root())
            .args(["build", "--package", "sluice-functions", "--bins"])
            .args(["--profile", PROFILE, "--target-dir"])
            .arg(&target);
        command::run(step, &mut cargo, &workspace.log("figures-functions"))
    })?;
    Ok(target.join(PROFILE))
}
