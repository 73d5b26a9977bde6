//! The page in a browser, on an embedded stack: Playwright's tests in `e2e/`, most of them in Chromium, the main way in Firefox, too.
//!
//! They are told by environment variables: `SLUICE_URL` (the pages, one for each file of tests that may run at a time),
//! `SLUICE_CHROMIUM` and `SLUICE_FIREFOX` (the browsers' programs), `SLUICE_LOCAL` and `SLUICE_PAGE` (the stack's program and page, for tests that start one
//! of their own).

use std::path::PathBuf;
use std::process::Command;

use super::count::{self, Count};
use super::runner;
use super::stack::TestStack;
use crate::failure::Outcome;
use crate::install::node::Node;
use crate::install::{chromium, firefox, npm};
use crate::page::{self, PageProfile};
use crate::progress::Board;
use crate::stack;
use crate::workspace::Workspace;

/// How many steps `Browser::ensure` shows.
pub(crate) const STEPS: usize = page::STEPS + 4;

pub(crate) fn tests(workspace: &Workspace, browser: &Browser) -> Outcome<Count> {
    let board = Board::new(1);
    let firefox = board.step("Firefox", |step| {
        Ok(firefox::find(step, &workspace.log("firefox")))
    })?;
    drop(board);
    let start = |name| TestStack::start(workspace, browser.stack_program(), name, |_| ());
    let stacks = [start("test")?, start("test-2")?];
    let mut playwright = browser.playwright(workspace, &stacks);
    let left_out = match firefox {
        Some(firefox) => {
            playwright.env("SLUICE_FIREFOX", firefox);
            Count::default()
        }
        None => count::left_out(
            "There is no Firefox ESR here (Debian: apt-get install firefox-esr; elsewhere set SLUICE_FIREFOX to its path)",
            "the main way is NOT tested in Firefox in this run",
        )?,
    };
    let run = runner::tests(&mut playwright, count::playwright)?;
    Ok(run.plus(left_out))
}

/// All that Playwright needs on this machine.
#[derive(Clone)]
pub(crate) struct Browser {
    node: Node,
    chromium: PathBuf,
    program: PathBuf,
}

impl Browser {
    /// Builds the stack and the released page, and installs what is missing.
    pub(crate) fn ensure(board: &Board, workspace: &Workspace) -> Outcome<Self> {
        page::build(board, workspace, PageProfile::Release, || {
            page::build_builder(board, workspace)
        })?;
        let node = board.step("Node", |step| Node::ensure(step, workspace))?;
        board.step("Packages of the browser tests", |step| {
            npm::install(
                step,
                &workspace.root().join("e2e"),
                &workspace.log("npm-e2e"),
            )
        })?;
        let chromium = board.step("Chromium", |step| {
            chromium::ensure(step, &workspace.log("chromium"))
        })?;
        let program = stack::build_with_tests(board, workspace)?;
        Ok(Self {
            node,
            chromium,
            program,
        })
    }

    /// The stack's program.
    pub(crate) fn stack_program(&self) -> &PathBuf {
        &self.program
    }

    /// The same with another program of stacks.
    pub(crate) fn with_program(&self, program: PathBuf) -> Self {
        Self {
            program,
            ..self.clone()
        }
    }

    /// `playwright test` in `e2e/`, told of `stacks`: as many files of tests run at a time.
    pub(crate) fn playwright(&self, workspace: &Workspace, stacks: &[TestStack]) -> Command {
        let urls: Vec<String> = stacks.iter().map(TestStack::url).collect();
        let e2e = workspace.root().join("e2e");
        let mut playwright = self
            .node
            .script(&e2e.join("node_modules/@playwright/test/cli.js"));
        playwright
            .arg("test")
            .current_dir(&e2e)
            .env("SLUICE_URL", urls.join(" "))
            .env("SLUICE_CHROMIUM", &self.chromium)
            .env("SLUICE_LOCAL", &self.program)
            .env("SLUICE_PAGE", workspace.page_folder());
        playwright
    }
}
