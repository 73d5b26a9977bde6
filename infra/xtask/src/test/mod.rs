//! `cargo xtask test`: every check there is. A failing one stops none of the others.

mod api;
pub(crate) mod browser;
mod count;
mod deny;
pub(crate) mod localstack;
mod runner;
pub(crate) mod stack;
mod template;

use std::process::ExitCode;
use std::time::Instant;

use crate::args::Part;
use crate::failure::Outcome;
use crate::progress::elapsed;
use crate::workspace::Workspace;
use count::Count;

/// One line of the summary.
struct Line {
    name: &'static str,
    count: Count,
    took: String,
}

/// Runs the tests, all or one part, and ends with a summary whose last line is `N passed, N failed`.
pub(crate) fn test(workspace: &Workspace, only: Option<Part>) -> ExitCode {
    let wanted = |part| only.is_none_or(|only| only == part);
    let mut lines = Vec::new();
    let mut run = |name: &'static str, work: &mut dyn FnMut() -> Outcome<Count>| {
        println!("\n== {name}");
        let since = Instant::now();
        let count = work().unwrap_or_else(|failure| {
            println!("{failure}");
            Count::failure()
        });
        lines.push(Line {
            name,
            count,
            took: elapsed(since),
        });
    };
    if wanted(Part::Lint) {
        run("form (rustfmt)", &mut || {
            runner::check(workspace.cargo().args(["fmt", "--all", "--check"]))
        });
        run("clippy", &mut || clippy(workspace));
        run("dependencies (cargo deny)", &mut || deny::check(workspace));
        run("template (cfn-lint)", &mut || template::check(workspace));
    }
    if wanted(Part::Rust) {
        run("tests in Rust", &mut || rust_tests(workspace));
    }
    if wanted(Part::Api) {
        run("API (schemathesis)", &mut || api::check(workspace));
    }
    if wanted(Part::Browser) {
        run("tests in the browser", &mut || browser::tests(workspace));
    }
    if wanted(Part::Localstack) {
        run("tests on LocalStack", &mut || localstack::tests(workspace));
    }
    summary(&lines)
}

/// What cargo is asked for at a time: first the default members (what runs on a server), then the others one by one.
///
/// What is built together decides with which features shared dependencies are built. Clippy, the tests, the stack and the page builder
/// ask for the same selections, so that no dependency is compiled twice.
const SELECTIONS: [&[&str]; 4] = [
    &[],
    &["--package", "sluice-app"],
    &["--package", "sluice-page-builder"],
    &["--package", "sluice-xtask"],
];

/// All code with all lints; the page's code compiles for this machine too, so its lints need no other compiler.
fn clippy(workspace: &Workspace) -> Outcome<Count> {
    each_selection(|selection| {
        let mut cargo = workspace.cargo();
        cargo
            .arg("clippy")
            .args(selection)
            .args(["--all-targets", "--", "-D", "warnings"]);
        runner::check(&mut cargo)
    })
}

fn rust_tests(workspace: &Workspace) -> Outcome<Count> {
    each_selection(|selection| {
        let mut cargo = workspace.cargo();
        cargo.arg("test").args(selection).arg("--no-fail-fast");
        runner::tests(&mut cargo, count::cargo_test)
    })
}

fn each_selection(run: impl Fn(&[&str]) -> Outcome<Count>) -> Outcome<Count> {
    SELECTIONS
        .iter()
        .try_fold(Count::default(), |sum, selection| {
            Ok(sum.plus(run(selection)?))
        })
}

fn summary(lines: &[Line]) -> ExitCode {
    let all = lines
        .iter()
        .fold(Count::default(), |sum, line| sum.plus(line.count));
    println!("\n== summary");
    for Line { name, count, took } in lines {
        let word = if count.failed == 0 { "ok" } else { "FAILED" };
        println!("{name:<28} {word:<6} {count} ({took})");
    }
    println!("\n{all}");
    if all.failed == 0 && all.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
