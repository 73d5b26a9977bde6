//! Fetching an event and all of its communications, page by page, with progress.

use std::sync::Arc;

use super::{
    work::{self, Held, Work},
    written,
};
use crate::{
    address::{Address, PagePath, use_address},
    api::{Api, ApiError, calls, use_api},
    browser,
    components::{Remote, grouped, grouped_count, live_region, problem_instead, progress_bar},
    decide::{Choices, HeldTable},
    sent,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::QuarantineEventView, files::FileKind, identifiers::QuarantineEventRef};

/// An event with its communications and the choices made before.
#[derive(Clone)]
pub(super) struct Loaded {
    event: QuarantineEventView,
    held: Held,
}

#[derive(Clone, Copy, Default, PartialEq)]
struct Progress {
    done: usize,
    all: u64,
}

/// Fetches the event `reference` and shows it by `show`; says how far it is meanwhile.
pub(super) fn with_work(
    reference: QuarantineEventRef,
    show: impl Fn(Work) -> AnyView + Send + 'static,
) -> AnyView {
    let (api, address) = (use_api(), use_address());
    let Some(person) = use_session().me().map(|me| me.person.id.to_string()) else {
        return ().into_any();
    };
    let progress = RwSignal::new(Progress::default());
    let loaded = crate::components::fetch({
        let person = person.clone();
        async move { load(api, reference, &person, progress).await }
    });
    (move || match loaded.get() {
        Remote::Loading => waiting(progress),
        Remote::Failed(error) => failed(&error, address),
        // Filters change the address; the work must not start anew with them.
        Remote::Ready(Loaded { event, held }) => {
            browser::heading_drawn();
            untrack(|| show(Work::new(event, held, address, &person)))
        }
    })
    .into_any()
}

fn failed(error: &ApiError, address: Address) -> AnyView {
    browser::heading_drawn();
    div()
        .child((
            a().class("govuk-back-link")
                .href(PagePath::Quarantine.href())
                .child("All events"),
            h1().class("govuk-heading-l").child("Quarantine event"),
            problem_instead(error, address),
        ))
        .into_any()
}

async fn load(
    api: Api,
    reference: QuarantineEventRef,
    person: &str,
    progress: RwSignal<Progress>,
) -> Result<Loaded, ApiError> {
    let event = api.get(calls::quarantine_event(reference)).await?;
    let mut sent = sent::sent(api, FileKind::ExitQuarantine).await;
    sent.retain(|sent| sent.in_event(reference).is_some());
    let left = Work::left(&event);
    let mut table = match &left {
        Some((table, _)) => HeldTable::clone(table),
        None => fetch_table(api, &event, progress).await?,
    };
    let rows = written::sent_rows(api, person, &event.event, &table, &sent).await;
    if event.is_closed() {
        written::forget(person, reference).await;
    }
    let choices = match left {
        Some((table, choices)) if *table.sent() == rows => choices,
        // Without storage the choices of before are lost, but new ones can be made.
        _ => {
            table.set_sent(rows);
            work::kept(person, &event, &table)
                .await
                .unwrap_or_else(|_| Choices::none(table.len()))
        }
    };
    Ok(Loaded {
        event,
        held: Held {
            table: Arc::new(table),
            sent,
            choices,
        },
    })
}

async fn fetch_table(
    api: Api,
    event: &QuarantineEventView,
    progress: RwSignal<Progress>,
) -> Result<HeldTable, ApiError> {
    let reference = event.event.reference;
    let all = event.event.counts.total();
    let _ = progress.try_set(Progress { done: 0, all });
    let mut table = HeldTable::default();
    for page in 0..event.event.pages {
        let page = api.get(calls::communications(reference, page)).await?;
        for row in page.communications() {
            table.push(&row.communication, row.state);
        }
        let _ = progress.try_set(Progress {
            done: table.len(),
            all,
        });
    }
    Ok(table)
}

fn waiting(progress: RwSignal<Progress>) -> AnyView {
    let words = move || {
        let Progress { done, all } = progress.get();
        format!(
            "Fetching the held communications: {} of {}",
            grouped_count(done),
            grouped(all)
        )
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "a bar needs no more than three digits"
    )]
    let share = move || {
        let Progress { done, all } = progress.get();
        if all == 0 {
            0.0
        } else {
            done as f64 / all as f64
        }
    };
    div()
        .child((
            // Not a heading: the page's own takes the focus and names the document once it is there.
            p().class("govuk-heading-l").child("Quarantine event"),
            live_region(|| "Fetching the held communications".to_owned()),
            p().class("govuk-body app-number").child(words),
            progress_bar("Held communications fetched", share),
        ))
        .into_any()
}

/// Where the reference in the address has not the form of one.
pub(crate) fn no_such_event_page() -> AnyView {
    div()
        .class("app-reading")
        .child((
            h1().class("govuk-heading-l")
                .child("There is no such quarantine event"),
            p().class("govuk-body").child((
                "An event's reference has 1 to 20 digits. ",
                a().class("govuk-link")
                    .href(PagePath::Quarantine.href())
                    .child("Choose an event from the list"),
                ".",
            )),
        ))
        .into_any()
}
