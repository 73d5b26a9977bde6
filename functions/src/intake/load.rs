//! Loading what a verdict rests on, and, for an exit file that may take effect, locking the events that it names.
use std::time::Duration;

use sluice_shared::{
    files::{ExitReading, Reading, Sender},
    identifiers::QuarantineEventRef,
    quarantine::HeldEvent,
    verdict::{Known, KnownForExit, MOST_EVENTS, ReadFile},
};

use super::IntakeError;
use crate::{
    Backend, Step,
    known::{self, SenderRecord},
    stores::{StoreError, SubmissionRecord},
};

/// How often, and how long apart, a lock is tried that somebody else holds. After that the queue delivers again.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(150);

/// What is known, and what is locked because of it.
pub(super) struct Loaded {
    /// What the verdict rests on.
    pub(super) known: Known,
    /// Events that are locked for the submission: whatever it comes to, the transaction that says so unlocks them.
    pub(super) locked: Vec<QuarantineEventRef>,
}

/// Loads what is known. Events are locked before they are looked at, so that what is judged is what is decided, unless nothing can
/// be decided now: the file is to be checked only, or waits for a reviewer.
pub(super) async fn load(
    backend: &Backend,
    record: &SubmissionRecord,
    sender: &SenderRecord,
    file: &ReadFile,
) -> Result<Loaded, IntakeError> {
    let sender = known::sender_of_file(backend, sender, &file.sha256).await?;
    match &file.reading {
        Some(Reading::Exit(reading)) => {
            let events = held(backend, record, &sender.sender, reading).await?;
            let locked = events.iter().map(|held| held.event.reference).collect();
            let of = events.iter().map(|held| &held.event);
            let accounts = known::accounts(backend, sender, of).await?;
            let known = Known::ExitQuarantine(Box::new(KnownForExit { accounts, events }));
            Ok(Loaded {
                known,
                locked: if takes_locks(record) {
                    locked
                } else {
                    Vec::new()
                },
            })
        }
        _ => Ok(Loaded {
            known: Known::Adt(known::for_adt(backend, sender).await?),
            locked: Vec::new(),
        }),
    }
}

fn takes_locks(record: &SubmissionRecord) -> bool {
    !record.check_only && !record.awaits_decision()
}

/// The events that the file names, as far as they are the sender's, with all that they hold.
async fn held(
    backend: &Backend,
    record: &SubmissionRecord,
    sender: &Sender,
    reading: &ExitReading,
) -> Result<Vec<HeldEvent>, IntakeError> {
    let mut events = reading.rows.events().to_vec();
    // One with errors is rejected whatever is held, and one that names too many is not decided.
    if !reading.findings.is_acceptable() || events.len() > MOST_EVENTS {
        return Ok(Vec::new());
    }
    // Always in the same order: two files that name the same events cannot wait for each other.
    events.sort_unstable();
    let mut held = Vec::with_capacity(events.len());
    for event in &events {
        let organisation = &sender.organisation;
        let known = backend.quarantine.event(organisation, event).await?;
        if known.is_none() {
            continue;
        }
        if takes_locks(record) {
            lock(backend, record, event).await?;
        }
        held.extend(backend.quarantine.held(organisation, event).await?);
    }
    Ok(held)
}

async fn lock(
    backend: &Backend,
    record: &SubmissionRecord,
    event: &QuarantineEventRef,
) -> Result<(), IntakeError> {
    let mut tries = 1;
    loop {
        let locked = backend
            .quarantine
            .lock(event, &backend.submissions, record)
            .await;
        match locked {
            Ok(()) => break,
            Err(error @ StoreError::Conflict(_)) => {
                let now = backend
                    .submissions
                    .get(&record.organisation, &record.id)
                    .await?;
                let changed = now.is_none_or(|now| now.version != record.version);
                if changed || tries == LOCK_TRIES {
                    return Err(error.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
        tries += 1;
        tokio::time::sleep(LOCK_PAUSE).await;
    }
    (backend.ports.step)(Step::EventLocked);
    Ok(())
}
