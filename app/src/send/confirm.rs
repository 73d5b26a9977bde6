//! Step 5: what exactly will happen, and the sending.

use super::{
    decisions,
    flow::{CheckState, Flow},
    transmit::{self, Purpose, Sending},
    upload::Stop,
    words,
};
use crate::{
    api::Effect,
    browser,
    components::{
        busy_button, details, problem_summary, progress_bar, quiet_button, review_ahead, row,
        secondary_button, summary_list, warning_text,
    },
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{files::FileKind, identifiers::ServiceRequestRef};

const SERVICE_REQUEST: &str = "service-request";

pub(super) fn step(flow: Flow) -> AnyView {
    let sending = RwSignal::new(Sending::Not);
    let stop = StoredValue::new_local(Stop::default());
    on_cleanup(move || stop.with_value(Stop::now));
    let going =
        Memo::new(move |_| matches!(sending.get(), Sending::Starting | Sending::Uploading(_)));
    div()
        .child((
            move || match sending.get() {
                Sending::Failed(error) => Some(problem_summary(&error)),
                Sending::Stopped => Some(stopped()),
                _ => None,
            },
            what_is_sent(flow),
            move || {
                if going.get() {
                    on_its_way(sending, stop)
                } else {
                    before(flow, sending, stop)
                }
            },
        ))
        .into_any()
}

fn what_is_sent(flow: Flow) -> AnyView {
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
        let effect = outcome.verdict.judged().map(|judged| {
            let what = match &judged.effect {
                Some(Effect::ExitQuarantine { events, .. }) => (
                    decisions::sentences(events),
                    warning_text("Once the file is accepted, this cannot be undone."),
                )
                    .into_any(),
                _ => p()
                    .class("govuk-body-l")
                    .child(format!(
                        "{}. They count once the file is accepted.",
                        words::effect(judged)
                    ))
                    .into_any(),
            };
            (what, review_ahead(&judged.rules))
        });
        div()
            .child((effect, summary_list(rows.into_iter().flatten())))
            .into_any()
    })
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
                Purpose::CheckOnly => "Checking the file with the service".into(),
            });
            let sent = transmit::send(flow, purpose, sending, &stop).await;
            if !flow.is(turn) {
                return;
            }
            match sent {
                Ok(reference) => {
                    flow.save().await;
                    flow.address.open(&format!("/send/{reference}"));
                }
                Err(state) => {
                    let _ = sending.try_set(state);
                }
            }
        });
    };
    let words = move || match sending.get() {
        Sending::Failed(_) => "Try again",
        Sending::Stopped => "Go on sending",
        _ => "Send file",
    };
    div()
        .child((
            is_adt.then(|| service_request(flow, fault)),
            div().class("govuk-button-group").child((
                busy_button(words, || false, move |_| press(Purpose::Send)),
                secondary_button("Check with the service, without effect", move |_| press(Purpose::CheckOnly)),
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
            details(
                "If the service cannot be reached",
                div().child((
                    p().class("govuk-body").child(
                        "Keep the file and its signature: together they are complete, and Help describes the second way to \
                         deliver them.",
                    ),
                    quiet_button("Download the signature (.p7s)", move |_| download_signature(flow)),
                )),
            ),
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
            move || fault.get().map(|words| {
                p().class("govuk-error-message").child((span().class("govuk-visually-hidden").child("Error: "), words))
            }),
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

fn on_its_way(sending: RwSignal<Sending>, stop: StoredValue<Stop, LocalStorage>) -> AnyView {
    let part = move || {
        if let Sending::Uploading(part) = sending.get() {
            part
        } else {
            0.0
        }
    };
    div()
        .child((
            p().class("govuk-body").child(move || match sending.get() {
                Sending::Starting => "Starting the submission…",
                _ => "Uploading the file…",
            }),
            progress_bar("Uploading the file", part),
            secondary_button("Stop", move |_| stop.with_value(Stop::now)),
        ))
        .into_any()
}

fn stopped() -> AnyView {
    p().class("govuk-body")
        .role("status")
        .child("You stopped the upload. Nothing has taken effect, and the draft is kept.")
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
