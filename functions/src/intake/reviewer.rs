//! Whether whoever decided still may when it takes effect.
use sluice_shared::api::PersonRef;

use super::{IntakeError, decision::dropped_decision};
use crate::{Backend, deciding::reviewer_now, stores::SubmissionRecord};

/// The record with whoever decided it as the directory knows them, by which history and receipt name them. Fails where they may not decide;
/// a decision of somebody who has left since counts no more.
pub(super) async fn with_reviewer(
    backend: &Backend,
    record: SubmissionRecord,
) -> Result<SubmissionRecord, IntakeError> {
    let Some(review) = record.state.review() else {
        return Ok(record);
    };
    let person = reviewer_now(backend, &record, &review.reviewer).await?;
    let person = person
        .map_err(|why| dropped_decision(&record.id, record.next_decision(), &why.to_string()))?;
    Ok(SubmissionRecord {
        reviewer: Some(PersonRef::from(&person)),
        ..record
    })
}
