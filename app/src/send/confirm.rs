//! Step 5: what exactly will happen, and the sending.

use super::{
    decisions,
    flow::{CheckState, Flow},
    sign::download,
    transmit::{self, Purpose, Sending},
    upload::Stop,
    words,
};
use crate::{
    address::{HelpTopic, PagePath},
    api::FileEffect,
    browser,
    components::{
        button, changing, details, inset, problem_beside_banner, progress_bar, quiet_button,
        review_ahead, row, secondary_button, summary_list, waiting_bar, warning_text,
    },
    worker::Judged,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{files::FileKind, identifiers::ServiceRequestRef};

const SERVICE_REQUEST: &str = "service-request";
const ON_ITS_WAY: &str = "on-its-way";
const STOPPED: &str = "upload-stopped";

pub(super) fn step(flow: Flow) -> AnyView {
    let sending = RwSignal::new(Sending::Not);
    let stop = StoredValue::new_local(Stop::default());
    on_cleanup(move || stop.with_value(Stop::now));
    // The next page: where the file is sent and the network is lost, it says so. And what to do where the service is down, the page's own
    // server with it.
    leptos::task::spawn_local(async {
        let _ = crate::parts::submission().await;
        let _ = crate::parts::help().await;
    });
    let under_way = Memo::new(move |_| sending.with(Sending::under_way));
    div()
        .child((
            changing(move || match sending.get() {
                Sending::Failed(_, error) => Some(problem_beside_banner(&error)),
                Sending::Stopped(purpose) => Some(stopped(purpose)),
                _ => None,
            }),
            what_is_sent(flow, under_way),
            changing(move || match under_way.get() {
                Some(purpose) => on_its_way(purpose, sending, stop),
                None => before(flow, sending, stop),
            }),
        ))
        .into_any()
}

fn what_is_sent(flow: Flow, under_way: Memo<Option<Purpose>>) -> AnyView {
    flow.check.with_untracked(|check| {
        let CheckState::Done(outcome) = check else {
            return ().into_any();
        };
        let draft = flow.draft.get_untracked();
        let rows = [
            draft
                .as_ref()
                .map(|draft| row("File", words::file_line(draft))),
            Some(row("Signature", words::signature_line(outcome))),
            Some(row("Rows", words::check_line(outcome))),
            draft
                .as_ref()
                .and_then(|draft| draft.replaces)
                .map(|earlier| row("Corrects", earlier.to_string())),
        ];
        let judged = outcome.verdict.judged().cloned();
        let effect = move || match (&judged, under_way.get()) {
            (_, Some(Purpose::CheckOnly)) => without_effect(),
            (Some(judged), _) => once_accepted(judged),
            (None, _) => ().into_any(),
        };
        div()
            .child((effect, summary_list(rows.into_iter().flatten())))
            .into_any()
    })
}

/// What the file will do, and who decides before.
fn once_accepted(judged: &Judged) -> AnyView {
    let what = match &judged.effect {
        Some(FileEffect::ExitQuarantine { events, .. }) => (
            decisions::sentences(events),
            warning_text("Once the file is accepted, this cannot be undone."),
        )
            .into_any(),
        _ => p()
            .class("govuk-body-l")
            .child(words::effect_once_accepted(judged))
            .into_any(),
    };
    (what, review_ahead(&judged.rules)).into_any()
}

/// In its place while the file goes to be checked only.
fn without_effect() -> AnyView {
    p().class("govuk-body-l")
        .child("The file goes to the service for a check only: nothing takes effect, and nobody reviews it.")
        .into_any()
}

fn before(
    flow: Flow,
    sending: RwSignal<Sending>,
    stop: StoredValue<Stop, LocalStorage>,
) -> AnyView {
    let is_adt = flow
        .draft
        .get_untracked()
        .is_some_and(|draft| draft.kind == Some(FileKind::Adt));
    let fault = RwSignal::new(None::<String>);
    let press = move |purpose: Purpose| {
        let typed = flow
            .draft
            .get_untracked()
            .map(|draft| draft.service_request)
            .unwrap_or_default();
        if let (false, Err(error)) = (
            typed.trim().is_empty(),
            ServiceRequestRef::parse(typed.trim()),
        ) {
            fault.set(Some(format!("The reference {error}")));
            browser::focus(SERVICE_REQUEST);
            return;
        }
        fault.set(None);
        let stop = stop.get_value();
        let turn = flow.turn();
        leptos::task::spawn_local(async move {
            flow.said.set(match purpose {
                Purpose::Send => "Sending the file".into(),
                Purpose::CheckOnly => "Checking the file with the service, without effect".into(),
            });
            let sent = transmit::send(flow, purpose, sending, &stop).await;
            if !flow.is(turn) {
                return;
            }
            match sent {
                Ok(reference) => {
                    flow.save().await;
                    flow.address.open(PagePath::Outcome(reference));
                }
                Err(state) => {
                    let _ = sending.try_set(state);
                }
            }
        });
    };
    // A check that failed must not turn what sends the file into what looks like another check.
    let send_words = move || match sending.get() {
        Sending::Failed(Purpose::Send, _) => "Try again",
        Sending::Stopped(Purpose::Send) => "Continue sending",
        _ => "Send file",
    };
    let check_words = move || match sending.get() {
        Sending::Failed(Purpose::CheckOnly, _) | Sending::Stopped(Purpose::CheckOnly) => {
            "Check again, without effect"
        }
        _ => "Check with the service, without effect",
    };
    div()
        .child((
            is_adt.then(|| service_request(flow, fault)),
            div().class("govuk-button-group").child((
                button(send_words, move |_| press(Purpose::Send)),
                secondary_button(check_words, move |_| press(Purpose::CheckOnly)),
                secondary_button("Remove this draft", move |_| leptos::task::spawn_local(flow.discard())),
            )),
            details(
                "What a check without effect does",
                p().class("govuk-body govuk-!-margin-bottom-0").child(
                    "The file and its signature go to the service, which checks them as it checks what is sent: signature, rows and \
                     rules of risk. Nothing takes effect, nobody reviews it, and there is no receipt. What the check found is kept for \
                     30 days, and this draft stays.",
                ),
            ),
            changing(move || {
                // Whoever needs it now does not look for it.
                if sending.with(Sending::leaves_the_second_way) {
                    inset(second_way(flow))
                } else {
                    details("If the service cannot be reached", second_way(flow))
                }
            }),
        ))
        .into_any()
}

/// What to keep for the second way: the file, which the page may have written itself, and its signature, unless that is around it.
fn second_way(flow: Flow) -> AnyView {
    let is_apart = flow.check.with_untracked(
        |check| matches!(check, CheckState::Done(outcome) if outcome.file.signature_der.is_some()),
    );
    let words = if is_apart {
        "While the service cannot be reached, keep the file and its signature: together they are complete. "
    } else {
        "While the service cannot be reached, keep the file: its signature is in it. "
    };
    div()
        .child((
            p().class("govuk-body").child((
                words,
                a().class("govuk-link")
                    .href(PagePath::HelpTopic(HelpTopic::Outage).href())
                    .child("The second way to deliver them"),
            )),
            ul().class("govuk-list govuk-!-margin-bottom-0").child((
                li().child(quiet_button("Download the file", move |_| download(flow))),
                is_apart.then(|| {
                    li().child(quiet_button("Download the signature (.p7s)", move |_| {
                        download_signature(flow);
                    }))
                }),
            )),
        ))
        .into_any()
}

fn service_request(flow: Flow, fault: RwSignal<Option<String>>) -> AnyView {
    let value = flow
        .draft
        .get_untracked()
        .map(|draft| draft.service_request)
        .unwrap_or_default();
    div()
        .class("govuk-form-group")
        .class(("govuk-form-group--error", move || fault.with(Option::is_some)))
        .child((
            label()
                .class("govuk-label")
                .r#for(SERVICE_REQUEST)
                .child("Service-management request reference (optional)"),
            div()
                .class("govuk-hint")
                .id("service-request-hint")
                .child("The reference that you were given when you raised the request for these thresholds."),
            changing(move || fault.get().map(|words| {
                p().class("govuk-error-message").child((span().class("govuk-visually-hidden").child("Error: "), words))
            })),
            input()
                .r#type("text")
                .class("govuk-input govuk-input--width-20")
                .id(SERVICE_REQUEST)
                .autocomplete("off")
                .spellcheck("false")
                .aria_describedby("service-request-hint")
                .prop("value", value)
                .on(ev::change, move |event| {
                    let typed = event_target_value(&event);
                    flow.update(|draft| {
                        draft.service_request = typed;
                        draft.changed();
                    });
                }),
        ))
        .into_any()
}

fn on_its_way(
    purpose: Purpose,
    sending: RwSignal<Sending>,
    stop: StoredValue<Stop, LocalStorage>,
) -> AnyView {
    let (starting, uploading, label) = match purpose {
        Purpose::Send => (
            "Starting the submission…",
            "Uploading the file…",
            "Uploading the file",
        ),
        Purpose::CheckOnly => (
            "Starting the check, without effect…",
            "Uploading the file to be checked, without effect…",
            "Uploading the file to be checked",
        ),
    };
    let part = move || {
        if let Sending::Uploading(_, part) = sending.get() {
            part
        } else {
            0.0
        }
    };
    let has_gone = Memo::new(move |_| part() >= 1.0);
    // The button that was pressed is gone.
    browser::focus(ON_ITS_WAY);
    div()
        .child((
            p().class("govuk-body")
                .id(ON_ITS_WAY)
                .tabindex("-1")
                .child(changing(move || match sending.get() {
                    Sending::Starting(_) => starting,
                    _ if has_gone.get() => {
                        "The whole file has been sent. Waiting for the service to confirm it…"
                    }
                    _ => uploading,
                })),
            changing(move || {
                if has_gone.get() {
                    waiting_bar("Waiting for the service to confirm the file")
                } else {
                    progress_bar(label, part)
                }
            }),
            secondary_button("Stop", move |_| stop.with_value(Stop::now)),
        ))
        .into_any()
}

fn stopped(purpose: Purpose) -> AnyView {
    browser::focus(STOPPED);
    p().class("govuk-body")
        .id(STOPPED)
        .tabindex("-1")
        .child(match purpose {
            Purpose::Send => {
                "You stopped the upload. Nothing has taken effect, and the draft is kept."
            }
            Purpose::CheckOnly => {
                "You stopped the check without effect. Nothing has taken effect, and the draft is kept."
            }
        })
        .into_any()
}

fn download_signature(flow: Flow) {
    let name = flow
        .draft
        .get_untracked()
        .map(|draft| draft.file_name)
        .unwrap_or_default();
    let der = flow.check.with_untracked(|check| match check {
        CheckState::Done(outcome) => outcome.file.signature_der.clone(),
        _ => None,
    });
    if let Some(der) = der {
        browser::download(
            &format!("{name}.p7s"),
            "application/pkcs7-signature",
            &der.0,
        );
    }
}
