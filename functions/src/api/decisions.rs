//! A reviewer's decision: recorded here, on the verdict that the reviewer saw; `intake` makes it take effect.
use axum::{Extension, Json, extract::State};
use sluice_shared::{
    api::{PersonRef, ReviewRequest, SubmissionDetail},
    directory::Person,
    identifiers::{CorrelationId, SubmissionId},
    instant::UtcTime,
    submission::{Decision, ReviewDecision, StateName, SubmissionEvent, transition},
};

use super::{
    auth::Caller,
    extract::{Body, Param},
    reviews::bar,
    visible::Api,
};
use crate::{
    error::{ApiError, Refusal},
    stores::{StoreError, SubmissionRecord},
};

/// Accept or refuse a submission, with a reason that its sender reads
///
/// Of two reviewers at the same moment, one decides and the other is told who. The same decision again is harmless.
#[utoipa::path(post, path = "/reviews/{id}/decision", tag = "reviews", request_body = ReviewRequest,
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionDetail)))]
pub(crate) async fn decide(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Param(id): Param<SubmissionId>,
    Body(request): Body<ReviewRequest>,
) -> Result<Json<SubmissionDetail>, ApiError> {
    let (visible, person) = (api.visible_to(&caller), caller.person());
    let mut tries = 0;
    let record = loop {
        let record = visible.reviewed(&id).await?;
        if let Some(bar) = bar(person, &record) {
            return Err(Refusal::ReviewBarred(bar).into());
        }
        if repeated(person, &record, &request)? {
            break record;
        }
        let with_decision = decided(api.now(), person, &record, &request)?;
        match visible.record_review(&record, with_decision).await {
            // Perhaps by this very decision, whose answer was lost; or it was judged again, and is still what the reviewer saw.
            Err(StoreError::Conflict(_)) if tries == 0 => tries += 1,
            Err(StoreError::Conflict(_)) => return Err(Refusal::Changed.into()),
            recorded => break recorded?,
        }
    };
    // Also when asked again: the first time may have failed between recording and telling.
    if record.state.name() == StateName::AwaitingReview {
        visible.tell_of_review(&record, correlation_id).await?;
    }
    Ok(Json(record.detail(api.now())))
}

/// Whether this reviewer made this very decision before.
fn repeated(
    person: &Person,
    record: &SubmissionRecord,
    request: &ReviewRequest,
) -> Result<bool, Refusal> {
    match record.state.review() {
        None => Ok(false),
        Some(made)
            if made.reviewer == person.id
                && made.decision == request.decision
                && made.verdict == request.verdict =>
        {
            Ok(true)
        }
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
    now: UtcTime,
    person: &Person,
    record: &SubmissionRecord,
    request: &ReviewRequest,
) -> Result<SubmissionRecord, Refusal> {
    if record.state.name() != StateName::AwaitingReview {
        return Err(Refusal::WrongState(record.state.name()));
    }
    // Only what the reviewer had on the screen is decided: `intake` holds the decision to it once more.
    if record.judged.as_ref().map(|judged| judged.verdict) != Some(request.verdict) {
        return Err(Refusal::Changed);
    }
    let decision = ReviewDecision {
        reviewer: person.id.clone(),
        decision: request.decision,
        reason: request.reason.clone(),
        decided_at: now,
        verdict: request.verdict,
    };
    let mut record = record.clone();
    record.state = transition(&record.state, &SubmissionEvent::Reviewed(decision))
        .map_err(|wrong| Refusal::WrongState(wrong.state))?;
    record.reviewer = Some(PersonRef::from(person));
    Ok(record)
}
