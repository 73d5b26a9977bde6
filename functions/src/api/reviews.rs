//! What awaits a reviewer, and the evidence for a decision.
use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{self, Page, Problem, ReviewEvidence, ReviewItem, SubmissionSummary},
    directory::{self, Person, ReviewBar},
    identifiers::SubmissionId,
    submission::{StateName, SubmissionState},
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Param, Params, cursor, limit},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    intake::Evidence,
    stores::SubmissionRecord,
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

/// A submission that waits for a reviewer, or did.
pub(super) async fn reviewed(
    backend: &Backend,
    id: &SubmissionId,
) -> Result<SubmissionRecord, ApiError> {
    let record = backend.submissions.get(id).await?;
    record
        .filter(|record| {
            record.state.name() == StateName::AwaitingReview || record.state.review().is_some()
        })
        .ok_or_else(|| Refusal::NotFound("review").into())
}

pub(super) fn bar(person: &Person, record: &SubmissionRecord) -> Option<ReviewBar> {
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
