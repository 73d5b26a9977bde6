//! Whether whoever decided still may when it takes effect.
use sluice_shared::{api::PersonRef, directory::may_review};

use super::IntakeError;
use crate::{Backend, stores::SubmissionRecord};

/// The record with whoever decided it as the directory knows them, by which history and receipt name them. Fails where they may not decide;
/// a decision of somebody who has left since counts no more.
pub(super) async fn with_reviewer(
    backend: &Backend,
    record: SubmissionRecord,
) -> Result<SubmissionRecord, IntakeError> {
    let Some(review) = record.state.review() else {
        return Ok(record);
    };
    let counts_for_nothing = |why: String| {
        IntakeError::Decision(format!(
            "the decision on {} counts for nothing: {why}",
            record.id
        ))
    };
    let id = &review.reviewer;
    let person = backend.directory.person(id).await?;
    let person = person.ok_or_else(|| counts_for_nothing(format!("nobody is called {id}")))?;
    let signer = record.signer.as_ref().map(|signer| &signer.id);
    may_review(&person, &record.organisation, &record.senders(), signer)
        .map_err(|bar| counts_for_nothing(format!("{id} may not decide it: {bar}")))?;
    Ok(SubmissionRecord {
        reviewer: Some(PersonRef::from(&person)),
        ..record
    })
}
