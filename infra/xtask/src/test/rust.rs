//! The code itself: lints and tests, by cargo.

use super::count::{self, Count};
use super::runner;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

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
pub(crate) fn clippy(workspace: &Workspace) -> Outcome<Count> {
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

pub(crate) fn tests(workspace: &Workspace) -> Outcome<Count> {
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
