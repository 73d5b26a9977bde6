//! The last look before a file is written: exactly what it will do, in numbers.

use super::{event::may_decide, loading, title, which, work::Work, written};
use crate::{
    address::{PagePath, use_address},
    api::{Me, use_api},
    browser,
    components::{
        Counts, Fault, button, changing, counted, counts_table, error_summary, findings_table,
        inset, keep_held, link_button, not_compared, review_ahead, secondary_button, warning_text,
    },
    decide::Choice,
    send::{self, Verdict},
    sent::decided_words,
    service,
    session::use_session,
    worker,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    files::{Action, ExitRow, exit_file_name, write_exit},
    finding::Findings,
    identifiers::{QuarantineEventRef, Srv},
};
use std::collections::BTreeMap;

/// Names the part that says what the service will say.
const AHEAD: &str = "ahead";

pub(crate) fn decisions_page(reference: QuarantineEventRef) -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let may = may_decide(&me);
    loading::with_work(reference, move |work| {
        let decided = work
            .choices
            .with_untracked(|choices| choices.tally().decided());
        if may && decided > 0 {
            decisions_body(work, me.clone())
        } else {
            nothing(work)
        }
    })
}

fn nothing(work: Work) -> AnyView {
    let reference = work.event.with_value(|view| view.event.reference);
    div()
        .class("app-reading")
        .child((
            h1().class("govuk-heading-l").child("Nothing is chosen yet"),
            p().class("govuk-body")
                .child("Choose what to release and what to delete first."),
            link_button("Decide on the event", PagePath::QuarantineEvent(reference)),
        ))
        .into_any()
}

fn numbers(work: Work) -> BTreeMap<Srv, Counts> {
    let mut by_srv: BTreeMap<Srv, Counts> = BTreeMap::new();
    let table = work.table.get_value();
    work.choices.with_untracked(|choices| {
        for row in (0..table.len()).filter(|row| work.is_open(*row)) {
            let numbers = by_srv.entry(table.get(row).srv).or_default();
            match choices.get(row) {
                Choice::Release => numbers.release += 1,
                Choice::Delete => numbers.delete += 1,
                Choice::Hold => numbers.held += 1,
            }
        }
    });
    by_srv
}

fn decisions_body(work: Work, me: Me) -> AnyView {
    let person = me.person.id.clone();
    let reference = work.event.with_value(|view| view.event.reference);
    let by_srv = numbers(work);
    let all = by_srv
        .values()
        .fold(Counts::default(), |sum, numbers| Counts {
            release: sum.release + numbers.release,
            delete: sum.delete + numbers.delete,
            held: sum.held + numbers.held,
        });
    let sent = work.table.with_value(|table| table.sent().count()) as u64;
    let fault = RwSignal::new(None::<String>);
    let address = use_address();
    let sign = move |_| {
        let (name, bytes) = file(work);
        let person = person.clone();
        leptos::task::spawn_local(async move {
            work.keep_now().await;
            // Without storage the draft is not kept either, and that is said.
            let _ = written::remember(work, person.as_str(), &bytes).await;
            match send::hand_over(&person, &name, &bytes).await {
                Ok(next) => address.open(next),
                Err(error) => drop(fault.try_set(Some(error.to_string()))),
            }
        });
    };
    let save = {
        let person = me.person.id.clone();
        move |_| {
            let (name, bytes) = file(work);
            browser::download(&name, "text/csv", &bytes);
            let person = person.clone();
            leptos::task::spawn_local(async move {
                let _ = written::remember(work, person.as_str(), &bytes).await;
            });
        }
    };
    div()
        .class("app-reading")
        .child((
            a().class("govuk-back-link").href(PagePath::QuarantineEvent(reference).href()).child("Back to the decisions"),
            changing(move || fault.get().map(|words| error_summary("The file could not be kept", vec![Fault::of_no_field(words)]))),
            work.event.with_value(|view| title::heading("Review decisions on event ", &view.event)),
            p().class("govuk-body-l").id("in-numbers").child(sentence(all, sent, reference)),
            warning_text("Once the file is accepted, this cannot be undone."),
            counts_table("By service", by_srv),
            which::which(work),
            ahead(work, me),
            p().class("govuk-body").child(
                "Next, the decisions are written as an Exit Quarantine file, which you check, sign and send. Nothing is decided \
                 before it is accepted.",
            ),
            div().class("govuk-button-group").child((
                button("Write the file and go on to sign", sign),
                secondary_button("Save the file to sign elsewhere", save),
            )),
        ))
        .into_any()
}

/// "Release 200 and delete 28 of the 240 communications held in event 1203. Keep 12 held."
fn sentence(all: Counts, sent: u64, reference: QuarantineEventRef) -> String {
    let held = all.release + all.delete + all.held + sent;
    let keep = keep_held(all.held);
    let sent = match sent {
        0 => String::new(),
        sent => format!(" {} sent before.", counted(sent, "was", "were")),
    };
    format!(
        "{} of the {} held in event {reference}.{keep}{sent}",
        decided_words(all.release, all.delete),
        counted(held, "communication", "communications"),
    )
}

/// Judges the file as the service will, and says beforehand what it will say: whether a reviewer decides, and why.
fn ahead(work: Work, me: Me) -> AnyView {
    let api = use_api();
    let judged = RwSignal::new(None::<Result<(Verdict, Findings), String>>);
    let me = StoredValue::new(me);
    let judge = move || {
        judged.set(None);
        leptos::task::spawn_local(async move {
            // The page is drawn first: writing 100,000 rows takes a moment.
            browser::sleep(0).await;
            let Some(me) = me.try_get_value() else {
                return;
            };
            let (name, bytes) = file(work);
            let answer = send::judge_written(api, me, name, bytes).await;
            let _ = judged.try_set(Some(answer.map_err(|error| format!("{error:?}"))));
        });
    };
    judge();
    let again = move |_| {
        judge();
        // The button goes with what it stands below.
        browser::focus(AHEAD);
    };
    on_cleanup(worker::end);
    let shown = move || match judged.get() {
        None => p()
            .class("govuk-body app-loading")
            .role("status")
            .child("Checking the decisions as the service will…")
            .into_any(),
        Some(Ok((Verdict::Judged(judged), findings))) => (
            (!findings.is_empty())
                .then(|| findings_table(findings.findings.clone(), &findings.counts, None)),
            findings
                .is_acceptable()
                .then(|| review_ahead(&judged.rules)),
        )
            .into_any(),
        Some(Ok((Verdict::AtFault, findings))) => {
            findings_table(findings.findings.clone(), &findings.counts, None)
        }
        Some(Ok((Verdict::Unknown(error), _))) => (
            not_compared(&error),
            secondary_button("Compare again", again),
        )
            .into_any(),
        Some(Err(what)) => {
            leptos::logging::error!("{what}");
            inset("Whether a DCC reviewer decides first is shown once the file is checked.")
        }
    };
    div()
        .id(AHEAD)
        .tabindex("-1")
        .aria_live("polite")
        .child(shown)
        .into_any()
}

/// The Exit Quarantine file of the choices, with its name.
fn file(work: Work) -> (String, Vec<u8>) {
    let (event, table) = (
        work.event.with_value(|view| view.event.reference),
        work.table.get_value(),
    );
    let rows: Vec<ExitRow> = work.choices.with_untracked(|choices| {
        let chosen = |row: usize| -> Option<Action> {
            choices.get(row).action().filter(|_| work.is_open(row))
        };
        (0..table.len())
            .filter_map(|row| Some((row, chosen(row)?)))
            .map(|(row, action)| ExitRow {
                line: 0,
                event,
                request: table.get(row).request,
                action,
            })
            .collect()
    });
    (
        exit_file_name(&event, service::last().now()),
        write_exit(rows).into_bytes(),
    )
}
