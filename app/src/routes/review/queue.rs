//! What waits for a reviewer, the oldest first: searched, narrowed, sorted, to take away.

use super::{
    filter::{Filter, HEADINGS, cells, filters},
    keys, table,
};
use crate::{
    address::{PagePath, use_address},
    api::{calls, use_api},
    components::{
        certificate_reminder, changing, counted, csv_button, fetch, inset, list_shown,
        quiet_button, remote, shown_words,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::api::{Page, ReviewItem};

const KEYS: &[(&str, &str)] = &[
    ("j", "the next submission"),
    ("k", "the one before"),
    ("Enter", "open it"),
    ("?", "show these keys"),
];

/// Waiting submissions that are fetched and shown at most.
pub(super) const MOST_SHOWN: u16 = 200;

pub(crate) fn review_queue_page() -> AnyView {
    let (api, address) = (use_api(), use_address());
    let again = RwSignal::new(0_u32);
    let items = RwSignal::new(Vec::<ReviewItem>::new());
    let at = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
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
            use_session().me().map(|me| certificate_reminder(&me)),
            changing(move || {
                let _ = again.get();
                let queue = fetch(async move { api.get(calls::reviews(MOST_SHOWN)).await });
                remote(queue, "Loading what waits for review", move |page| {
                    shown(page.clone(), items, at, again)
                })
            }),
            changing(move || (!items.with(Vec::is_empty)).then(|| keys::list(open, KEYS))),
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
    again: RwSignal<u32>,
) -> AnyView {
    let address = use_address();
    let has_more = page.next.is_some();
    let count = page.items.len();
    let look = quiet_button("Refresh", move |_| again.update(|again| *again += 1));
    if count == 0 {
        items.set(Vec::new());
        return div()
            .child((inset("Nothing is waiting for review. A file that a risk rule stops appears here, oldest first."), look))
            .into_any();
    }
    let all = StoredValue::new(page.items);
    let fitting = Memo::new(move |_| {
        let filter = Filter::from_address(address);
        all.with_value(|all| filter.of_all(all, table::order(address)))
    });
    Effect::new(move |_| {
        items.set(fitting.get());
        // The row that keys act on is another one now.
        at.set(None);
    });
    let words = move || {
        let all = shown_words(fitting.with(Vec::len), count, "submission", "submissions");
        if has_more {
            format!(
                "{all}. Only the {MOST_SHOWN} that have waited longest are loaded: later ones are not searched."
            )
        } else {
            all
        }
    };
    let take = csv_button("review.csv", HEADINGS, move || {
        fitting.with_untracked(|fitting| fitting.iter().map(cells).collect())
    });
    let is_empty = Memo::new(move |_| fitting.with(Vec::is_empty));
    div()
        .child((
            p().class("govuk-body-l").child(format!(
                "{} for a decision.",
                counted(
                    count as u64,
                    "submission is waiting",
                    "submissions are waiting"
                )
            )),
            filters(address),
            div()
                .class("app-list-head")
                .child((list_shown(words), take, look)),
            changing(move || {
                if is_empty.get() {
                    p().class("govuk-body")
                        .child("No submission fits. Change or clear the filters.")
                        .into_any()
                } else {
                    table::table(address, fitting, at)
                }
            }),
        ))
        .into_any()
}
