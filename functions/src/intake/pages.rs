//! Recording an exit file's decisions page by page.
//!
//! Before the first page is written the submission says that it is being recorded, and what it releases is counted in the
//! same transaction: from then on every try goes forward, never back. A try after a crash finds the submission's own
//! shares, and goes on where the last one ended.
use sluice_shared::{
    identifiers::FileDigest,
    instant::UtcTime,
    quarantine::PageShare,
    verdict::{ExitChanges, PlannedPage},
};

use super::IntakeError;
use crate::{
    Backend, Step,
    stores::{PageWrite, SubmissionRecord, Transaction},
};

/// Says, before the first page is written, that this submission is being recorded, and counts what it releases. There is
/// no way back from here, and no second time. It fails together if the accounts or thresholds that it was held to changed.
/// `at` is the instant of its judgement.
pub(super) async fn announce(
    backend: &Backend,
    mut record: SubmissionRecord,
    exit: &ExitChanges,
    file: &FileDigest,
    at: UtcTime,
) -> Result<(SubmissionRecord, UtcTime), IntakeError> {
    if let Some(since) = record.recording_since {
        return Ok((record, since));
    }
    record.recording_since = Some(at);
    let mut transaction = Transaction::new("count what a submission releases");
    for account in &exit.accounts {
        backend.quarantine.count_released(
            &mut transaction,
            &record.organisation,
            &account.releaser,
            account.replaces,
            &account.after,
        )?;
    }
    for (user_id, version) in &exit.held_to {
        backend
            .thresholds
            .unchanged(&mut transaction, &record.organisation, *user_id, *version);
    }
    backend.quarantine.announce(&mut transaction, &record, file);
    backend.submissions.put(&mut transaction, &record)?;
    transaction.commit().await?;
    record.version += 1;
    (backend.ports.step)(Step::BeingRecorded);
    Ok((record, at))
}

/// Writes every page that is not written yet. Nobody else decides in these events meanwhile.
pub(super) async fn record(
    backend: &Backend,
    record: &SubmissionRecord,
    exit: &ExitChanges,
    decided_at: UtcTime,
) -> Result<(), IntakeError> {
    let pages = exit.events.iter().flat_map(|event| &event.pages);
    for (written, page) in (1..).zip(pages) {
        write(backend, record, page, decided_at).await?;
        (backend.ports.step)(Step::PageDecided(written));
    }
    (backend.ports.step)(Step::PagesDone);
    Ok(())
}

async fn write(
    backend: &Backend,
    record: &SubmissionRecord,
    page: &PlannedPage,
    decided_at: UtcTime,
) -> Result<(), IntakeError> {
    let share = PageShare {
        submission: record.id,
        decided_at,
        decisions: page.share.clone(),
    };
    let write = PageWrite {
        organisation: &record.organisation,
        event: &page.event,
        page: page.page,
        before: &page.before,
        after: &page.after,
        share: &share,
    };
    Ok(backend.quarantine.decide(&write).await?)
}
