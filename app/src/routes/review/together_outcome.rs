//! What became of each submission that was accepted with others.

use crate::{
    address::PagePath,
    api::{ApiError, ProblemCode},
    components::{
        Colour, Column, counted, link_button, secondary_button, table_below_heading, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::identifiers::SubmissionId;

/// What became of one of them.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    reference: SubmissionId,
    ended: Result<(), ApiError>,
}

impl Outcome {
    pub(super) const fn new(reference: SubmissionId, ended: Result<(), ApiError>) -> Self {
        Self { reference, ended }
    }

    pub(super) const fn is_accepted(&self) -> bool {
        self.ended.is_ok()
    }

    /// Whether it waits as it did, so that another try may do.
    fn is_left(&self) -> bool {
        self.ended
            .as_ref()
            .is_err_and(|error| error.code() != Some(ProblemCode::AlreadyDecided))
    }

    fn in_words(&self) -> String {
        match &self.ended {
            Ok(()) => "Your decision was taken. It is checked once more before it takes effect."
                .to_owned(),
            Err(error) if error.code() == Some(ProblemCode::Changed) => {
                "Left out: it has changed since it was looked at. It waits.".to_owned()
            }
            Err(error) => format!("{}. {}", error.title(), error.detail()),
        }
    }
}

/// Each with what became of it; `again` goes on with those that wait as before.
pub(super) fn outcomes_page(
    all: &[Outcome],
    again: impl Fn(Vec<SubmissionId>) + Copy + 'static,
) -> AnyView {
    let accepted = all.iter().filter(|one| one.is_accepted()).count();
    let failed = all.len() - accepted;
    let words = if failed == 0 {
        format!(
            "{} accepted.",
            counted(accepted as u64, "submission", "submissions")
        )
    } else {
        format!(
            "{} accepted, {failed} not. Nothing is lost: each of these is as the list below says, and your reason is kept.",
            counted(accepted as u64, "submission", "submissions")
        )
    };
    let left: Vec<_> = all
        .iter()
        .filter(|one| one.is_left())
        .map(|one| one.reference)
        .collect();
    let columns = [
        Column::Text("Submission"),
        Column::Text("Outcome"),
        Column::Text("What it means"),
    ];
    let rows = all
        .iter()
        .map(|one| {
            let outcome = if one.is_accepted() {
                tag("Accepted", Colour::Green)
            } else {
                tag("Not accepted", Colour::Red)
            };
            vec![
                text_cell(
                    a().class("govuk-link app-identifier")
                        .href(PagePath::Review(one.reference).href())
                        .child(one.reference.to_string()),
                ),
                text_cell(outcome),
                text_cell(one.in_words()),
            ]
        })
        .collect();
    let retry = (!left.is_empty()).then(|| {
        secondary_button("Look at those that wait again", move |_| {
            again(left.clone());
        })
    });
    div()
        .child((
            p().class("govuk-body-l").role("status").child(words),
            table_below_heading("What became of each", &columns, rows),
            div().class("govuk-button-group").child((
                link_button("Back to review queue", PagePath::ReviewQueue),
                retry,
                a().class("govuk-link")
                    .href(PagePath::ReviewHistory.href())
                    .child("Decisions so far"),
            )),
        ))
        .into_any()
}
