//! `cargo xtask figures`: what is measured, beside what it should be, as one table.
//!
//! Who measures also says what the aim is and whether it is reached: `shared/examples/check_a_million.rs` natively, `e2e/figures/` in the
//! browser. A figure that misses its aim is told in the table and fails nothing; the tests hold what must hold.

mod row;
mod table;

use std::fs;
use std::process::{ExitCode, Stdio};

use crate::command;
use crate::failure::{Failure, Outcome};
use crate::progress::{Board, Step};
use crate::test::browser::{self, Browser};
use crate::test::stack::TestStack;
use crate::workspace::Workspace;
use row::Row;

const NATIVE: [&str; 6] = [
    "run",
    "--release",
    "--package",
    "sluice-shared",
    "--example",
    "check_a_million",
];

/// Builds and installs what is missing, measures, prints.
pub(crate) fn measure(workspace: &Workspace) -> Outcome<ExitCode> {
    let board = Board::new(browser::STEPS + 3);
    let browser = Browser::ensure(&board, workspace)?;
    board.step("Intake: compiling", |step| {
        let mut build = workspace.cargo();
        build.args(NATIVE).args(["--", "1"]);
        command::run(step, &mut build, &workspace.log("figures-compile"))
    })?;
    // One after the other: what is measured at once measures the other.
    let mut rows = board.step("Measuring in the browser", |step| {
        in_browser(step, workspace, &browser)
    })?;
    rows.extend(board.step("Measuring the intake", |_| natively(workspace))?);
    drop(board);
    println!("{}", table::of(&rows));
    Ok(ExitCode::SUCCESS)
}

fn in_browser(step: &Step<'_>, workspace: &Workspace, browser: &Browser) -> Outcome<Vec<Row>> {
    let file = workspace.sluice("figures.tsv");
    fs::write(&file, "").map_err(|error| Failure::file(&file, &error))?;
    let stack = TestStack::start(workspace, browser.stack_program(), "figures", |_| ())?;
    let mut playwright = browser.playwright(workspace, &stack);
    playwright
        .args(["--config", "figures"])
        .env("SLUICE_FIGURES", &file);
    let log = workspace.log("figures-browser");
    command::run(step, &mut playwright, &log)?;
    let said = fs::read_to_string(&file).map_err(|error| Failure::file(&file, &error))?;
    row::read(&said)
}

fn natively(workspace: &Workspace) -> Outcome<Vec<Row>> {
    let mut cargo = workspace.cargo();
    cargo.args(NATIVE).arg("--quiet").stderr(Stdio::inherit());
    match cargo.output() {
        Ok(said) if said.status.success() => row::read(&String::from_utf8_lossy(&said.stdout)),
        _ => Err(Failure::new(
            "The measuring of the intake failed.",
            format!("Run it by hand to see why: cargo {}", NATIVE.join(" ")),
        )),
    }
}
