//! What reviewers decided: the history of every decision, also of those that took no effect.
use axum::{Json, extract::State};
use sluice_shared::api::{DecidedReview, Page, PersonRef};
use sluice_shared::instant::UtcTime;

use super::{auth::Caller, extract::Params, list_params::ListParams, visible::Api};
use crate::{error::ApiError, stores::SubmissionRecord};

/// What reviewers decided, by whom, when and why, also what took no effect; of the submission that was started last first
///
/// `limit` counts submissions; each has all decisions on it.
#[utoipa::path(get, path = "/review-decisions", tag = "reviews", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<DecidedReview>)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<DecidedReview>>, ApiError> {
    let visible = api.visible_to(&caller);
    let (records, next) = visible
        .decided(params.limit.get().into(), params.cursor.as_ref())
        .await?;
    let now = api.now();
    let items = records.iter().flat_map(|record| decisions(record, now));
    Ok(Json(Page {
        items: items.collect(),
        next: next.and_then(|next| next.encode()),
    }))
}

/// All decisions on a submission, the last first.
fn decisions(record: &SubmissionRecord, now: UtcTime) -> Vec<DecidedReview> {
    let of = |decision: &sluice_shared::submission::ReviewDecision, name: String, void_since| {
        DecidedReview {
            submission: record.summary(now),
            decision: decision.clone(),
            reviewer: PersonRef {
                id: decision.reviewer.clone(),
                name,
            },
            void_since,
        }
    };
    let void = record.state.void().iter().rev();
    let void = void.map(|void| of(&void.decision, void.reviewer.clone(), Some(void.void_since)));
    let counts = record.state.review().map(|review| {
        let name = record.reviewer.as_ref().map(|person| person.name.clone());
        of(
            review,
            name.unwrap_or_else(|| review.reviewer.to_string()),
            None,
        )
    });
    counts.into_iter().chain(void).collect()
}
