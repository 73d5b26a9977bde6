//! The table of what waits for a reviewer.

use super::{
    choose::Choosing,
    filter::{SORTED, USUAL},
};
use crate::{
    address::{Address, PagePath, Parameter},
    components::{
        Colour, Column, Order, SortColumn, counted, labelled_cell, minutes_in_words, now,
        sorted_heads, tag,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::ReviewItem, instant::UtcTime, risk::RiskLevel};

const COLUMNS: [SortColumn; 7] = [
    SortColumn::by("risk", Column::Text("Risk")),
    SortColumn::by("since", Column::Text("Waiting")),
    SortColumn::by("organisation", Column::Text("Organisation")),
    SortColumn::by("file", Column::Text("File")),
    SortColumn::by("why", Column::Text("Why")),
    SortColumn::plain(Column::Text("In hand")),
    SortColumn::plain(Column::Text("Submission")),
];

/// What a row is drawn by, beside its submission. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub(super) sorted: Memo<Vec<ReviewItem>>,
    /// The row that keys act on.
    pub(super) at: RwSignal<Option<usize>>,
    pub(super) choosing: Choosing,
    /// Minutes after which what waits is overdue.
    pub(super) overdue: Memo<i64>,
}

/// How high a risk is: the word says it, and the colour repeats it.
pub(super) fn risk_tag(level: RiskLevel) -> AnyView {
    let colour = match level {
        RiskLevel::High => Colour::Red,
        RiskLevel::Medium => Colour::Orange,
        RiskLevel::Low => Colour::Green,
    };
    tag(level.in_words(), colour)
}

/// What was asked about a submission, in words; `None`: nothing.
pub(super) fn asked_words(item: &ReviewItem) -> Option<String> {
    let asked = item.submission.questions?;
    Some(match (asked.open, asked.answered) {
        (0, answered) => format!(
            "{} answered",
            counted(answered.into(), "question", "questions")
        ),
        (open, 0) => format!(
            "{} without answer",
            counted(open.into(), "question", "questions")
        ),
        (open, answered) => format!("{answered} answered, {open} without answer"),
    })
}

/// The order that the address says.
pub(super) fn order(address: Address) -> Order {
    Order::parse(
        address.parameter(Parameter::Sort).as_deref(),
        &SORTED,
        USUAL,
    )
}

pub(super) fn table(address: Address, rows: Rows) -> AnyView {
    let each = rows;
    let heads = move || sorted_heads(address, &COLUMNS, order(address));
    let rows = move || {
        each.sorted
            .get()
            .iter()
            .enumerate()
            .map(|(place, item)| row(place, item, each))
            .collect::<Vec<_>>()
    };
    div()
        .class("app-table-scroll")
        .role("region")
        .tabindex("0")
        .aria_label("Submissions that wait for review")
        .child(
            leptos::html::table()
                .class("govuk-table app-stacks app-dense")
                .child((
                    caption()
                        .class("govuk-visually-hidden")
                        .child("Submissions that wait for review"),
                    thead()
                        .class("govuk-table__head")
                        .child(tr().class("govuk-table__row").child(heads)),
                    tbody().class("govuk-table__body").child(rows),
                )),
        )
        .into_any()
}

fn row(place: usize, item: &ReviewItem, rows: Rows) -> AnyView {
    let at = rows.at;
    let submission = &item.submission;
    let reference = submission.reference.to_string();
    let why: Vec<AnyView> = reasons(submission.rules.iter().map(|rule| rule.title()))
        .into_iter()
        .map(|words| li().child(words).into_any())
        .collect();
    let barred = item
        .barred
        .map(|_| tag("Not yours to decide", Colour::Grey));
    let hint = |words: String| {
        div()
            .class("govuk-hint govuk-!-margin-bottom-0")
            .child(words)
    };
    let signer = submission.signer.as_ref();
    let by = signer.map(|person| hint(format!("Signed by {}", person.name)));
    let minutes = (now().unix_seconds() - item.since.unix_seconds()) / 60;
    let is_overdue = move || minutes > rows.overdue.get();
    let asked = asked_words(item).map(|words| {
        let is_answered = submission.questions.is_some_and(|asked| asked.answered > 0);
        let colour = if is_answered {
            Colour::Blue
        } else {
            Colour::Yellow
        };
        tag(words, colour)
    });
    let in_hand = match &item.assigned {
        Some(held) => held.person.name.clone(),
        None => "Nobody".to_owned(),
    };
    let cells = [
        (
            risk_tag(item.risk),
            rows.choosing.choice_box(item, rows.sorted),
        )
            .into_any(),
        (waiting(item.since, now()), move || {
            is_overdue().then(|| (" ", tag("Overdue", Colour::Red)))
        })
            .into_any(),
        (
            submission.organisation_name.clone(),
            by,
            hint(format!("Sent by {}", submission.uploader.name)),
        )
            .into_any(),
        (
            submission.kind.name(),
            div()
                .class("govuk-hint govuk-!-margin-bottom-0 app-breakable")
                .child(submission.file_name.to_string()),
        )
            .into_any(),
        ul().class("govuk-list govuk-!-margin-bottom-0")
            .child(why)
            .into_any(),
        (
            in_hand,
            asked.map(|asked| div().class("govuk-!-margin-top-1").child(asked)),
        )
            .into_any(),
        (
            a().class("govuk-link app-identifier")
                .href(PagePath::Review(submission.reference).href())
                .child(reference.clone()),
            barred,
        )
            .into_any(),
    ];
    let cells: Vec<AnyView> = COLUMNS
        .into_iter()
        .zip(cells)
        .map(|(head, cell)| labelled_cell(head.column.words(), "govuk-table__cell", cell))
        .collect();
    let here = move || at.get() == Some(place);
    tr().class("govuk-table__row")
        .class(("app-dense__here", here))
        .id(format!("waiting-{place}"))
        .tabindex("-1")
        .aria_current(move || here().then_some("true"))
        .child(cells)
        .into_any()
}

/// For how long it has been waiting.
fn waiting(since: UtcTime, now: UtcTime) -> String {
    match (now.unix_seconds() - since.unix_seconds()) / 60 {
        ..=0 => "less than a minute".to_owned(),
        minutes => minutes_in_words(minutes),
    }
}

/// Each reason once, with how often it applies if that is more.
pub(super) fn reasons<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for title in titles {
        match counts.iter_mut().find(|(known, _)| *known == title) {
            Some((_, count)) => *count += 1,
            None => counts.push((title, 1)),
        }
    }
    counts
        .into_iter()
        .map(|(title, count)| match count {
            1 => title.to_owned(),
            _ => format!("{title} ({count})"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_has_just_come_waits_for_less_than_a_minute() {
        let now = UtcTime::parse("2026-11-03T12:00:00Z").unwrap();
        let since = |text| waiting(UtcTime::parse(text).unwrap(), now);
        assert_eq!(since("2026-11-03T11:59:30Z"), "less than a minute");
        assert_eq!(since("2026-11-03T12:00:30Z"), "less than a minute");
        assert_eq!(since("2026-11-03T11:00:00Z"), "60 minutes");
    }

    #[test]
    fn a_reason_that_applies_twice_is_said_once() {
        assert_eq!(reasons(["a", "b", "a"].into_iter()), ["a (2)", "b"]);
    }
}
