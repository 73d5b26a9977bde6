//! A reviewer's decision: recorded here, on the version that the reviewer saw; `intake` makes it take effect.
use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use sluice_shared::{
    api::{PersonRef, Problem, ReviewRequest, SubmissionDetail},
    directory::Person,
    identifiers::{CorrelationId, SubmissionId},
    submission::{Decision, ReviewDecision, StateName, SubmissionEvent, transition},
};

use super::{
    auth::Caller,
    extract::{Body, Param},
    reviews::{bar, reviewed},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    stores::{StoreError, SubmissionRecord},
};

/// Accept or refuse a submission, with a reason that its sender reads
///
/// Of two reviewers at the same moment, one decides and the other is told who. The same decision again is harmless.
#[utoipa::path(post, path = "/reviews/{id}/decision", tag = "reviews", request_body = ReviewRequest,
    params(("id" = String, Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionDetail), (status = "4XX", body = Problem)))]
pub(crate) async fn decide(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Param(id): Param<SubmissionId>,
    Body(request): Body<ReviewRequest>,
) -> Result<Json<SubmissionDetail>, ApiError> {
    let record = reviewed(&backend, &id).await?;
    if let Some(bar) = bar(&person, &record) {
        return Err(Refusal::ReviewBarred(bar).into());
    }
    let record = if repeated(&person, &record, &request)? {
        record
    } else {
        let decided = decided(&backend, &person, record, &request)?;
        match backend.submissions.update(decided).await {
            Ok(record) => record,
            Err(StoreError::Conflict(_)) => {
                // Perhaps by this very decision: its first try was recorded, and the answer to it was lost.
                let meanwhile = reviewed(&backend, &id).await?;
                if !repeated(&person, &meanwhile, &request)? {
                    return Err(Refusal::Changed.into());
                }
                meanwhile
            }
            Err(error) => return Err(error.into()),
        }
    };
    // Also when asked again: the first time may have failed between recording and telling.
    if record.state.name() == StateName::AwaitingReview {
        backend.queue.review_decided(&id, correlation_id).await?;
    }
    Ok(Json(record.detail(backend.now())))
}

/// Whether this reviewer made this very decision before.
fn repeated(
    person: &Person,
    record: &SubmissionRecord,
    request: &ReviewRequest,
) -> Result<bool, Refusal> {
    match record.state.review() {
        None => Ok(false),
        Some(made) if made.reviewer == person.id && made.decision == request.decision => Ok(true),
        Some(made) => Err(Refusal::AlreadyDecided {
            by: record.reviewer.as_ref().map_or_else(
                || made.reviewer.to_string(),
                |reviewer| reviewer.name.clone(),
            ),
            decision: match made.decision {
                Decision::Accept => "accept",
                Decision::Refuse => "refuse",
            },
        }),
    }
}

fn decided(
    backend: &Backend,
    person: &Person,
    mut record: SubmissionRecord,
    request: &ReviewRequest,
) -> Result<SubmissionRecord, Refusal> {
    if record.state.name() != StateName::AwaitingReview {
        return Err(Refusal::WrongState(record.state.name()));
    }
    if record.version != request.version {
        return Err(Refusal::Changed);
    }
    let decision = ReviewDecision {
        reviewer: person.id.clone(),
        decision: request.decision,
        reason: request.reason.clone(),
        decided_at: backend.now(),
    };
    record.state = transition(&record.state, &SubmissionEvent::Reviewed(decision))
        .map_err(|wrong| Refusal::WrongState(wrong.state))?;
    record.reviewer = Some(PersonRef::from(person));
    Ok(record)
}
