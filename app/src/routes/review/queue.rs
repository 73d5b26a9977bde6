//! What waits for a reviewer, the highest risk first: searched, narrowed, sorted, to take away.

use super::{
    aside::own_id,
    choose::{Choosing, choosing},
    filter::{Filter, HEADINGS, cells, filters},
    keys, table,
};
use crate::{
    address::{PagePath, use_address},
    api::{Api, ApiError, calls, use_api},
    components::{
        certificate_reminder, changing, counted, csv_button, fetch, inset, list_shown,
        quiet_button, remote, shown_words,
    },
    service,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{Page, ReviewItem},
    identifiers::PersonId,
};

const KEYS: &[(&str, &str)] = &[
    ("j", "the next submission"),
    ("k", "the one before"),
    ("Enter", "open it"),
    (
        "Space",
        "choose it, where it may be accepted with others; with Shift, all from the last one",
    ),
    ("Shift and j, k", "move, and choose all on the way"),
    ("?", "show these keys"),
];

/// Waiting submissions that are fetched at once, and how often at most.
pub(super) const AT_ONCE: u16 = 200;
const MOST_PAGES: u16 = 5;

pub(crate) fn review_queue_page() -> AnyView {
    let (api, address) = (use_api(), use_address());
    let again = RwSignal::new(0_u32);
    let items = RwSignal::new(Vec::<ReviewItem>::new());
    let at = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let choosing = choosing();
    let mine = own_id();
    keys::listen(move |key| {
        let count = items.with_untracked(Vec::len);
        let here = at.get_untracked();
        match key {
            "j" | "J" if count > 0 => {
                at.set(Some(here.map_or(0, |here| (here + 1).min(count - 1))));
            }
            "k" | "K" if count > 0 => at.set(Some(here.map_or(0, |here| here.saturating_sub(1)))),
            "Enter" if here.is_some() && !focus_is_on_control() => {
                let reference = items.with_untracked(|items| {
                    here.and_then(|here| items.get(here))
                        .map(|item| item.submission.reference)
                });
                if let Some(reference) = reference {
                    address.open(PagePath::Review(reference));
                }
            }
            " " | keys::SHIFT_SPACE if here.is_some() && !focus_is_on_control() => {}
            "?" => open.update(|open| *open = !*open),
            _ => return false,
        }
        let Some(now) = at.get_untracked() else {
            return true;
        };
        let in_a_row = matches!(key, "J" | "K" | keys::SHIFT_SPACE);
        if in_a_row || key == " " {
            items.with_untracked(|items| {
                let reference =
                    |place: usize| items.get(place).map(|item| item.submission.reference);
                // A row that begins by moving has where it began, too.
                let began = here.filter(|_| matches!(key, "J" | "K"));
                choosing.press_at(items, (began.and_then(reference), reference(now)), in_a_row);
            });
        }
        if matches!(key, "j" | "k" | "J" | "K") {
            crate::browser::scroll_to(format!("waiting-{now}"));
        }
        true
    });
    div()
        .child((
            h1().class("govuk-heading-l").child("Review"),
            use_session().me().map(|me| certificate_reminder(&me)),
            changing(move || {
                let _ = again.get();
                let queue = fetch(all_waiting(api));
                let mine = mine.clone();
                remote(queue, "Loading what waits for review", move |page| {
                    let queue = Queue {
                        items,
                        at,
                        again,
                        choosing,
                    };
                    shown(page.clone(), queue, mine.clone())
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

/// Everything that waits, up to a thousand: the highest risk may have come last.
async fn all_waiting(api: Api) -> Result<Page<ReviewItem>, ApiError> {
    let mut all: Option<Page<ReviewItem>> = None;
    for _ in 0..MOST_PAGES {
        let cursor = all.as_ref().and_then(|page| page.next.clone());
        let call = calls::reviews(AT_ONCE).reviews_from(cursor.as_ref());
        let page = api.get(call).await?.after(all);
        if page.next.is_none() {
            return Ok(page);
        }
        all = Some(page);
    }
    Ok(all.unwrap_or(Page {
        items: Vec::new(),
        next: None,
    }))
}

/// What the queue is drawn by. Cheap to copy.
#[derive(Clone, Copy)]
struct Queue {
    items: RwSignal<Vec<ReviewItem>>,
    at: RwSignal<Option<usize>>,
    again: RwSignal<u32>,
    choosing: Choosing,
}

/// The way to what was decided.
fn history() -> AnyView {
    a().class("govuk-link")
        .href(PagePath::ReviewHistory.href())
        .child("Decisions so far")
        .into_any()
}

fn shown(page: Page<ReviewItem>, queue: Queue, me: Option<PersonId>) -> AnyView {
    let Queue {
        items,
        at,
        again,
        choosing,
    } = queue;
    let address = use_address();
    let has_more = page.next.is_some();
    let count = page.items.len();
    let look = quiet_button("Refresh", move |_| again.update(|again| *again += 1));
    if count == 0 {
        items.set(Vec::new());
        return div()
            .child((inset("Nothing is waiting for review. A file that a risk rule stops appears here, the highest risk first."), look, " ", history()))
            .into_any();
    }
    let all = StoredValue::new(page.items);
    let fitting = Memo::new(move |_| {
        let filter = Filter::from_address(address, me.clone());
        all.with_value(|all| filter.of_all(all, table::order(address)))
    });
    let profile = service::profile(use_api());
    let overdue =
        Memo::new(move |_| profile.with(|profile| i64::from(profile.review.overdue_hours) * 60));
    Effect::new(move |_| {
        items.set(fitting.get());
        fitting.with_untracked(|items| choosing.keep_those_of(items));
        // The row that keys act on is another one now.
        at.set(None);
    });
    let words = move || {
        let all = shown_words(fitting.with(Vec::len), count, "submission", "submissions");
        if has_more {
            format!(
                "{all}. Only the {count} that have waited longest are loaded: later ones are not searched."
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
                .child((list_shown(words), take, look, history())),
            choosing.bar_above(fitting),
            changing(move || {
                if is_empty.get() {
                    p().class("govuk-body")
                        .child("No submission fits. Change or clear the filters.")
                        .into_any()
                } else {
                    table::table(
                        address,
                        table::Rows {
                            sorted: fitting,
                            at,
                            choosing,
                            overdue,
                        },
                    )
                }
            }),
        ))
        .into_any()
}
