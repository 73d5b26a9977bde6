//! What awaits a reviewer. A decision is recorded here, on the version that the reviewer saw; `intake` makes it take effect.
use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{
        self, Page, PersonRef, Problem, ReviewEvidence, ReviewItem, ReviewRequest,
        SubmissionDetail, SubmissionSummary,
    },
    directory::{self, Person, ReviewBar},
    identifiers::SubmissionId,
    submission::{
        Decision, ReviewDecision, StateName, SubmissionEvent, SubmissionState, transition,
    },
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Body, Param, Params, cursor, limit},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    intake::Evidence,
    stores::{StoreError, SubmissionRecord},
};

/// Earlier submissions that evidence shows.
const EARLIER: usize = 10;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(value_type = Option<String>)]
    cursor: Option<api::Cursor>,
    /// How many, 1 to 200; 50 if absent.
    limit: Option<u16>,
}

/// Submissions that wait for a reviewer, oldest first
#[utoipa::path(get, path = "/reviews", tag = "reviews", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<ReviewItem>), (status = "4XX", body = Problem)))]
pub(crate) async fn list(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<ReviewItem>>, ApiError> {
    let now = backend.now();
    let page = backend
        .submissions
        .awaiting_review(limit(params.limit), cursor(params.cursor.as_ref())?)
        .await?;
    let items = page
        .items
        .iter()
        .filter_map(|record| match &record.state {
            SubmissionState::AwaitingReview { since, .. } => Some(ReviewItem {
                submission: record.summary(now),
                since: *since,
                barred: bar(&person, record),
            }),
            _ => None,
        })
        .collect();
    Ok(Json(Page {
        items,
        next: page.next.and_then(|next| next.encode()),
    }))
}

/// Everything that a decision rests on
#[utoipa::path(get, path = "/reviews/{id}", tag = "reviews",
    params(("id" = String, Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = ReviewEvidence), (status = "4XX", body = Problem)))]
pub(crate) async fn evidence(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<ReviewEvidence>, ApiError> {
    let record = reviewed(&backend, &id).await?;
    let evidence: Evidence = backend.submissions.evidence(&id).await?.unwrap_or_default();
    let findings = backend
        .submissions
        .findings(&id)
        .await?
        .map(|found| found.findings)
        .unwrap_or_default();
    Ok(Json(ReviewEvidence {
        submission: record.detail(backend.now()),
        rules: record.state.rules().to_vec(),
        signature: evidence.signature,
        findings,
        comparisons: evidence.comparisons,
        exits: evidence.exits,
        earlier: earlier(&backend, &record).await?,
        barred: bar(&person, &record),
    }))
}

/// Accept or refuse a submission, with a reason that its sender reads
///
/// Of two reviewers at the same moment, one decides and the other is told who. The same decision again is harmless.
#[utoipa::path(post, path = "/reviews/{id}/decision", tag = "reviews", request_body = ReviewRequest,
    params(("id" = String, Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionDetail), (status = "4XX", body = Problem)))]
pub(crate) async fn decide(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
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
                let meanwhile = reviewed(&backend, &id).await?;
                repeated(&person, &meanwhile, &request)?;
                return Err(Refusal::Changed.into());
            }
            Err(error) => return Err(error.into()),
        }
    };
    // Also when asked again: the first time may have failed between recording and telling.
    if record.state.name() == StateName::AwaitingReview {
        backend.queue.review_decided(&id).await?;
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

/// A submission that waits for a reviewer, or did.
async fn reviewed(backend: &Backend, id: &SubmissionId) -> Result<SubmissionRecord, ApiError> {
    let record = backend.submissions.get(id).await?;
    record
        .filter(|record| {
            record.state.name() == StateName::AwaitingReview || record.state.review().is_some()
        })
        .ok_or_else(|| Refusal::NotFound("review").into())
}

fn bar(person: &Person, record: &SubmissionRecord) -> Option<ReviewBar> {
    let signer = record.signer.as_ref().map(|signer| &signer.id);
    directory::may_review(person, &record.organisation, &record.uploader.id, signer).err()
}

async fn earlier(
    backend: &Backend,
    record: &SubmissionRecord,
) -> Result<Vec<SubmissionSummary>, ApiError> {
    let now = backend.now();
    let page = backend
        .submissions
        .of_organisation(&record.organisation, None, 100, None)
        .await?;
    let same_kind = page
        .items
        .iter()
        .filter(|other| other.kind == record.kind && other.id != record.id);
    Ok(same_kind
        .take(EARLIER)
        .map(|other| other.summary(now))
        .collect())
}
