//! Step 4: signing with the key in this browser, or taking a signature that was made elsewhere.

use super::{
    draft::Step,
    flow::{CheckState, Flow},
    verdict::Verdict,
    words::{Shell, is_plain_word, shell_word},
};
use crate::{
    address::PagePath,
    api::ApiError,
    browser,
    components::{
        Fault, Remote, busy_button, changing, clocks_apart, details, error_summary, in_words,
        inset, link_button, moment, row, secondary_button, summary_list, warning_text,
    },
    key::{self, InstalledKey, KeyState, Validity},
    service,
    worker::{self, Asked, Signed, Task, TaskId},
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{
    directory::PersonRole,
    identifiers::FileDigest,
    signature::{GivenAs, SignedAttributes},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The id of the field for a signature that was made elsewhere.
const SIGNATURE: &str = "signature";

pub(super) fn step(flow: Flow) -> AnyView {
    let signed = flow.check.with_untracked(|check| match check {
        CheckState::Done(outcome) => outcome.file.signature.clone(),
        _ => None,
    });
    match signed {
        Some(signature) => already_signed(flow, &signature),
        None => unsigned(flow),
    }
}

fn already_signed(flow: Flow, signature: &sluice_shared::signature::SignatureSummary) -> AnyView {
    let again = (!signature.enveloping).then(|| {
        secondary_button("Sign again", move |_| {
            leptos::task::spawn_local(flow.sign_again());
        })
    });
    div()
        .child((
            summary(signature),
            div().class("govuk-button-group").child((
                crate::components::button("Continue", move |_| flow.go(Step::Send)),
                again,
            )),
        ))
        .into_any()
}

/// What a signature says about itself.
pub(super) fn summary(signature: &sluice_shared::signature::SignatureSummary) -> AnyView {
    summary_list([
        row("Signed by", signature.certificate.subject.to_string()),
        row("Signed at", in_words(signature.signing_time)),
        row("Certificate from", signature.certificate.issuer.to_string()),
        row(
            "Certificate expires",
            in_words(signature.certificate.not_after),
        ),
        row("Signature", signature.algorithm.clone()),
    ])
}

fn unsigned(flow: Flow) -> AnyView {
    let (person, is_aro) = flow
        .me
        .with_value(|me| (me.person.id.clone(), me.roles.contains(&PersonRole::Aro)));
    if !is_aro {
        return div()
            .child((
                inset(
                    "You are not registered as an Authorised Responsible Officer (ARO), so your signature would not count. \
                     An ARO of your organisation signs the file, and you send it.",
                ),
                elsewhere(flow),
            ))
            .into_any();
    }
    let state = RwSignal::new_local(Remote::Loading);
    leptos::task::spawn_local(async move {
        let found = match key::state(person.as_str()).await {
            Ok(found) => Remote::Ready(found),
            Err(error) => Remote::Failed(ApiError::refused(
                "Your signing key could not be read",
                &error.to_string(),
            )),
        };
        let _ = state.try_set(found);
    });
    div()
        .child((
            changing(move || match state.get() {
                Remote::Loading => p()
                    .class("govuk-body")
                    .role("status")
                    .child("Looking for your signing key…")
                    .into_any(),
                Remote::Failed(error) => crate::components::problem_summary(&error),
                Remote::Ready(KeyState::Installed(key)) => with_key(flow, key),
                Remote::Ready(KeyState::Waiting(_)) => no_key(
                    "Your signing key is waiting for its certificate.",
                    "Install the certificate",
                ),
                Remote::Ready(KeyState::Absent) => no_key(
                    "There is no signing key in this browser yet.",
                    "Set up a signing key",
                ),
            }),
            details("Sign elsewhere instead", elsewhere(flow)),
        ))
        .into_any()
}

fn no_key(words: &'static str, action: &'static str) -> AnyView {
    div()
        .child((
            p().class("govuk-body")
                .child((words, " This draft is kept until you come back.")),
            link_button(action, PagePath::SigningKey),
        ))
        .into_any()
}

fn with_key(flow: Flow, key: InstalledKey) -> AnyView {
    let certificate = key.summary();
    let validity = key.validity(flow.service.get_untracked().now());
    let warning = match validity {
        Validity::Good => None,
        Validity::EndingSoon => {
            Some("This certificate expires soon. You can still sign; ask for a new one now.")
        }
        Validity::NotYet => Some(
            "This certificate is not valid yet. A signature made with it now would be rejected.",
        ),
        Validity::Ended => {
            Some("This certificate has expired. A signature made with it would be rejected.")
        }
    };
    let usable = matches!(validity, Validity::Good | Validity::EndingSoon);
    let busy = RwSignal::new(false);
    let key = StoredValue::new_local(key);
    let press = move |_| {
        busy.set(true);
        flow.problem.set(None);
        let turn = flow.turn();
        leptos::task::spawn_local(async move {
            let key = key.get_value();
            let signed = sign(flow, &key).await;
            if !flow.is(turn) {
                // Another file came while this one was being signed.
                return;
            }
            match signed {
                // The certificate may be one that does not count for this file.
                Ok(()) if flow.has_errors() => flow.go(Step::Check),
                Ok(()) => flow.go(Step::Send),
                Err(error) => flow.problem.set(Some(error)),
            }
            let _ = busy.try_set(false);
        });
    };
    div()
        .child((
            p().class("govuk-body").child(
                "Your signature says that you, as Authorised Responsible Officer, approve this file. Nothing is sent yet.",
            ),
            clocks_apart(flow.service),
            summary_list([
                row("You sign as", certificate.subject.to_string()),
                row("Certificate from", certificate.issuer.to_string()),
                row("Certificate expires", moment(certificate.not_after)),
            ]),
            warning.map(warning_text),
            if usable {
                busy_button("Sign file", move || busy.get(), press)
            } else {
                link_button("View signing key", PagePath::SigningKey)
            },
        ))
        .into_any()
}

/// Signs the file's digest with the key in this browser, and adds the signature to the draft.
async fn sign(flow: Flow, key: &InstalledKey) -> Result<(), ApiError> {
    let failed = |error: &dyn std::fmt::Display| {
        ApiError::refused("The file was not signed", &error.to_string())
    };
    let Some((file, digest)) = file(flow) else {
        return Err(failed(&"Check the file first."));
    };
    let certificates = key.certificates();
    let signer = certificates
        .first()
        .ok_or_else(|| failed(&"The key has no certificate."))?;
    let turn = flow.turn();
    let service = service::ask(flow.api).await;
    if !flow.is(turn) {
        return Ok(());
    }
    flow.service.set(service.clone());
    let attributes = SignedAttributes::new(&digest, signer, service.now());
    let raw = key::sign(key, &attributes.to_be_signed())
        .await
        .map_err(|error| failed(&error))?;
    let der = attributes
        .assemble(certificates, &raw)
        .map_err(|error| failed(&error))?;
    let task = Task::Sign {
        file,
        now: service.now(),
    };
    let asked = Asked {
        signature: Some(&der),
        ..Asked::from(&task)
    };
    let with_signature: Signed = worker::ask(asked, |_| ())
        .await
        .map_err(|_| failed(&"The file is not here any more. Check it again."))?;
    // A signature never lands on another file than the one that it is over.
    if !flow.is(turn) {
        return Ok(());
    }
    flow.check.update(|check| {
        if let CheckState::Done(outcome) = check {
            outcome.file.signature = with_signature.signature;
            outcome.file.signature_der = with_signature.signature_der;
            outcome.findings = with_signature.findings;
            if let Some(judged) = with_signature.judged {
                outcome.verdict = Verdict::Judged(Box::new(judged));
            }
        }
    });
    flow.add_signature(der).await;
    flow.said.set("The file is signed".into());
    Ok(())
}

/// The file as the worker names it, and what is signed of it.
fn file(flow: Flow) -> Option<(TaskId, FileDigest)> {
    flow.check.with_untracked(|check| match check {
        CheckState::Done(outcome) => Some((outcome.file.id, outcome.file.content_sha256)),
        _ => None,
    })
}

/// Downloading the file for another tool, and bringing its signature back.
fn elsewhere(flow: Flow) -> AnyView {
    let name = flow
        .draft
        .get_untracked()
        .map(|draft| draft.file_name)
        .unwrap_or_default();
    let fault = RwSignal::new(None::<String>);
    let bring = move |event: ev::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input
            .as_ref()
            .and_then(HtmlInputElement::files)
            .and_then(|files| files.get(0))
        else {
            return;
        };
        // What was refused may be chosen again, as it is then.
        if let Some(input) = input {
            input.set_value("");
        }
        let turn = flow.turn();
        leptos::task::spawn_local(async move {
            let read = browser::bytes_of(&file).await;
            if !flow.is(turn) {
                return;
            }
            let Ok(der) = read else {
                flow.problem.set(Some(ApiError::refused(
                    "The signature was not taken",
                    "The file could not be read: it was changed, moved or removed after you chose it. Choose it again.",
                )));
                return;
            };
            fault.set(None);
            if let Err(error) = GivenAs::Signature.without_private_key(&der) {
                fault.set(Some(error.to_string()));
                return;
            }
            flow.add_signature(der).await;
            flow.update(|draft| draft.step = Step::Send);
            flow.run_check().await;
        });
    };
    div()
        .child((
            changing(move || {
                fault.get().map(|words| {
                    error_summary("There is a problem", vec![Fault::at(SIGNATURE, words)])
                })
            }),
            ol().class("govuk-list govuk-list--number govuk-list--spaced")
                .child((
                    li().child((
                        "Take the file as it was checked, byte for byte. ",
                        crate::components::quiet_button("Download the file", move |_| {
                            download(flow);
                        }),
                    )),
                    li().child(("Sign it where the ARO's key is. ", commands(&name))),
                    li().child(signature_field(fault, bring)),
                )),
        ))
        .into_any()
}

fn signature_field(
    fault: RwSignal<Option<String>>,
    bring: impl FnMut(ev::Event) + 'static,
) -> AnyView {
    let is_faulty = move || fault.with(Option::is_some);
    div()
        .class("govuk-form-group")
        .class(("govuk-form-group--error", is_faulty))
        .child((
            label()
                .class("govuk-label")
                .r#for(SIGNATURE)
                .child("Choose the signature (.p7s)"),
            changing(move || {
                fault.get().map(|words| {
                    p().class("govuk-error-message")
                        .id("signature-error")
                        .child((
                            span().class("govuk-visually-hidden").child("Error: "),
                            words,
                        ))
                })
            }),
            input()
                .r#type("file")
                .class("govuk-file-upload")
                .id(SIGNATURE)
                .accept(".p7s")
                .aria_describedby(move || is_faulty().then_some("signature-error"))
                .aria_invalid(move || is_faulty().then_some("true"))
                .on(ev::change, bring),
        ))
        .into_any()
}

/// What signs a file by this name. Where shells read the name differently, each has its own.
fn commands(name: &str) -> AnyView {
    let shells: &[(&str, Shell)] = if is_plain_word(name) {
        &[("With OpenSSL", Shell::Posix)]
    } else {
        &[
            ("With OpenSSL in PowerShell (Windows)", Shell::PowerShell),
            ("With OpenSSL on macOS or Linux", Shell::Posix),
        ]
    };
    let command = |(place, shell): &(&'static str, Shell)| {
        let (file, signature) = (
            shell_word(name, *shell),
            shell_word(&format!("{name}.p7s"), *shell),
        );
        let command = format!(
            "openssl cms -sign -binary -md sha256 -in {file} -signer certificate.pem -inkey key.pem -certfile authorities.pem \
             -outform DER -out {signature}"
        );
        let label = format!("{place}:");
        (
            label.clone(),
            pre()
                .class("app-command")
                .tabindex("0")
                .role("region")
                .aria_label(label)
                .child(code().child(command)),
        )
    };
    shells.iter().map(command).collect::<Vec<_>>().into_any()
}

/// Gives people the draft's file, byte for byte.
pub(super) fn download(flow: Flow) {
    let name = flow
        .draft
        .get_untracked()
        .map(|draft| draft.file_name)
        .unwrap_or_default();
    let Some(file) = flow.file.get_value().map(|contents| contents.file) else {
        return;
    };
    leptos::task::spawn_local(async move {
        match browser::bytes_of(&file).await {
            Ok(bytes) => browser::download(&name, "text/csv", &bytes),
            Err(_) => flow.problem.set(Some(ApiError::refused(
                "The file was not downloaded",
                "It cannot be read any more: it was changed, moved or removed after you chose it. Choose it again.",
            ))),
        }
    });
}
