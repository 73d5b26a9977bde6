//! `cargo xtask test`: every check there is. A failing one stops none of the others.
//!
//! Two things are long and leave the processor to others: the page is compiled mostly on one core, so it is built beside the lints; the
//! functions on `LocalStack` mostly wait for it, so they run beside the tests in Rust and in the browser.

mod api;
pub(crate) mod browser;
mod count;
mod deny;
mod failed_test;
pub(crate) mod localstack;
mod runner;
mod rust;
pub(crate) mod stack;
mod summary;
mod template;

use std::process::ExitCode;
use std::thread::{self, ScopedJoinHandle};

use crate::args::Part;
use crate::failure::{Failure, Outcome};
use crate::progress::Board;
use crate::workspace::Workspace;
use browser::Browser;
use localstack::Deployed;
use summary::{Line, shown, summary, timed};

/// Runs the tests, all or one part, and ends with a summary whose last line is `N passed, N failed`.
pub(crate) fn test(workspace: &Workspace, only: Option<Part>) -> ExitCode {
    let workspace = &workspace.linting();
    let wanted = |part| only.is_none_or(|only| only == part);
    let mut lines = Vec::new();
    thread::scope(|scope| {
        let browser = (wanted(Part::Browser) || wanted(Part::Localstack))
            .then(|| scope.spawn(|| Browser::ensure(&Board::new(browser::STEPS), workspace)));
        if wanted(Part::Lint) {
            lint(workspace, &mut lines);
        }
        let functions = wanted(Part::Localstack).then(|| scope.spawn(|| functions(workspace)));
        if wanted(Part::Rust) {
            lines.push(shown("tests in Rust", || rust::tests(workspace)));
        }
        if wanted(Part::Api) {
            lines.push(shown("API (schemathesis)", || api::check(workspace)));
        }
        let browser = browser.map_or_else(|| Err(stopped()), joined);
        if wanted(Part::Browser) {
            lines.push(shown("tests in the browser", || {
                browser::tests(workspace, browser.as_ref().map_err(Clone::clone)?)
            }));
        }
        if let Some(functions) = functions {
            on_localstack(workspace, &browser, joined(functions), &mut lines);
        }
    });
    summary(&lines)
}

/// What a thread came to.
fn joined<T>(thread: ScopedJoinHandle<'_, Outcome<T>>) -> Outcome<T> {
    thread.join().unwrap_or_else(|_| Err(stopped()))
}

fn stopped() -> Failure {
    Failure::new(
        "What the tests need was not made.",
        "Run the same command again.",
    )
}

fn lint(workspace: &Workspace, lines: &mut Vec<Line>) {
    lines.push(shown("form (rustfmt)", || {
        runner::check(workspace.cargo().args(["fmt", "--all", "--check"]))
    }));
    lines.push(shown("clippy", || rust::clippy(workspace)));
    lines.push(shown("dependencies (cargo deny)", || {
        deny::check(workspace)
    }));
    lines.push(shown("template (cfn-lint)", || template::check(workspace)));
}

/// The functions' own tests on `LocalStack`, which stays for those of the page.
struct Functions {
    /// Nothing where this machine lacks something.
    deployed: Option<Deployed>,
    line: Line,
    /// What the tests said, shown when nothing else is being shown.
    words: Vec<u8>,
}

fn functions(workspace: &Workspace) -> Outcome<Functions> {
    let deployed = match Deployed::start(workspace)? {
        Ok(deployed) => deployed,
        Err(left_out) => {
            return Ok(Functions {
                deployed: None,
                line: timed("LocalStack", || Ok(left_out)),
                words: Vec::new(),
            });
        }
    };
    let mut words = Vec::new();
    let line = timed("functions on LocalStack", || {
        deployed.functions(workspace, &mut words)
    });
    Ok(Functions {
        deployed: Some(deployed),
        line,
        words,
    })
}

/// What the functions' tests said on `LocalStack`, then the page's there.
fn on_localstack(
    workspace: &Workspace,
    browser: &Outcome<Browser>,
    functions: Outcome<Functions>,
    lines: &mut Vec<Line>,
) {
    let functions = match functions {
        Ok(functions) => functions,
        Err(failure) => {
            lines.push(shown("LocalStack", || Err(failure)));
            return;
        }
    };
    println!("\n== functions on LocalStack");
    println!("{}", String::from_utf8_lossy(&functions.words));
    lines.push(functions.line);
    if let Some(deployed) = functions.deployed {
        lines.push(shown("page on LocalStack", || {
            deployed.browser_tests(workspace, browser.as_ref().map_err(Clone::clone)?)
        }));
    }
}
