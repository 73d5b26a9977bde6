//! Files of decisions that this browser wrote: what each decides is kept under its digest, so that it is known once the file was sent, by
//! whomever, signed here or elsewhere.

use super::work::Work;
use crate::{
    api::{Api, calls},
    browser,
    decide::{Choice, Choices, HeldTable, SentRows},
    keep::{self, KeepError, ObjectStore},
    sent::Sent,
};
use js_sys::Uint8Array;
use leptos::prelude::*;
use sluice_shared::{
    api::EventEffect,
    identifiers::{FileDigest, QuarantineEventRef, SubmissionId},
    quarantine::{HeldState, QuarantineEvent},
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

/// Which rows were sent: as this browser wrote them, or as the service tells; where neither is known, of a file that decides all that is
/// held.
pub(super) async fn sent_rows(
    api: Api,
    person: &str,
    event: &QuarantineEvent,
    table: &HeldTable,
    sent: &[Sent],
) -> SentRows {
    let mut rows = SentRows::default();
    let (event, pages) = (event.reference, event.pages);
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
        if let Some(bytes) = kept {
            rows.add(&Choices::from_bytes(&bytes, |row| is_held(&row)));
            continue;
        }
        if let Some(told) = told(api, one.reference(), event, pages).await
            && told.len() == table.len()
            && one
                .in_event(event)
                .is_some_and(|effect| is_all_of(&told, effect))
        {
            for (row, state) in told.into_iter().enumerate().filter(|(row, _)| is_held(row)) {
                match state {
                    HeldState::Held => {}
                    HeldState::Release => rows.add_rows([row], Choice::Release),
                    HeldState::Delete => rows.add_rows([row], Choice::Delete),
                }
            }
            continue;
        }
        match one.in_event(event) {
            Some(effect) if effect.left_held == 0 => {
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

/// Whether it is all that a submission decides of an event: nothing is noted of what waits since before the service noted it.
fn is_all_of(told: &[HeldState], effect: &EventEffect) -> bool {
    let count = |wanted| told.iter().filter(|state| **state == wanted).count() as u64;
    (count(HeldState::Release), count(HeldState::Delete)) == (effect.release, effect.delete)
}

/// What the service says that a submission decides, row by row; nothing where it gives no answer.
async fn told(
    api: Api,
    submission: SubmissionId,
    event: QuarantineEventRef,
    pages: u32,
) -> Option<Vec<HeldState>> {
    let mut all = Vec::new();
    for page in 0..pages {
        let call = calls::waiting_decisions(submission, event, page);
        all.extend(api.get(call).await.ok()?.decisions);
    }
    Some(all)
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
