//! `cfn-lint`: whether the templates in `infra/` are such that CloudFormation takes them.

use std::process::Command;

use super::count::{self, Count};
use super::runner;
use crate::failure::Outcome;
use crate::install::python;
use crate::progress::Board;
use crate::workspace::Workspace;

/// What is installed: what is right today must not be wrong tomorrow.
const PACKAGE: &str = "cfn-lint==1.58.0";
/// The oldest Python that it runs on.
const OLDEST: (u32, u32) = (3, 9);

pub(crate) fn check(workspace: &Workspace) -> Outcome<Count> {
    let Some(python) = python::find(OLDEST) else {
        return count::left_out(
            &python::lacking(OLDEST),
            "the template is NOT checked in this run",
        );
    };
    let ours = workspace.tools().join("cfn-lint");
    let board = Board::new(1);
    board.step("cfn-lint", |step| {
        let log = workspace.log("cfn-lint");
        python::environment(step, &python, &ours, &[PACKAGE], &log)
    })?;
    let mut lint = Command::new(ours.join("bin/cfn-lint"));
    lint.current_dir(workspace.root())
        .args(["infra/template.yaml", "infra/edge.yaml"]);
    runner::check(&mut lint)
}
