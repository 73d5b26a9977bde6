//! Figures of a stack under load: an embedded one of its own, with fresh data.

use std::process::Command;

use super::row::Row;
use super::said;
use crate::failure::{Failure, Outcome};
use crate::progress::Board;
use crate::test::stack::TestStack;
use crate::workspace::Workspace;

/// How far the port of the tables is from the page's, in an embedded stack.
const TABLES: u16 = 3;

pub(super) fn measure(workspace: &Workspace) -> Outcome<Vec<Row>> {
    let board = Board::new(2);
    let programs = super::build_measuring(&board, workspace)?;
    board.step("Measuring under load", |_| {
        let stack = TestStack::start(workspace, &programs.join("sluice-local"), "figures", |_| ())?;
        let page = stack.url();
        said(
            Command::new(programs.join("sluice-load"))
                .args(["--page", &page, "--dynamodb", &tables(&page)?])
                .arg("--state")
                .arg(stack.state()),
        )
    })
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
