//! Whether whoever decided still may when it takes effect.
use sluice_shared::{
    activity::Act, api::PersonRef, directory::ReviewBar, submission::SubmissionEvent,
};

use super::{IntakeError, activity, judgement::next_state};
use crate::{
    Backend,
    deciding::reviewer_now,
    stores::{SubmissionRecord, Transaction},
};

/// The record with whoever decided it as the directory knows them, by which history and receipt name them; as it was, where nobody decided.
/// `None`: they may decide it no more, so that the decision is void now, and the submission waits for another one.
pub(super) async fn with_reviewer(
    backend: &Backend,
    record: SubmissionRecord,
) -> Result<Option<SubmissionRecord>, IntakeError> {
    let Some(review) = record.state.review() else {
        return Ok(Some(record));
    };
    match reviewer_now(backend, &record, &review.reviewer).await? {
        Some((person, None)) => Ok(Some(SubmissionRecord {
            reviewer: Some(PersonRef::from(&person)),
            ..record
        })),
        found => {
            let bar = found.and_then(|(_, bar)| bar);
            put_void(backend, record, bar.unwrap_or(ReviewBar::NotAReviewer)).await?;
            Ok(None)
        }
    }
}

/// Makes the decision on this submission void, since its reviewer may decide it no more: it waits for another one.
pub(super) async fn put_void(
    backend: &Backend,
    record: SubmissionRecord,
    bar: ReviewBar,
) -> Result<(), IntakeError> {
    let reviewer = record.reviewer.as_ref();
    let reviewer = reviewer.map_or_else(String::new, |reviewer| reviewer.name.clone());
    let event = SubmissionEvent::ReviewerBarred {
        at: backend.now(),
        why: bar.said_of(&reviewer),
        reviewer,
    };
    let mut transaction = Transaction::new("make a decision void");
    activity::of_submission(backend, &mut transaction, &record, Act::DecisionVoid)?;
    let waiting = SubmissionRecord {
        state: next_state(&record, &event)?,
        reviewer: None,
        decision_signature: None,
        ..record
    };
    let id = waiting.id;
    backend.submissions.put(&mut transaction, &waiting)?;
    transaction.commit().await?;
    tracing::warn!(submission = %id, ?bar, "a decision is void: its reviewer may decide it no more");
    Ok(())
}
