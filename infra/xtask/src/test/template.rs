//! `cfn-lint`: whether `infra/template.yaml` is one that CloudFormation takes.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::count::Count;
use super::runner;
use crate::command::{self, answer, which};
use crate::failure::Outcome;
use crate::progress::Board;
use crate::workspace::Workspace;

/// What is installed: what is right today must not be wrong tomorrow.
const VERSION: &str = "1.58.0";
/// The oldest Python that it runs on.
const OLDEST: (u32, u32) = (3, 9);

pub(crate) fn check(workspace: &Workspace) -> Outcome<Count> {
    let ours = workspace.tools().join(format!("cfn-lint-{VERSION}"));
    let program = ours.join("bin/cfn-lint");
    if !program.is_file() {
        let Some(python) = python() else {
            println!(
                "There is no Python {}.{} or newer with venv here (Debian, Ubuntu: apt-get install python3-venv): \
                 the template is NOT checked in this run.",
                OLDEST.0, OLDEST.1
            );
            return Ok(Count {
                skipped: 1,
                ..Count::default()
            });
        };
        install(workspace, &python, &ours)?;
    }
    let mut lint = Command::new(&program);
    lint.current_dir(workspace.root())
        .arg("infra/template.yaml");
    runner::check(&mut lint)
}

/// A Python that is new enough and can make an environment of its own.
fn python() -> Option<PathBuf> {
    let python = which("python3")?;
    let said = answer(Command::new(&python).arg("--version"))?;
    let mut numbers = said
        .trim_start_matches("Python ")
        .split('.')
        .map(str::parse);
    let version: (u32, u32) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let has_venv = answer(Command::new(&python).args(["-c", "import venv, ensurepip"])).is_some();
    (version >= OLDEST && has_venv).then_some(python)
}

fn install(workspace: &Workspace, python: &Path, ours: &Path) -> Outcome {
    let board = Board::new(1);
    board.step("cfn-lint: installing", |step| {
        let log = workspace.log("cfn-lint");
        let mut environment = Command::new(python);
        environment.args(["-m", "venv"]).arg(ours);
        command::run(step, &mut environment, &log)?;
        let mut pip = Command::new(ours.join("bin/python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        pip.arg(format!("cfn-lint=={VERSION}"));
        command::run(step, &mut pip, &log)
    })
}
