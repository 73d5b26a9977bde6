//! What awaits a reviewer, and the evidence for a decision.
use axum::{Json, extract::State};
use sluice_shared::{
    api::{Page, ReviewEvidence, ReviewItem, SubmissionDetail, SubmissionSummary},
    directory::{self, Person, ReviewBar},
    identifiers::SubmissionId,
    risk::RiskLevel,
    submission::SubmissionState,
};

use super::{
    auth::Caller,
    extract::{Param, Params},
    list_params::ListParams,
    visible::{Api, Reviewed, Visible, VisibleTo},
};
use crate::{error::ApiError, stores::SubmissionRecord};

/// Earlier submissions that evidence shows.
const EARLIER: usize = 10;

/// Submissions that wait for a reviewer, oldest first
#[utoipa::path(get, path = "/reviews", tag = "reviews", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<ReviewItem>)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<ReviewItem>>, ApiError> {
    let (visible, person) = (api.visible_to(&caller), caller.person()?);
    let (mut records, next) = visible
        .reviews(params.limit.get().into(), params.cursor.as_ref())
        .await?;
    // Nobody has to look at what is decided, although `intake` may not have come to it yet.
    records.retain(|record| record.awaits_decision());
    let mut assigned = visible.assigned_of_all(&records).await?;
    let summaries = visible.summaries(&records).await?;
    let rules = &api.settings().profile.review;
    let items = records.iter().zip(summaries);
    let items = items
        .filter_map(|(record, submission)| match &record.state {
            SubmissionState::AwaitingReview { since, void, .. } => Some(ReviewItem {
                risk: RiskLevel::of_rules(&submission.rules, rules),
                assigned: assigned.remove(&record.id),
                void: void.len(),
                submission,
                since: *since,
                barred: bar(person, record),
            }),
            _ => None,
        })
        .collect();
    Ok(Json(Page {
        items,
        next: next.and_then(|next| next.encode()),
    }))
}

/// Everything that a decision rests on
///
/// Where what it was judged by has changed, it is judged again: whoever asks again in a while sees it as it is then.
#[utoipa::path(get, path = "/reviews/{id}", tag = "reviews",
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = ReviewEvidence)))]
pub(crate) async fn evidence(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<ReviewEvidence>, ApiError> {
    let visible = api.visible_to(&caller);
    let Reviewed {
        record,
        evidence,
        findings,
    } = visible.evidence(&id).await?;
    if bar(caller.person()?, &record).is_none() {
        visible.keep_true(&record).await?;
    }
    let judged = record.judged.as_ref();
    let judged = judged.ok_or_else(|| {
        ApiError::Internal(format!("{id} waits for a review, and was never judged"))
    })?;
    let asked = visible.questions(&record).await?;
    let rules = record.state.rules().to_vec();
    let fired: Vec<_> = rules.iter().map(|fired| fired.rule).collect();
    Ok(Json(ReviewEvidence {
        submission: SubmissionDetail {
            asked,
            ..record.detail(api.now())
        },
        risk: RiskLevel::of_rules(&fired, &api.settings().profile.review),
        assigned: visible.assigned(&record).await?,
        rules,
        signature: evidence.signature,
        findings,
        evidence: evidence.evidence,
        verdict: judged.verdict,
        void: record.state.void().to_vec(),
        earlier: earlier(visible, &record).await?,
        barred: bar(caller.person()?, &record),
    }))
}

pub(super) fn bar(person: &Person, record: &SubmissionRecord) -> Option<ReviewBar> {
    let signer = record.signer.as_ref().map(|signer| &signer.id);
    directory::may_review(person, &record.organisation, &record.senders(), signer).err()
}

async fn earlier(
    visible: VisibleTo<'_>,
    record: &Visible<SubmissionRecord>,
) -> Result<Vec<SubmissionSummary>, ApiError> {
    let records = visible.of_the_same_kind(record, EARLIER).await?;
    Ok(records
        .iter()
        .map(|other| other.summary(visible.now()))
        .collect())
}
