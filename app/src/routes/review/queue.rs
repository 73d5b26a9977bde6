//! What waits for a reviewer, the oldest first or the riskiest first.

use super::keys;
use crate::{
    address::{PagePath, Parameter, use_address},
    api::{calls, use_api},
    components::{
        Colour, counted, fetch, field, inset, labelled_cell, minutes_in_words, now, quiet_button,
        remote, tag,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Page, ReviewItem},
    instant::UtcTime,
};

const KEYS: &[(&str, &str)] = &[
    ("j", "the next submission"),
    ("k", "the one before"),
    ("Enter", "open it"),
    ("?", "show these keys"),
];

/// Waiting submissions that are fetched and shown at most.
pub(super) const MOST_SHOWN: u16 = 200;

const HEADS: [&str; 7] = [
    "Waiting",
    "Organisation",
    "File",
    "Why",
    "Signed by",
    "Sent by",
    "Submission",
];

pub(crate) fn review_queue_page() -> AnyView {
    let (api, address) = (use_api(), use_address());
    let again = RwSignal::new(0_u32);
    let items = RwSignal::new(Vec::<ReviewItem>::new());
    let at = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let order = RwSignal::new(
        address
            .parameter(Parameter::Order)
            .unwrap_or_else(|| "age".to_owned()),
    );
    Effect::new(move |_| {
        address.set_parameter(
            Parameter::Order,
            Some(order.get()).filter(|order| order != "age").as_deref(),
        );
    });
    keys::listen(move |key| {
        let count = items.with_untracked(Vec::len);
        let here = at.get_untracked();
        match key {
            "j" if count > 0 => at.set(Some(here.map_or(0, |here| (here + 1).min(count - 1)))),
            "k" if count > 0 => at.set(Some(here.map_or(0, |here| here.saturating_sub(1)))),
            "Enter" if here.is_some() && !focus_is_on_control() => {
                let reference = items.with_untracked(|items| {
                    here.and_then(|here| items.get(here))
                        .map(|item| item.submission.reference)
                });
                if let Some(reference) = reference {
                    address.open(PagePath::Review(reference));
                }
            }
            "?" => open.update(|open| *open = !*open),
            _ => return false,
        }
        if let Some(here) = at.get_untracked().filter(|_| matches!(key, "j" | "k")) {
            crate::browser::scroll_to(format!("waiting-{here}"));
        }
        true
    });
    div()
        .child((
            h1().class("govuk-heading-l").child("Review"),
            move || {
                let _ = again.get();
                let queue = fetch(async move { api.get(calls::reviews(MOST_SHOWN)).await });
                remote(queue, "Loading what waits for review", move |page| {
                    shown(page, items, at, order, again)
                })
            },
            move || (!items.with(Vec::is_empty)).then(|| keys::list(open, KEYS)),
        ))
        .into_any()
}

/// True when Enter already means something where the focus is.
fn focus_is_on_control() -> bool {
    let active = crate::browser::document().active_element();
    active.is_some_and(|element| matches!(element.tag_name().as_str(), "A" | "BUTTON" | "SUMMARY"))
}

fn shown(
    page: Page<ReviewItem>,
    items: RwSignal<Vec<ReviewItem>>,
    at: RwSignal<Option<usize>>,
    order: RwSignal<String>,
    again: RwSignal<u32>,
) -> AnyView {
    let more = page.next.is_some();
    let mut all = page.items;
    all.sort_by_key(|item| item.since);
    let count = all.len();
    items.set(all.clone());
    let sorted = Memo::new(move |_| {
        let mut sorted = all.clone();
        if order.get() == "risk" {
            sorted.sort_by_key(|item| std::cmp::Reverse(item.submission.rules.len()));
        }
        sorted
    });
    Effect::new(move |_| items.set(sorted.get()));
    let look = quiet_button("Look again", move |_| again.update(|again| *again += 1));
    if count == 0 {
        return div()
            .child((inset("Nothing waits for review. Files that a rule of risk stops appear here, the oldest first."), look))
            .into_any();
    }
    let options = [
        ("age", "The oldest first"),
        ("risk", "The most rules fired first"),
    ];
    let options = options
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .to_vec();
    div()
        .child((
            p().class("govuk-body-l").child(format!(
                "{} for a decision.",
                counted(count as u64, "submission waits", "submissions wait")
            )),
            div()
                .class("app-filters")
                .child((field("order", "Order").select(options, order), look)),
            more.then(|| {
                p().class("govuk-body")
                    .child(format!("The oldest {MOST_SHOWN} are shown."))
            }),
            table(sorted, at),
        ))
        .into_any()
}

fn table(sorted: Memo<Vec<ReviewItem>>, at: RwSignal<Option<usize>>) -> AnyView {
    let heads: Vec<AnyView> = HEADS
        .into_iter()
        .map(|words| {
            th().scope("col")
                .class("govuk-table__header")
                .child(words)
                .into_any()
        })
        .collect();
    let rows = move || {
        sorted
            .get()
            .iter()
            .enumerate()
            .map(|(place, item)| row(place, item, at))
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

fn row(place: usize, item: &ReviewItem, at: RwSignal<Option<usize>>) -> AnyView {
    let submission = &item.submission;
    let reference = submission.reference.to_string();
    let why: Vec<AnyView> = reasons(submission.rules.iter().map(|rule| rule.title()))
        .into_iter()
        .map(|words| li().child(words).into_any())
        .collect();
    let barred = item
        .barred
        .map(|_| tag("Not yours to decide", Colour::Grey));
    let cells = [
        waiting(item.since, now()).into_any(),
        submission.organisation_name.clone().into_any(),
        submission.kind.name().into_any(),
        ul().class("govuk-list govuk-!-margin-bottom-0")
            .child(why)
            .into_any(),
        submission
            .signer
            .as_ref()
            .map(|person| person.name.clone())
            .into_any(),
        submission.uploader.name.clone().into_any(),
        (
            a().class("govuk-link app-identifier")
                .href(PagePath::Review(submission.reference).href())
                .child(reference.clone()),
            barred,
        )
            .into_any(),
    ];
    let cells: Vec<AnyView> = HEADS
        .into_iter()
        .zip(cells)
        .map(|(head, cell)| labelled_cell(head, "govuk-table__cell", cell))
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
fn reasons<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<String> {
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
