//! Figures of the page, and of the code that page and intake share.

use std::fs;
use std::process::Command;

use super::row::{self, Row};
use super::said;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::progress::{Board, Step};
use crate::test::browser::{self, Browser};
use crate::test::stack::TestStack;
use crate::workspace::Workspace;

const NATIVE: [&str; 6] = [
    "run",
    "--release",
    "--package",
    "sluice-shared",
    "--example",
    "check_a_million",
];

pub(super) fn measure(workspace: &Workspace) -> Outcome<Vec<Row>> {
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
    rows.extend(board.step("Measuring the intake", |_| {
        said(workspace.cargo().args(NATIVE).arg("--quiet"))
    })?);
    Ok(rows)
}

fn in_browser(step: &Step<'_>, workspace: &Workspace, browser: &Browser) -> Outcome<Vec<Row>> {
    let file = workspace.sluice("figures.tsv");
    fs::write(&file, "").map_err(|error| Failure::file(&file, &error))?;
    let stack = TestStack::start(workspace, browser.stack_program(), "figures", |_| ())?;
    let mut playwright: Command = browser.playwright(workspace, std::slice::from_ref(&stack));
    playwright
        .args(["--config", "figures"])
        .env("SLUICE_FIGURES", &file);
    let log = workspace.log("figures-browser");
    command::run(step, &mut playwright, &log)?;
    let said = fs::read_to_string(&file).map_err(|error| Failure::file(&file, &error))?;
    row::read_rows(&said)
}
