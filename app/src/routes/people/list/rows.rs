//! The rows of a list: what each would change, what is wrong with it, and what became of it.

use super::checked::List;
use crate::{
    components::{Cell, Column, changing, number_cell, table_below_heading, text_cell},
    routes::people::differences,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::Approval,
    people_file::{PlannedRow, RowPlan},
};

const COLUMNS: [Column; 4] = [
    Column::Number("Line"),
    Column::Text("Sign-in"),
    Column::Text("Name"),
    Column::Text("What it changes"),
];

pub(super) fn table(list: List, rows: &[PlannedRow]) -> AnyView {
    let lines = rows.iter().map(|row| line(list, row)).collect();
    table_below_heading("Rows of the list", &COLUMNS, lines)
}

fn line(list: List, row: &PlannedRow) -> Vec<Cell> {
    let number = row.line;
    let what = match &row.plan {
        RowPlan::Nothing => "Nothing".into_any(),
        RowPlan::Faults(faults) => faults
            .iter()
            .map(|fault| {
                let place = fault.heading.map(|heading| format!("{heading}: "));
                p().class("govuk-error-message")
                    .child((place, fault.words.clone()))
            })
            .collect::<Vec<_>>()
            .into_any(),
        RowPlan::Changes(changes) => changes
            .iter()
            .map(|change| {
                let needed = match change.approval {
                    _ if change.waits => Some("Asked for already. It waits for its approval."),
                    Approval::BySecondAdministrator => {
                        Some("Another DCC administrator has to approve it.")
                    }
                    Approval::NotNeeded => None,
                };
                div().child((
                    change.change.title(),
                    differences::lines(&change.differences),
                    needed.map(|words| div().class("govuk-hint").child(words)),
                ))
            })
            .collect::<Vec<_>>()
            .into_any(),
    };
    let answered = changing(move || {
        let answers = list.answers.with(|answers| answers.get(&number).cloned());
        let answers = answers.unwrap_or_default().into_iter();
        answers
            .map(|answer| p().class("govuk-body").child(answer).into_any())
            .collect::<Vec<AnyView>>()
    });
    vec![
        number_cell(row.line.to_string()),
        text_cell(span().class("app-breakable").child(row.sign_in.clone())),
        text_cell(row.name.clone()),
        text_cell((what, answered)),
    ]
}
