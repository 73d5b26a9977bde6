//! Exit Quarantine files: checking them against what is held, and recording decisions page by page.
//!
//! An event is locked for the submission before it is looked at, so that what was checked is what is decided. Before the
//! first page is written the submission says that it is being recorded, and what it releases is counted in the same
//! transaction: from then on every try goes forward, never back.
//! A try after a crash finds the submission's own shares, and goes on where the last one ended.
use std::{collections::HashMap, time::Duration};

use sluice_shared::{
    api::{Effect, EventEffect, ExitEvidence},
    files::ExitReading,
    finding::{Place, RecordDefect},
    identifiers::{QuarantineEventRef, SubmissionId},
    instant::UtcTime,
    quarantine::{Deciding, ExitCheck, HeldEvent, PageShare, QuarantineEvent, check_exit},
};

use super::{
    IntakeError,
    check::{Checked, Plan},
    releases::Reservation,
};
use crate::{
    Backend, Step,
    stores::{PageWrite, StoreError, SubmissionRecord},
};

/// Events that one file may decide: each takes a part of the final transaction, and its User ID one of the transaction
/// before the first page. Both have 100 parts at most.
const MOST_EVENTS: usize = 90;
/// How often, and how long apart, a lock is tried that somebody else holds. After that the queue delivers again.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(150);

/// What a lawful file is to decide, in events that are locked for it.
pub(super) struct ExitPlan {
    check: ExitCheck,
    held: HashMap<QuarantineEventRef, HeldEvent>,
    /// What it releases, held to what was released before it.
    pub(super) reservation: Reservation,
}

pub(super) async fn check(
    backend: &Backend,
    record: &SubmissionRecord,
    reading: ExitReading,
    checked: &mut Checked,
) -> Result<(), IntakeError> {
    let profile = &backend.settings.profile;
    let mut events = reading.rows.events().to_vec();
    if events.len() > MOST_EVENTS {
        let defect = RecordDefect::TooManyEvents {
            events: events.len(),
            most: MOST_EVENTS,
        };
        checked.findings.add(Place::file(), defect);
        return Ok(());
    }
    // Always in the same order: two files that name the same events cannot wait for each other.
    events.sort_unstable();
    let mut held = HashMap::new();
    for event in &events {
        if let Some(found) = lock(backend, record, event).await? {
            held.insert(*event, found);
        }
    }
    checked.locked = held.keys().copied().collect();
    let check = check_exit(
        &reading.rows,
        &held,
        Some(record.id),
        profile.files.max_findings,
    );
    checked.findings.append(check.findings.clone());
    checked.effect = Some(effect(&check, reading.row_count));
    let reservation = Reservation::of(backend, &check, &record.organisation).await?;
    checked.rules = reservation.rules(backend).await?;
    checked.evidence.exits = check
        .events
        .iter()
        .map(|event| ExitEvidence {
            event: event.event,
            by_srv: event.by_srv.clone(),
        })
        .collect();
    if checked.findings.is_acceptable() {
        checked.plan = Some(Plan::Exit(Box::new(ExitPlan {
            check,
            held,
            reservation,
        })));
    }
    Ok(())
}

/// Locks an event of the sender's and reads it; `None` if there is none.
async fn lock(
    backend: &Backend,
    record: &SubmissionRecord,
    event: &QuarantineEventRef,
) -> Result<Option<HeldEvent>, IntakeError> {
    let known = backend.quarantine.event(event).await?;
    if known.is_none_or(|known| known.organisation != record.organisation) {
        return Ok(None);
    }
    let mut tries = 1;
    loop {
        let unchanged = backend.submissions.unchanged_part(record);
        match backend.quarantine.lock(event, &record.id, unchanged).await {
            Ok(()) => break,
            Err(error @ StoreError::Conflict(_)) => {
                let now = backend.submissions.get(&record.id).await?;
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
    Ok(backend.quarantine.held(event).await?)
}

fn effect(check: &ExitCheck, rows: u64) -> Effect {
    Effect::ExitQuarantine {
        rows,
        release: check.counts.release,
        delete: check.counts.delete,
        left_held: check.counts.held,
        events: check
            .events
            .iter()
            .map(|event| EventEffect {
                event: event.event,
                release: event.counts.release,
                delete: event.counts.delete,
                left_held: event.counts.held,
            })
            .collect(),
    }
}

impl ExitPlan {
    /// Writes every page that is not written yet. Nobody else decides in these events meanwhile.
    pub(super) async fn record(
        &self,
        backend: &Backend,
        submission: SubmissionId,
        decided_at: UtcTime,
    ) -> Result<(), IntakeError> {
        let mut written = 0;
        for event in &self.check.events {
            let held = self
                .held
                .get(&event.event)
                .ok_or_else(|| missing(&event.event))?;
            for change in &event.pages {
                let page = held
                    .pages
                    .get(change.page as usize)
                    .ok_or_else(|| missing(&event.event))?;
                let before = page.share_of(submission).map(|share| &share.decisions);
                let decided =
                    page.decisions
                        .decide(&change.decisions, before)
                        .map_err(|error| {
                            IntakeError::Unexpected(format!(
                                "page {} of event {}: {error}",
                                change.page, event.event
                            ))
                        })?;
                let Deciding::Change(after) = decided else {
                    continue;
                };
                let share = PageShare {
                    submission,
                    decided_at,
                    decisions: change.decisions.clone(),
                };
                let write = PageWrite {
                    event: &event.event,
                    page: change.page,
                    before: &page.decisions,
                    after: &after,
                    share: &share,
                };
                backend.quarantine.decide(&write).await?;
                written += 1;
                (backend.ports.step)(Step::PageDecided(written));
            }
        }
        (backend.ports.step)(Step::PagesDone);
        Ok(())
    }

    /// The events with their new counts.
    pub(super) fn finished(&self) -> Vec<QuarantineEvent> {
        self.check
            .events
            .iter()
            .filter_map(|decided| {
                let mut event = self.held.get(&decided.event)?.event.clone();
                event.counts = event
                    .counts
                    .decided(decided.counts.release, decided.counts.delete);
                for srv in &mut event.by_srv {
                    if let Some(more) = decided.by_srv.iter().find(|more| more.srv == srv.srv) {
                        srv.counts = srv.counts.decided(more.counts.release, more.counts.delete);
                    }
                }
                Some(event)
            })
            .collect()
    }
}

fn missing(event: &QuarantineEventRef) -> IntakeError {
    IntakeError::Unexpected(format!("event {event} was checked, and is not there"))
}
