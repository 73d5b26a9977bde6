//! Figures of a stack under load: one of its own with fresh data, embedded or on LocalStack.

use std::path::Path;
use std::process::Command;

use super::row::Row;
use super::{build_measuring, said};
use crate::failure::{Failure, Outcome};
use crate::progress::Board;
use crate::stack;
use crate::test::localstack::Emulator;
use crate::test::stack::TestStack;
use crate::workspace::Workspace;

/// How far the port of the tables is from the page's, in an embedded stack.
const TABLES: u16 = 3;
/// What names the stack's folder and log.
const NAME: &str = "load";

pub(super) fn embedded(workspace: &Workspace) -> Outcome<Vec<Row>> {
    let board = Board::new(2);
    let programs = build_measuring(&board, workspace, &["sluice-local"])?;
    board.step("Measuring under load", |_| {
        let stack = TestStack::start(workspace, &programs.join("sluice-local"), NAME, |_| ())?;
        drive(&programs, &stack, &tables(&stack.url())?)
    })
}

/// The functions as processes under cargo-lambda, storage in LocalStack.
pub(super) fn on_localstack(workspace: &Workspace) -> Outcome<Vec<Row>> {
    let board = Board::new(3);
    let built = ["sluice-localstack", "sluice-functions"];
    let programs = build_measuring(&board, workspace, &built)?;
    let emulators = stack::emulators(&board, workspace)?;
    board.step("Measuring under load", |_| {
        let program = programs.join("sluice-localstack");
        let emulator = Emulator::start(workspace, &program, &emulators)?;
        let stack = TestStack::start(workspace, &program, NAME, |command| {
            emulators.tell(command);
            command.env("SLUICE_LOCALSTACK", emulator.url());
        })?;
        drive(&programs, &stack, &emulator.url())
    })
}

fn drive(programs: &Path, stack: &TestStack, tables: &str) -> Outcome<Vec<Row>> {
    said(
        Command::new(programs.join("sluice-load"))
            .args(["--page", &stack.url(), "--dynamodb", tables])
            .arg("--state")
            .arg(stack.state()),
    )
}

/// Where the tables of an embedded stack are.
fn tables(page: &str) -> Outcome<String> {
    page.rsplit_once(':')
        .and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?.checked_add(TABLES)?)))
        .map(|(host, port)| format!("{host}:{port}"))
        .ok_or_else(|| {
            Failure::new(
                format!("{page} has no port."),
                "Run the same command again.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_three_ports_after_the_page() {
        let tables = tables("http://127.0.0.1:18600").unwrap_or_default();
        assert_eq!(tables, "http://127.0.0.1:18603");
    }
}
