//! One event: what it is, and deciding on what it holds.

use super::{bar, filters, keys, list, loading, plain, row, table, title, work::Work};
use crate::{
    address::{PagePath, Parameter, use_address},
    api::Me,
    components::{
        changing, counted, csv_button, details, grouped, grouped_count, identifier, live_region,
        moment, row as fact, service_name, summary_list,
    },
    sent::decided_words,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::Permission,
    identifiers::{QuarantineEventRef, SrvOrAll},
    quarantine::Counts,
    services::ServiceTable,
};

pub(crate) fn event_page(reference: QuarantineEventRef) -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let may_decide = may_decide(&me);
    loading::with_work(reference, move |work| event_body(work, may_decide))
}

/// Whether a person may decide: to send files for the User is to decide for it.
pub(super) fn may_decide(me: &Me) -> bool {
    !me.dcc && me.may(Permission::SendFiles)
}

fn event_body(work: Work, may_decide: bool) -> AnyView {
    let (reference, held, total) = work.event.with_value(|view| {
        (
            view.event.reference,
            view.event.counts.held,
            view.event.counts.total(),
        )
    });
    let open = work.table.with_value(|table| table.open()) as u64;
    let decidable = may_decide && open > 0;
    if decidable {
        keys::listen(work);
    }
    let address = use_address();
    let is_plain =
        Memo::new(move |_| address.parameter(Parameter::View).as_deref() == Some("plain"));
    div()
        .child((
            a().class("govuk-back-link")
                .href(PagePath::Quarantine.href())
                .child("All events"),
            work.event
                .with_value(|view| title::heading("Event ", &view.event)),
            summary(work),
            (held > 0 && !may_decide).then(|| {
                p().class("govuk-inset-text").child(
                    "Submitters and AROs of the organisation decide. You can look at what is held.",
                )
            }),
            sent_before(work, reference),
            h2().class("govuk-heading-m").child(if decidable {
                format!(
                    "Decide on {}",
                    counted(open, "communication", "communications")
                )
            } else {
                counted(total, "communication", "communications")
            }),
            filters::filter_fields(work),
            decidable.then(|| bar::actions(work)),
            shown(work, is_plain),
            changing(move || {
                if is_plain.get() {
                    plain::table_in_pages(work, decidable)
                } else {
                    table::scrolling_table(work, decidable)
                }
            }),
            decidable.then(|| bar::totals(work, reference)),
            live_region(move || work.said.get()),
        ))
        .into_any()
}

/// What was sent of the event and is not settled: it is not decided about again meanwhile.
fn sent_before(work: Work, reference: QuarantineEventRef) -> Option<AnyView> {
    let (locked, is_all) = work
        .table
        .with_value(|table| (table.sent().count() as u64, table.open() == 0));
    let (lines, decided) = work.sent.with_value(|sent| {
        let effects: Vec<_> = sent
            .iter()
            .filter_map(|one| Some((one, one.in_event(reference)?)))
            .collect();
        let decided: u64 = effects
            .iter()
            .map(|(_, effect)| effect.release + effect.delete)
            .sum();
        let lines: Vec<AnyView> = effects
            .into_iter()
            .map(|(one, effect)| {
                let what = decided_words(effect.release, effect.delete);
                p().class("govuk-body").child(one.line(&what)).into_any()
            })
            .collect();
        (lines, decided)
    });
    if lines.is_empty() {
        return None;
    }
    let words = if is_all {
        "All that is held is in there. Nothing can be chosen here until its outcome is known."
    } else if locked >= decided {
        "What was sent is locked here until its outcome is known."
    } else {
        "Which communications these are is not known here. Decide only about others: what is decided a second time is rejected."
    };
    Some(
        div()
            .class("govuk-inset-text app-reading")
            .child((
                lines,
                p().class("govuk-body govuk-!-margin-bottom-0").child(words),
            ))
            .into_any(),
    )
}

const HEADINGS: [&str; 5] = [
    "Event",
    "Request ID",
    "Service",
    "Held since (UTC)",
    "State",
];

/// The rows shown, for a spreadsheet: what it would take for a number and round has a word before it.
fn in_file(work: Work) -> Vec<Vec<String>> {
    let event = work.event.with_value(|view| view.event.reference);
    let row = |row: &u32| {
        let row = *row as usize;
        let held = work.table.with_value(|table| table.get(row));
        vec![
            format!("Event {event}"),
            held.request.to_string(),
            format!("{} {}", held.srv, service_name(SrvOrAll::One(held.srv))),
            held.quarantined_at.to_string(),
            untrack(|| row::state_words(work, row)).to_owned(),
        ]
    };
    work.shown.get_untracked().iter().map(row).collect()
}

/// How many rows are shown, and the way to the other form of the table.
fn shown(work: Work, is_plain: Memo<bool>) -> AnyView {
    let all = work.table.with_value(|table| table.len());
    let words = move || {
        let shown = work.shown.with(|shown| shown.len());
        if shown == all {
            format!("All {} shown", grouped_count(all))
        } else {
            format!("{} of {} shown", grouped_count(shown), grouped_count(all))
        }
    };
    div()
        .class("app-decide__shown")
        .child((
            p().class("govuk-body-s app-number")
                .id("rows-shown")
                .child(words),
            csv_button("held-communications.csv", &HEADINGS, move || in_file(work)),
            crate::components::quiet_button(
                changing(move || {
                    if is_plain.get() {
                        "Show as one scrolling table"
                    } else {
                        "Show as plain pages"
                    }
                }),
                move |_| {
                    work.address().set_parameter(Parameter::Page, None);
                    work.address().set_parameter(
                        Parameter::View,
                        (!is_plain.get_untracked()).then_some("plain"),
                    );
                },
            ),
        ))
        .into_any()
}

/// `12 of 240; 200 were released and 28 deleted before`: what there is none of is left out.
fn held_words(counts: Counts) -> String {
    let held = match counts.held {
        0 => "None any more".to_owned(),
        held if held == counts.total() => return grouped(held),
        held => format!("{} of {}", grouped(held), grouped(counts.total())),
    };
    let verb = |count| if count == 1 { "was" } else { "were" };
    match (counts.release, counts.delete) {
        (0, delete) => format!(
            "{held}; {} {} deleted before",
            grouped(delete),
            verb(delete)
        ),
        (release, 0) => format!(
            "{held}; {} {} released before",
            grouped(release),
            verb(release)
        ),
        (release, delete) => format!(
            "{held}; {} {} released and {} deleted before",
            grouped(release),
            verb(release),
            grouped(delete)
        ),
    }
}

fn summary(work: Work) -> AnyView {
    let view = work.event.get_value();
    let event = &view.event;
    let by_srv: Vec<AnyView> = event
        .by_srv
        .iter()
        .map(|row| {
            let name = ServiceTable::standard()
                .get(&row.srv)
                .map(|service| service.name.clone())
                .unwrap_or_default();
            li().child(format!("{} {name}: {}", row.srv, held_words(row.counts)))
                .into_any()
        })
        .collect();
    let list = summary_list([
        fact("User ID", identifier(&event.user_id.to_string())),
        fact("Why", event.breach.in_words()),
        fact("Held since", moment(event.quarantined_at)),
        fact("Decision due", moment(view.due_at)),
        fact("Held", held_words(event.counts)),
    ]);
    let deciding = event.deciding_for.map(|submission| {
        p().class("govuk-inset-text").child((
            "Decisions of ",
            a().class("govuk-link")
                .href(PagePath::Submission(submission).href())
                .child(submission.to_string()),
            " are being recorded now. Reload the page in a minute.",
        ))
    });
    let held = counted(event.counts.held, "communication", "communications");
    div()
        .class("app-reading")
        .child((
            p().class("govuk-body app-decide__lead").child((
                list::due(&view),
                span().child((
                    format!("{held} of "),
                    identifier(&event.user_id.to_string()),
                    " held",
                )),
            )),
            deciding,
            details(
                "About this event",
                (
                    list,
                    p().class("govuk-body").child("By service:"),
                    ul().class("govuk-list").child(by_srv),
                ),
            ),
        ))
        .into_any()
}
