use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{self, Limit, Page, SubmissionChanges, SubmissionDetail, SubmissionSummary},
    finding::Finding,
    identifiers::{OrganisationId, SubmissionId},
    submission::StateName,
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Param, Params},
    visible::Api,
};
use crate::error::{ApiError, Refusal};

/// Findings in one answer.
const FINDINGS: usize = 200;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(inline, value_type = Option<api::Cursor>)]
    cursor: Option<api::Cursor>,
    /// How many, 1 to 200; 50 if absent.
    #[serde(default)]
    #[param(inline, required = false)]
    limit: Limit,
    /// Only those in this state.
    #[param(inline, value_type = Option<StateName>)]
    state: Option<StateName>,
    /// For DCC staff: only those of this organisation.
    #[param(inline, value_type = Option<OrganisationId>)]
    organisation: Option<OrganisationId>,
}

/// Submissions, newest first: of one's own organisation, for DCC staff of all
#[utoipa::path(get, path = "/submissions", tag = "submissions", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<SubmissionSummary>)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<SubmissionSummary>>, ApiError> {
    let visible = api.visible_to(&caller);
    let (records, next) = visible
        .submissions(
            params.organisation.as_ref(),
            params.state,
            params.limit.get().into(),
            params.cursor.as_ref(),
        )
        .await?;
    let items = visible.summaries(&records).await?;
    Ok(Json(Page {
        items,
        next: next.and_then(|next| next.encode()),
    }))
}

/// One submission
#[utoipa::path(get, path = "/submissions/{id}", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionDetail)))]
pub(crate) async fn detail(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<SubmissionDetail>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    let superseded = visible.superseded(&record).await?;
    let asked = visible.questions(&record).await?;
    Ok(Json(SubmissionDetail {
        superseded,
        asked,
        ..record.detail(api.now())
    }))
}

/// What a submission changed, changes or would have changed, as far as that is kept
///
/// Of an accepted file, what it changed then; of one that waits, what it changes as things stand; of one that was refused or
/// rejected, what it would have changed, told to its senders for 30 days. Empty where it cannot be told.
#[utoipa::path(get, path = "/submissions/{id}/changes", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionChanges)))]
pub(crate) async fn changes(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<SubmissionChanges>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    Ok(Json(visible.changes(&record).await?))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindingsParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(inline, value_type = Option<api::Cursor>)]
    cursor: Option<api::Cursor>,
}

/// What the check found, in the order of the file; the first 1,000, up to 200 in an answer
#[utoipa::path(get, path = "/submissions/{id}/findings", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "Its reference"), FindingsParams), security(("signIn" = [])),
    responses((status = 200, body = Page<Finding>)))]
pub(crate) async fn findings(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    Params(params): Params<FindingsParams>,
) -> Result<Json<Page<Finding>>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    let start = match &params.cursor {
        None => 0,
        Some(cursor) => cursor
            .as_str()
            .parse::<usize>()
            .map_err(|_| Refusal::ForeignCursor)?,
    };
    let findings = visible.findings(&record).await?;
    let end = start.saturating_add(FINDINGS).min(findings.len());
    let items = findings.get(start..end).unwrap_or_default().to_vec();
    let next = (end < findings.len())
        .then(|| api::Cursor::parse(&end.to_string()).ok())
        .flatten();
    Ok(Json(Page { items, next }))
}
