//! `cargo xtask figures`: what is measured, beside what it should be, as one table.
//!
//! Who measures also says what the aim is and whether it is reached: `shared/examples/check_a_million.rs` natively, `e2e/figures/` in the
//! browser, `e2e/load/` the functions and a stack under load. A figure that misses its aim is told in the table and fails nothing; the
//! tests hold what must hold.

mod functions;
mod load;
mod page;
mod row;
mod table;

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use crate::args::FiguresOptions;
use crate::command::{self, cargo};
use crate::failure::{Failure, Outcome};
use crate::progress::Board;
use crate::workspace::Workspace;
use row::Row;

/// With which the measuring programs are built.
const PROFILE: &str = "load";

/// Builds and installs what is missing, measures, prints.
pub(crate) fn measure(workspace: &Workspace, options: &FiguresOptions) -> Outcome<ExitCode> {
    let rows = if options.functions {
        functions::measure(workspace)?
    } else if options.localstack {
        load::on_localstack(workspace)?
    } else if options.load {
        load::embedded(workspace)?
    } else {
        page::measure(workspace)?
    };
    println!("{}", table::as_table(&rows));
    Ok(ExitCode::SUCCESS)
}

/// The figures that a program prints; what it complains of is shown at once.
fn said(program: &mut Command) -> Outcome<Vec<Row>> {
    match program.stderr(Stdio::inherit()).output() {
        Ok(said) if said.status.success() => row::read_rows(&String::from_utf8_lossy(&said.stdout)),
        _ => {
            let by_hand: Vec<_> = std::iter::once(program.get_program())
                .chain(program.get_args())
                .map(|word| word.to_string_lossy().into_owned())
                .collect();
            Err(Failure::new(
                "The measuring failed.",
                format!("Run it by hand to see why: {}", by_hand.join(" ")),
            ))
        }
    }
}

/// Builds the measuring programs with the stack that one of them loads, all optimised, and says in which folder they are.
fn build_measuring(board: &Board, workspace: &Workspace, stack: &[&str]) -> Outcome<PathBuf> {
    board.step("Measuring programs: compiling", |step| {
        let mut cargo = cargo();
        cargo
            .current_dir(workspace.root())
            .args(["build", "--profile", PROFILE, "--package", "sluice-load"])
            .args(stack.iter().flat_map(|package| ["--package", package]))
            .arg("--target-dir")
            .arg(workspace.target());
        command::run(step, &mut cargo, &workspace.log("figures-measuring"))
    })?;
    Ok(workspace.target().join(PROFILE))
}
