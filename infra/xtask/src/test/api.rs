//! The API held to its `OpenAPI` document by `schemathesis`, which makes up requests, good and bad, and looks at every answer: once as
//! a supplier, once as a reviewer.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::count::{self, Count};
use super::runner;
use super::stack::TestStack;
use crate::command::answer;
use crate::failure::{Failure, Outcome};
use crate::install::python;
use crate::progress::Board;
use crate::stack;
use crate::workspace::Workspace;

/// What is installed: what is right today must not be wrong tomorrow.
const PACKAGE: &str = "schemathesis==4.32.5";
/// The oldest Python that it runs on.
const OLDEST: (u32, u32) = (3, 10);
/// Between them they reach every route.
const PEOPLE: [&str; 2] = ["supplier-submitter", "reviewer-1"];
/// The same requests in every run: a test that fails today failed yesterday.
const SEED: &str = "1";

pub(crate) fn check(workspace: &Workspace) -> Outcome<Count> {
    let Some(python) = python::find(OLDEST) else {
        return count::left_out(
            &python::lacking(OLDEST),
            "the API is NOT held to its OpenAPI document in this run",
        );
    };
    let (program, schemathesis) = installed(workspace, &python)?;
    let stack = TestStack::start(workspace, &program, "api", |_| ())?;
    PEOPLE.iter().try_fold(Count::default(), |sum, person| {
        println!("As {person}:");
        let token = token(&program, &stack, person)?;
        let mut run = run(workspace, &schemathesis, &stack, &token);
        Ok(sum.plus(runner::check(&mut run)?))
    })
}

fn installed(workspace: &Workspace, python: &Path) -> Outcome<(PathBuf, PathBuf)> {
    let ours = workspace.tools().join("schemathesis");
    let board = Board::new(2);
    let program = stack::build_with_tests(&board, workspace)?;
    board.step("schemathesis", |step| {
        let log = workspace.log("schemathesis");
        python::environment(step, python, &ours, &[PACKAGE], &log)
    })?;
    Ok((program, ours.join("bin/schemathesis")))
}

fn token(program: &Path, stack: &TestStack, person: &str) -> Outcome<String> {
    let mut command = Command::new(program);
    let asked = command
        .args(["token", person, "--state"])
        .arg(stack.state());
    answer(asked).ok_or_else(|| {
        Failure::new(
            format!("The stack gives no token for {person}."),
            "Run the same command again.",
        )
    })
}

fn run(workspace: &Workspace, program: &Path, stack: &TestStack, token: &str) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(workspace.root())
        .arg("--config-file")
        .arg("e2e/schemathesis.toml")
        .arg("run")
        .arg(format!("{}/api/openapi.json", stack.url()))
        .args(["--url", &stack.url(), "--seed", SEED])
        .args(["--checks", "all"])
        .arg("--header")
        .arg(format!("Authorization: Bearer {token}"));
    command
}
