//! The numbers behind the rules, and what reviewers refused before.

use crate::{
    address::PagePath,
    components::{
        Column, figure, identifier, moment, number_cell, service, table_below_heading, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::risk::{ExitSeen, Growth, RaiseSeen, Refusal, RiskRule};

/// Every threshold that is raised by more than the factor, alone or with the raises before it.
pub(super) fn raises(raises: &[RaiseSeen]) -> Option<AnyView> {
    if raises.is_empty() {
        return None;
    }
    let columns = [
        Column::Text("User ID"),
        Column::Text("Service"),
        Column::Text("Period"),
        Column::Number("Limit before"),
        Column::Number("New quarantine"),
        Column::Text("Raised since last review"),
    ];
    let rows = raises
        .iter()
        .map(|raise| {
            let other = raise.held_to.map(|period| {
                div()
                    .class("govuk-hint govuk-!-margin-bottom-0")
                    .child(format!("of {}, not limited any more", period.in_words()))
            });
            vec![
                text_cell(identifier(&raise.user_id.to_string())),
                text_cell(service(raise.key.srv)),
                text_cell(raise.key.period.in_words()),
                number_cell((figure(raise.old), other)),
                number_cell((figure(raise.new), counts_when(raise))),
                text_cell(grown(raise)),
            ]
        })
        .collect();
    Some(table_below_heading(
        "By this file alone, or together with earlier raises that no reviewer saw",
        &columns,
        rows,
    ))
}

/// When the new level counts, where that is not from acceptance on and for good.
fn counts_when(raise: &RaiseSeen) -> Option<AnyView> {
    let words = match (raise.starts, raise.exception_until) {
        (None, None) => return None,
        (Some(starts), None) => format!("from {}", starts.in_words()),
        (None, Some(until)) => format!("exception until {}", until.in_words()),
        (Some(starts), Some(until)) => {
            format!(
                "exception from {} until {}",
                starts.in_words(),
                until.in_words()
            )
        }
    };
    let hint = div().class("govuk-hint govuk-!-margin-bottom-0");
    Some(hint.child(words).into_any())
}

fn grown(raise: &RaiseSeen) -> String {
    let now = times(raise.growth);
    if raise.growth_before == Growth::ONE {
        format!("To {now}, all by this file")
    } else {
        format!(
            "To {now}; before this file to {}",
            times(raise.growth_before)
        )
    }
}

fn times(growth: Growth) -> String {
    format!("{} times", growth.in_words())
}

/// What this file and those before it release and delete within a period.
pub(super) fn released(seen: &[ExitSeen]) -> Option<AnyView> {
    if seen.is_empty() {
        return None;
    }
    let columns = [
        Column::Text("What"),
        Column::Text("Whose"),
        Column::Text("Service"),
        Column::Text("Within"),
        Column::Number("This file"),
        Column::Number("Files before"),
        Column::Number("Without review"),
    ];
    let rows = seen
        .iter()
        .map(|seen| {
            let what = if seen.rule == RiskRule::DeleteOverNumber {
                "Deleted"
            } else {
                "Released"
            };
            vec![
                text_cell(what),
                match seen.user_id {
                    Some(user_id) => text_cell(identifier(&user_id.to_string())),
                    None => text_cell("The organisation"),
                },
                text_cell(service(seen.srv)),
                text_cell(seen.period.in_words()),
                number_cell(figure(seen.count)),
                number_cell(figure(seen.earlier)),
                number_cell(figure(seen.allowed)),
            ]
        })
        .collect();
    Some(table_below_heading(
        "What this file and the files before it release and delete within a period",
        &columns,
        rows,
    ))
}

/// What reviewers refused before of the very bytes of the file.
pub(super) fn refusals(refusals: &[Refusal]) -> Option<AnyView> {
    if refusals.is_empty() {
        return None;
    }
    let each: Vec<AnyView> = refusals
        .iter()
        .map(|refusal| {
            let reference = refusal.submission.to_string();
            li().child((
                p().class("govuk-body").child((
                    strong().child(refusal.reviewer_name.clone()),
                    " refused the same file on ",
                    moment(refusal.refused_at),
                    ", as submission ",
                    a().class("govuk-link app-identifier")
                        .href(PagePath::Submission(refusal.submission).href())
                        .child(reference.clone()),
                    ":",
                )),
                div().class("govuk-inset-text").child(
                    p().class("govuk-body app-as-typed")
                        .child(refusal.reason.as_str().to_owned()),
                ),
            ))
            .into_any()
        })
        .collect();
    Some(
        div()
            .class("app-reading")
            .child((
                p().class("govuk-body")
                    .child("The very same file came before and was refused. It has been signed again since."),
                ul().class("govuk-list").child(each),
            ))
            .into_any(),
    )
}
