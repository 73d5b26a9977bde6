//! Files of decisions that this browser wrote: what each decides is kept under its digest, so that it is known once the file was sent, by
//! whomever, signed here or elsewhere.

use super::work::Work;
use crate::{
    browser,
    decide::{Choice, Choices, HeldTable, SentRows},
    keep::{self, KeepError, ObjectStore},
    sent::Sent,
};
use js_sys::Uint8Array;
use leptos::prelude::*;
use sluice_shared::{
    identifiers::{FileDigest, QuarantineEventRef},
    quarantine::HeldState,
};

fn name(person: &str, event: QuarantineEventRef, file: FileDigest) -> String {
    format!("{person}/{event}/{file}")
}

/// Keeps what a file decides that was written from these choices.
pub(super) async fn remember(work: Work, person: &str, file: &[u8]) -> Result<(), KeepError> {
    let Ok(digest) = browser::sha256(file).await?.try_into() else {
        return Ok(());
    };
    let event = work.event.with_value(|view| view.event.reference);
    let choices = work.choices.with_untracked(Choices::to_bytes);
    let name = name(person, event, FileDigest::new(digest));
    keep::put(
        ObjectStore::Decisions,
        &name,
        &Uint8Array::from(choices.as_slice()),
    )
    .await
}

/// Which rows were sent: exactly, for files that this browser wrote; else where a file decides all that is held.
pub(super) async fn sent_rows(
    person: &str,
    event: QuarantineEventRef,
    table: &HeldTable,
    sent: &[Sent],
) -> SentRows {
    let mut rows = SentRows::default();
    let is_held = |row: &usize| table.state(*row) == HeldState::Held;
    for one in sent {
        let name = name(person, event, one.sha256());
        let kept = keep::get(ObjectStore::Decisions, &name)
            .await
            .ok()
            .flatten();
        let kept = kept
            .map(|bytes| Uint8Array::new(&bytes).to_vec())
            .filter(|bytes| bytes.len() == table.len());
        match (kept, one.in_event(event)) {
            (Some(bytes), _) => rows.add(&Choices::from_bytes(&bytes, |row| is_held(&row))),
            (None, Some(effect)) if effect.left_held == 0 => {
                let choice = match (effect.release, effect.delete) {
                    (_, 0) => Choice::Release,
                    (0, _) => Choice::Delete,
                    _ => Choice::Hold,
                };
                rows.add_rows((0..table.len()).filter(is_held), choice);
            }
            _ => {}
        }
    }
    rows
}

/// Forgets the files of an event that is decided.
pub(super) async fn forget(person: &str, event: QuarantineEventRef) {
    let start = format!("{person}/{event}/");
    let Ok(kept) = keep::keys(ObjectStore::Decisions).await else {
        return;
    };
    for name in kept.iter().filter(|name| name.starts_with(&start)) {
        let _ = keep::remove(ObjectStore::Decisions, name).await;
    }
}
