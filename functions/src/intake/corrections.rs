//! Which submission corrects which, once its file has arrived: never two the same one.
//!
//! A correction that does not hold is dropped, and the file goes on as one that corrects nothing. Two honest people may each begin one, and
//! of the two that arrive the second is still a file that somebody signed.
use sluice_shared::{identifiers::SubmissionId, submission::StateName};

use super::IntakeError;
use crate::{
    Backend,
    stores::{SubmissionRecord, Transaction},
};

/// Writes in `transaction` that `record` corrects what it says, as far as that holds.
pub(super) async fn settle(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &mut SubmissionRecord,
) -> Result<(), IntakeError> {
    let Some(id) = record.replaces else {
        return Ok(());
    };
    let outcome = match backend.submissions.get(&record.organisation, &id).await? {
        _ if record.check_only => Err("it is to be checked only"),
        Some(corrected) => recorded(backend, transaction, record, corrected).await?,
        None => never_arrived(backend, transaction, record, &id).await?,
    };
    if let Err(reason) = outcome {
        tracing::warn!(corrects = %id, reason, "a correction is dropped");
        record.replaces = None;
    }
    Ok(())
}

/// Writes in the transaction of one that was thought to have expired what corrects it since.
pub(super) async fn of_one_that_came_late(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &mut SubmissionRecord,
) -> Result<(), IntakeError> {
    record.replaced_by = backend
        .submissions
        .corrected_by(&record.organisation, &record.id)
        .await?;
    if record.replaced_by.is_none() {
        backend.submissions.not_corrected(transaction, record);
    }
    Ok(())
}

/// Whether it does, or why not.
type Outcome = Result<(), &'static str>;

async fn recorded(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &SubmissionRecord,
    mut corrected: SubmissionRecord,
) -> Result<Outcome, IntakeError> {
    if let Err(reason) = may_correct(backend, record, &corrected) {
        return Ok(Err(reason));
    }
    if let Some(earlier) = corrected.replaced_by
        && let Some(mut earlier) = backend
            .submissions
            .get(&record.organisation, &earlier)
            .await?
    {
        // Of before announcements had a table of their own: it was to correct this one, and its file never came.
        if earlier.state.name() != StateName::AwaitingUpload {
            return Ok(Err("another one corrects it that arrived before"));
        }
        earlier.replaces = None;
        backend.submissions.put(transaction, &earlier)?;
    }
    corrected.replaced_by = Some(record.id);
    backend.submissions.put(transaction, &corrected)?;
    Ok(Ok(()))
}

async fn never_arrived(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &SubmissionRecord,
    id: &SubmissionId,
) -> Result<Outcome, IntakeError> {
    let (submissions, organisation) = (&backend.submissions, &record.organisation);
    let Some(announced) = backend.announcements.get(organisation, id).await? else {
        return Ok(Err("there is no such submission"));
    };
    if let Err(reason) = may_correct(backend, record, &announced.record()) {
        return Ok(Err(reason));
    }
    if submissions.corrected_by(organisation, id).await?.is_some() {
        return Ok(Err("another one corrects it that arrived before"));
    }
    submissions.not_arrived(transaction, organisation, id);
    submissions.put_corrected_by(transaction, id, record);
    Ok(Ok(()))
}

fn may_correct(
    backend: &Backend,
    record: &SubmissionRecord,
    corrected: &SubmissionRecord,
) -> Outcome {
    let state = corrected.state_at(backend.now()).name();
    if corrected.organisation != record.organisation || corrected.id == record.id {
        Err("there is no such submission of this organisation")
    } else if corrected.kind != record.kind {
        Err("it is of another kind")
    } else if !matches!(
        state,
        StateName::Rejected | StateName::Refused | StateName::Expired
    ) {
        Err("it needs no correction")
    } else {
        Ok(())
    }
}
