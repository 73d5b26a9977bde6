//! `cargo xtask test`: every check there is. A failing one stops none of the others.

mod api;
pub(crate) mod browser;
mod count;
mod deny;
pub(crate) mod localstack;
mod runner;
pub(crate) mod stack;
mod template;

use std::io;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use crate::args::Part;
use crate::failure::{Failure, Outcome};
use crate::progress::elapsed;
use crate::workspace::Workspace;
use count::Count;
use localstack::Deployed;

/// One line of the summary.
struct Line {
    name: &'static str,
    count: Count,
    took: String,
}

/// Runs the tests, all or one part, and ends with a summary whose last line is `N passed, N failed`.
pub(crate) fn test(workspace: &Workspace, only: Option<Part>) -> ExitCode {
    let workspace = &workspace.linting();
    let wanted = |part| only.is_none_or(|only| only == part);
    let mut lines = Vec::new();
    let mut run = |name, work: &mut dyn FnMut() -> Outcome<Count>| {
        lines.push(shown(name, work));
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
    on_stacks(workspace, wanted, &mut lines);
    summary(&lines)
}

/// What needs a running stack: the page in a browser, and the functions and the page on LocalStack.
fn on_stacks(workspace: &Workspace, wanted: impl Fn(Part) -> bool, lines: &mut Vec<Line>) {
    let mut deployed = None;
    if wanted(Part::Localstack) {
        let started = shown("LocalStack", &mut || match Deployed::start(workspace)? {
            Ok(started) => {
                deployed = Some(started);
                Ok(Count::default())
            }
            Err(left_out) => Ok(left_out),
        });
        if deployed.is_none() {
            lines.push(started);
        }
    }
    let browser = || shown("tests in the browser", &mut || browser::tests(workspace));
    match &deployed {
        Some(deployed) if wanted(Part::Browser) => {
            side_by_side(workspace, deployed, browser, lines);
        }
        Some(deployed) => lines.push(shown(FUNCTIONS, &mut || {
            deployed.functions(workspace, &mut io::stdout())
        })),
        None if wanted(Part::Browser) => lines.push(browser()),
        None => {}
    }
    if let Some(deployed) = &deployed {
        lines.push(shown("page on LocalStack", &mut || {
            deployed.browser_tests(workspace)
        }));
    }
}

const FUNCTIONS: &str = "functions on LocalStack";

/// The functions' tests mostly wait for LocalStack, which leaves the processor to the browser. What they say is shown at their end.
fn side_by_side(
    workspace: &Workspace,
    deployed: &Deployed,
    browser: impl Fn() -> Line,
    lines: &mut Vec<Line>,
) {
    let mut words = Vec::new();
    let functions = thread::scope(|scope| {
        let functions =
            scope.spawn(|| timed(FUNCTIONS, &mut || deployed.functions(workspace, &mut words)));
        lines.push(browser());
        functions.join()
    });
    println!("\n== {FUNCTIONS}\n{}", String::from_utf8_lossy(&words));
    lines.push(functions.unwrap_or_else(|_| Line {
        name: FUNCTIONS,
        count: Count::failure(),
        took: String::new(),
    }));
}

/// Does it under a heading of its own.
fn shown(name: &'static str, work: &mut dyn FnMut() -> Outcome<Count>) -> Line {
    println!("\n== {name}");
    timed(name, work)
}

fn timed(name: &'static str, work: &mut dyn FnMut() -> Outcome<Count>) -> Line {
    let since = Instant::now();
    let count = work().unwrap_or_else(|failure| {
        println!("{failure}");
        Count::failure()
    });
    Line {
        name,
        count,
        took: elapsed(since),
    }
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

/// All code with all lints: it is compiled as the tests are, with clippy as the compiler, so that they need no second build. The page's code
/// compiles for this machine too, so its lints need no other compiler.
fn clippy(workspace: &Workspace) -> Outcome<Count> {
    if !workspace.lints() {
        return Err(Failure::new(
            "There is no `clippy-driver` here, so nothing was looked at.",
            "Install clippy (`rustup component add clippy`), then try again.",
        ));
    }
    each_selection(|selection| {
        let mut cargo = workspace.cargo();
        cargo.arg("build").args(selection).arg("--all-targets");
        runner::without_warnings(&mut cargo)
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
