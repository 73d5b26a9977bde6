//! What is being written, kept in this browser.

use super::{
    Editor,
    line::{self, KeptLine},
};
use crate::keep::{self, KeepError, ObjectStore};
use leptos::prelude::*;
use sluice_shared::identifiers::{Eui64, PersonId};
use wasm_bindgen::JsValue;

fn name(person: &PersonId, user_id: Eui64) -> String {
    format!("{person}/{user_id}")
}

/// The draft of a User ID's thresholds.
pub(super) async fn load(
    person: &PersonId,
    user_id: Eui64,
) -> Result<Option<Vec<KeptLine>>, KeepError> {
    let kept = keep::get(ObjectStore::Thresholds, &name(person, user_id)).await?;
    Ok(kept
        .and_then(|text| text.as_string())
        .and_then(|text| serde_json::from_str(&text).ok()))
}

/// Says that a file was written of the draft as it is now.
pub(super) async fn written(editor: Editor) {
    let name = editor.view.with_value(|view| {
        editor
            .person
            .with_value(|person| name(person, view.user_id))
    });
    if let Ok(Some(text)) = keep::get(ObjectStore::Thresholds, &name).await {
        let _ = keep::put(ObjectStore::Thresholds, &format!("{name}/written"), &text).await;
    }
}

/// Keeps the draft now, or forgets it where all is as it was to begin with. Where storage is refused, what is typed lives as long as the page.
pub(super) async fn save(editor: Editor) {
    let Some((name, text)) = editor.lines.try_with_untracked(|lines| {
        let lines = line::kept_now(lines);
        let name = editor.view.with_value(|view| {
            editor
                .person
                .with_value(|person| name(person, view.user_id))
        });
        // What is not changed is no draft.
        let is_draft = editor.begun.with_value(|begun| *begun != lines);
        let text = is_draft.then(|| serde_json::to_string(&lines).unwrap_or_default());
        (name, text)
    }) else {
        return;
    };
    let _ = match text {
        Some(text) => keep::put(ObjectStore::Thresholds, &name, &JsValue::from_str(&text)).await,
        None => keep::remove(ObjectStore::Thresholds, &name).await,
    };
}

/// Keeps the draft half a second after the last change, for as long as the page is shown.
pub(super) fn keep_while_shown(editor: Editor) {
    let changes = StoredValue::new(0_u32);
    Effect::watch(
        move || {
            editor.lines.with(|lines| {
                lines
                    .iter()
                    .map(super::line::Line::keep)
                    .collect::<Vec<_>>()
            })
        },
        move |_, _, _| {
            let change = changes.try_update_value(|changes| {
                *changes += 1;
                *changes
            });
            leptos::task::spawn_local(async move {
                crate::browser::sleep(500).await;
                if changes.try_get_value() == change {
                    save(editor).await;
                }
            });
        },
        false,
    );
}
