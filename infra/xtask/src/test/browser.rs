//! The page in Chromium, on an embedded stack: Playwright's tests in `e2e/`.
//!
//! They are told by environment variables: `SLUICE_URL` (the page), `SLUICE_STATE` (the stack's data, with its demo PKI),
//! `SLUICE_CHROMIUM` (the browser's program), `SLUICE_LOCAL` and `SLUICE_PAGE` (the stack's program and page, for tests that start one
//! of their own).

use super::count::{self, Count};
use super::runner;
use super::stack::TestStack;
use crate::failure::Outcome;
use crate::install::node::Node;
use crate::install::{chromium, npm};
use crate::page::{self, PageProfile};
use crate::progress::Board;
use crate::stack;
use crate::workspace::Workspace;

pub(crate) fn tests(workspace: &Workspace) -> Outcome<Count> {
    let e2e = workspace.root().join("e2e");
    let board = Board::new(page::STEPS + 4);
    let program = stack::build_with_tests(&board, workspace)?;
    page::build(&board, workspace, PageProfile::Release, || {
        page::build_builder(&board, workspace)
    })?;
    let node = board.step("Node", |step| Node::ensure(step, workspace))?;
    board.step("Packages of the browser tests", |step| {
        npm::install(step, &e2e, &workspace.log("npm-e2e"))
    })?;
    let chromium = board.step("Chromium", |step| {
        chromium::ensure(step, &workspace.log("chromium"))
    })?;
    drop(board);
    let stack = TestStack::start(workspace, &program)?;
    let mut playwright = node.script(&e2e.join("node_modules/@playwright/test/cli.js"));
    playwright
        .arg("test")
        .current_dir(&e2e)
        .env("SLUICE_URL", stack.url())
        .env("SLUICE_STATE", stack.state())
        .env("SLUICE_CHROMIUM", chromium)
        .env("SLUICE_LOCAL", &program)
        .env("SLUICE_PAGE", workspace.page());
    runner::tests(&mut playwright, count::playwright)
}
