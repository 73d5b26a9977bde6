//! Step 1: choosing a file, by dropping or picking.

use super::{
    draft::{self, Draft, DraftFile, Step},
    flow::{CheckState, Flow},
    later,
    pick::{Picked, pick},
};
use crate::{
    browser,
    components::{
        Fault, changing, details, error_summary, inset, plain_moment, quiet_button, size,
    },
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{files::FileForm, signature::GivenAs};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File, FileList, HtmlInputElement};

const INPUT: &str = "file";

/// As much of a file as is looked at for a private key, in bytes: a key, alone or with its certificates, is smaller.
const LARGEST_KEY: usize = 65_536;

pub(super) fn step(flow: Flow) -> AnyView {
    let fault = RwSignal::new(None::<String>);
    let over = RwSignal::new(false);
    let picked = move |event: ev::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            take(flow, input.files(), fault);
            // The same file may be chosen again after it was corrected.
            input.set_value("");
        }
    };
    // Beside the zone is near enough: there is nothing else that a file could be dropped for.
    browser::listen_to_drops(over, move |files| take(flow, files, fault));
    let described = move || {
        let error = fault.with(Option::is_some).then_some("file-error");
        let chosen = flow.draft.with(Option::is_some).then_some("file-chosen");
        let ids: Vec<_> = ["file-hint"]
            .into_iter()
            .chain(error)
            .chain(chosen)
            .collect();
        ids.join(" ")
    };
    // Who reaches for the field, by pointer, key or with a file, is about to choose one.
    let reached = move || later::prepare(flow);
    let zone = div()
        .class("app-drop govuk-form-group")
        .class(("govuk-form-group--error", move || fault.with(Option::is_some)))
        .class(("app-drop--over", move || over.get()))
        .on(ev::pointerenter, move |_| reached())
        .on(ev::focusin, move |_| reached())
        .on(ev::dragenter, move |_| reached())
        .child((
            label().class("govuk-label govuk-label--s").r#for(INPUT).child("Choose a file, or drop it here"),
            div().class("govuk-hint").id("file-hint").child(
                "An ADT file or an Exit Quarantine file: a .csv, with its .p7s beside it if it was signed elsewhere, or a .p7m.",
            ),
            changing(move || fault.get().map(|words| {
                p().class("govuk-error-message").id("file-error").child((
                    span().class("govuk-visually-hidden").child("Error: "),
                    words,
                ))
            })),
            input()
                .r#type("file")
                .class("govuk-file-upload")
                .id(INPUT)
                .name(INPUT)
                .multiple(true)
                .accept(".csv,.p7s,.p7m")
                .aria_describedby(described)
                .aria_invalid(move || fault.with(Option::is_some).then_some("true"))
                .on(ev::change, picked),
        ));
    div()
        .class("app-reading")
        .child((
            move || {
                fault
                    .get()
                    .map(|words| error_summary("There is a problem", vec![Fault::at(INPUT, words)]))
            },
            flow.replaces().map(|reference| {
                inset((
                    "This file corrects submission ",
                    strong().child(reference.to_string()),
                    ".",
                ))
            }),
            zone,
            kept(flow),
            what_happens(),
            super::samples::samples(flow),
            drafts(flow),
        ))
        .into_any()
}

/// The file that was chosen before: who only came back to look can go on with it.
fn kept(flow: Flow) -> Option<AnyView> {
    let draft = flow.draft.get_untracked()?;
    let go_on = move |_| {
        let done = flow
            .check
            .with_untracked(|check| matches!(check, CheckState::Done(_)));
        if done {
            flow.go(Step::Check);
        } else {
            leptos::task::spawn_local(flow.run_check());
        }
    };
    let remove = move |_| leptos::task::spawn_local(flow.discard());
    Some(
        p().class("govuk-body")
            .id("file-chosen")
            .child((
                "You have chosen ",
                strong().class("app-breakable").child(draft.file_name),
                ". ",
                quiet_button("Continue with this file", go_on),
                " · ",
                quiet_button("Remove this draft", remove),
            ))
            .into_any(),
    )
}

fn take(flow: Flow, files: Option<FileList>, fault: RwSignal<Option<String>>) {
    let files: Vec<File> = files
        .map(|files| {
            (0..files.length())
                .filter_map(|index| files.get(index))
                .collect()
        })
        .unwrap_or_default();
    // From here on whatever was done for another file has no answer.
    let turn = flow.begin();
    leptos::task::spawn_local(async move {
        let chosen = sort(flow, files).await;
        if !flow.is(turn) {
            return;
        }
        match chosen {
            Err(words) => {
                fault.set(None);
                fault.set(Some(words));
            }
            Ok(Chosen::Signature(der)) => {
                flow.add_signature(der).await;
                flow.run_check().await;
            }
            Ok(Chosen::File(name, contents)) => flow.choose(name, contents, flow.replaces()).await,
        }
    });
}

/// What was chosen.
enum Chosen {
    File(String, DraftFile),
    /// For the file that is there already.
    Signature(Vec<u8>),
}

/// Sorts the files out and reads what is small, or says why they cannot be used.
async fn sort(flow: Flow, files: Vec<File>) -> Result<Chosen, String> {
    let mut forms = Vec::with_capacity(files.len());
    for file in &files {
        let start = start(file).await?;
        let known_by = &start[..start.len().min(FileForm::START)];
        let form = FileForm::suggested_by(&file.name(), known_by);
        let given_as = match form {
            FileForm::Detached => GivenAs::Signature,
            FileForm::Plain | FileForm::Enveloping => GivenAs::File,
        };
        // Before anything is made of any of them: what is chosen becomes a draft, which is kept.
        given_as
            .without_private_key(&start)
            .map_err(|error| error.to_string())?;
        forms.push(form);
    }
    match pick(&forms).map_err(|error| error.to_string())? {
        Picked::SignatureOnly(_) if flow.draft.get_untracked().is_none() => {
            Err("This is a signature without its file. Choose the .csv together with it".into())
        }
        Picked::SignatureOnly(index) => Ok(Chosen::Signature(bytes(&files[index]).await)),
        Picked::File { file, signature } => {
            acceptable(
                &files[file],
                flow.service.get_untracked().profile.files.max_file_bytes,
            )?;
            let signature = match signature {
                Some(index) => Some(bytes(&files[index]).await),
                None => None,
            };
            let file = files[file].clone();
            let name = file.name();
            let file: Blob = file.into();
            Ok(Chosen::File(name, DraftFile { file, signature }))
        }
    }
}

/// The first bytes, which tell the form, and a private key. A folder that was dropped looks like a file until it is read.
async fn start(file: &File) -> Result<Vec<u8>, String> {
    #[expect(clippy::cast_precision_loss, reason = "some kilobytes")]
    let most = FileForm::START.max(LARGEST_KEY) as f64;
    let read = async { browser::bytes_of(&file.slice_with_f64_and_f64(0.0, most)?).await };
    read.await.map_err(|_: JsValue| {
        format!(
            "“{}” cannot be read: it is a folder, or it has been moved or changed. Choose the file itself, as it is now",
            file.name()
        )
    })
}

#[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
fn acceptable(file: &File, most: u64) -> Result<(), String> {
    if file.size() > most as f64 {
        return Err(format!(
            "The file is larger than {}. Split it into several files and send each",
            size(most)
        ));
    }
    Ok(())
}

async fn bytes(file: &Blob) -> Vec<u8> {
    // An unreadable signature is told as one that is no signature.
    browser::bytes_of(file).await.unwrap_or_default()
}

fn what_happens() -> AnyView {
    details(
        "What happens with your file",
        p().class("govuk-body govuk-!-margin-bottom-0").child(
            "Your file is checked in this browser and compared with what is in force. Nothing leaves this computer until you \
             have signed it and chosen Send. Until then, a draft is kept in this browser.",
        ),
    )
}

/// The drafts that wait in this browser.
fn drafts(flow: Flow) -> AnyView {
    let waiting = RwSignal::new(Vec::<Draft>::new());
    let person = flow.me.with_value(|me| me.person.id.clone());
    leptos::task::spawn_local(async move {
        if let Ok(all) = draft::all(&person).await {
            let _ = waiting.try_set(all);
        }
    });
    (move || {
        let open = flow.draft.get().map(|draft| draft.id);
        let rows: Vec<AnyView> = waiting
            .get()
            .into_iter()
            .filter(|draft| Some(&draft.id) != open.as_ref())
            .map(|draft| draft_line(waiting, &draft))
            .collect();
        (!rows.is_empty()).then(|| {
            div().child((
                h3().class("govuk-heading-s")
                    .child("Drafts in this browser"),
                ul().class("govuk-list app-drafts").child(rows),
            ))
        })
    })
    .into_any()
}

fn draft_line(waiting: RwSignal<Vec<Draft>>, kept: &Draft) -> AnyView {
    let name = kept.file_name.clone();
    let remove = {
        let id = kept.id.clone();
        move |_| {
            let id = id.clone();
            waiting.update(|drafts| drafts.retain(|draft| draft.id != id));
            leptos::task::spawn_local(async move {
                let _ = draft::remove(&id).await;
            });
        }
    };
    li().child((
        a().class("govuk-link")
            .href(kept.link().href())
            .child(kept.file_name.clone()),
        ", last changed ",
        plain_moment(kept.changed_at),
        ". ",
        quiet_button(
            (
                "Remove",
                span()
                    .class("govuk-visually-hidden")
                    .child(format!(" {name}")),
            ),
            remove,
        ),
    ))
    .into_any()
}
