//! What is being written, kept in this browser.

use super::{
    Editor,
    line::{self, KeptLine, Line},
};
use crate::keep::{self, KeepError, ObjectStore};
use leptos::prelude::*;
use sluice_shared::{
    identifiers::{Eui64, PersonId},
    json::read_json,
};
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
        .and_then(|text| read_json(&text).ok()))
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

/// What is to be kept of a draft.
struct Unkept {
    name: String,
    /// None where all is as it was to begin with: what is not changed is no draft.
    text: Option<String>,
}

impl Unkept {
    fn of(editor: Editor, lines: &[KeptLine]) -> Self {
        let is_draft = editor.begun.with_value(|begun| begun.as_slice() != lines);
        Self {
            name: editor.view.with_value(|view| {
                editor
                    .person
                    .with_value(|person| name(person, view.user_id))
            }),
            text: is_draft.then(|| serde_json::to_string(lines).unwrap_or_default()),
        }
    }

    /// Where storage is refused, what is typed lives as long as the page.
    async fn keep(self) {
        let place = ObjectStore::Thresholds;
        let _ = match self.text {
            Some(text) => keep::put(place, &self.name, &JsValue::from_str(&text)).await,
            None => keep::remove(place, &self.name).await,
        };
    }
}

/// Keeps the draft now, or forgets it where all is as it was to begin with.
pub(super) async fn save(editor: Editor) {
    let now = |lines: &Vec<Line>| Unkept::of(editor, &line::kept_now(lines));
    if let Some(unkept) = editor.lines.try_with_untracked(now) {
        unkept.keep().await;
    }
}

/// Keeps the draft half a second after the last change, and at once when the page is left before that.
pub(super) fn keep_while_shown(editor: Editor) {
    let changes = StoredValue::new(0_u32);
    let unkept = StoredValue::new(None::<Unkept>);
    let keep_last = move || {
        if let Some(Some(unkept)) = unkept.try_update_value(Option::take) {
            leptos::task::spawn_local(unkept.keep());
        }
    };
    Effect::watch(
        move || {
            editor
                .lines
                .with(|lines| lines.iter().map(Line::keep).collect::<Vec<_>>())
        },
        move |lines, _, _| {
            unkept.set_value(Some(Unkept::of(editor, lines)));
            let change = changes.try_update_value(|changes| {
                *changes += 1;
                *changes
            });
            leptos::task::spawn_local(async move {
                crate::browser::sleep(500).await;
                if changes.try_get_value() == change {
                    keep_last();
                }
            });
        },
        false,
    );
    // The lines are gone by then; what is to be kept of them is not.
    on_cleanup(keep_last);
}
