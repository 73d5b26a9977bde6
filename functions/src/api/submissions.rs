use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{self, Page, Problem, SubmissionDetail, SubmissionSummary},
    finding::Finding,
    identifiers::{OrganisationId, SubmissionId},
    instant::UtcTime,
    submission::StateName,
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Param, Params, cursor, limit},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    stores::{self, SubmissionRecord},
};

/// A list is read in as many parts as it takes to fill a page, up to this many; a narrow filter may need several.
const MOST_READS: usize = 10;
/// Findings in one answer.
const FINDINGS: usize = 200;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(value_type = Option<String>)]
    cursor: Option<api::Cursor>,
    /// How many, 1 to 200; 50 if absent.
    limit: Option<u16>,
    /// Only those in this state.
    #[param(value_type = Option<String>)]
    state: Option<StateName>,
    /// For DCC staff: only those of this organisation.
    #[param(value_type = Option<String>)]
    organisation: Option<OrganisationId>,
}

/// Submissions, newest first: of one's own organisation, for DCC staff of all
#[utoipa::path(get, path = "/submissions", tag = "submissions", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<SubmissionSummary>), (status = "4XX", body = Problem)))]
pub(crate) async fn list(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<SubmissionSummary>>, ApiError> {
    let now = backend.now();
    let organisation = match (person.is_dcc(), params.organisation) {
        (true, chosen) => chosen,
        (false, None) => Some(person.organisation),
        (false, Some(chosen)) if chosen == person.organisation => Some(chosen),
        (false, Some(_)) => return Err(Refusal::NotFound("organisation").into()),
    };
    let limit = limit(params.limit);
    let mut next = cursor(params.cursor.as_ref())?;
    let mut items = Vec::new();
    for _ in 0..MOST_READS {
        let wanted = limit - i32::try_from(items.len()).unwrap_or(limit);
        let page = read(&backend, organisation.as_ref(), params.state, wanted, next).await?;
        items.extend(matching(&page.items, params.state, now));
        next = page.next;
        if next.is_none() || items.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(Json(Page {
        items,
        next: next.and_then(|next| next.encode()),
    }))
}

async fn read(
    backend: &Backend,
    organisation: Option<&OrganisationId>,
    state: Option<StateName>,
    limit: i32,
    cursor: Option<stores::Cursor>,
) -> Result<stores::Page<SubmissionRecord>, ApiError> {
    // Expiry happens by the clock: what has expired is still recorded as waiting.
    let recorded = state.map(|state| {
        if state == StateName::Expired {
            StateName::AwaitingUpload
        } else {
            state
        }
    });
    Ok(match organisation {
        Some(organisation) => {
            backend
                .submissions
                .of_organisation(organisation, recorded, limit, cursor)
                .await?
        }
        None => backend.submissions.of_all(recorded, limit, cursor).await?,
    })
}

fn matching(
    records: &[SubmissionRecord],
    state: Option<StateName>,
    now: UtcTime,
) -> impl Iterator<Item = SubmissionSummary> {
    records
        .iter()
        .map(move |record| record.summary(now))
        .filter(move |summary| state.is_none_or(|state| summary.state == state))
}

/// One submission
#[utoipa::path(get, path = "/submissions/{id}", tag = "submissions",
    params(("id" = String, Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionDetail), (status = "4XX", body = Problem)))]
pub(crate) async fn detail(
    State(backend): State<Arc<Backend>>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<SubmissionDetail>, ApiError> {
    let record = visible(&backend, &caller, &id).await?;
    Ok(Json(record.detail(backend.now())))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindingsParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(value_type = Option<String>)]
    cursor: Option<api::Cursor>,
}

/// What the check found, in the order of the file; the first 1,000, up to 200 in an answer
#[utoipa::path(get, path = "/submissions/{id}/findings", tag = "submissions",
    params(("id" = String, Path, description = "Its reference"), FindingsParams), security(("signIn" = [])),
    responses((status = 200, body = Page<Finding>), (status = "4XX", body = Problem)))]
pub(crate) async fn findings(
    State(backend): State<Arc<Backend>>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    Params(params): Params<FindingsParams>,
) -> Result<Json<Page<Finding>>, ApiError> {
    visible(&backend, &caller, &id).await?;
    let start = match &params.cursor {
        None => 0,
        Some(cursor) => cursor.as_str().parse::<usize>().map_err(|_| {
            Refusal::Invalid("The cursor is not one that this list gave.".to_owned())
        })?,
    };
    let findings = backend
        .submissions
        .findings(&id)
        .await?
        .map(|found| found.findings)
        .unwrap_or_default();
    let end = start.saturating_add(FINDINGS).min(findings.len());
    let items = findings.get(start..end).unwrap_or_default().to_vec();
    let next = (end < findings.len())
        .then(|| api::Cursor::parse(&end.to_string()).ok())
        .flatten();
    Ok(Json(Page { items, next }))
}

/// A submission that the caller may see. To everybody else it does not exist.
pub(super) async fn visible(
    backend: &Backend,
    Caller(person): &Caller,
    id: &SubmissionId,
) -> Result<SubmissionRecord, ApiError> {
    let record = backend.submissions.get(id).await?;
    record
        .filter(|record| person.sees(&record.organisation))
        .ok_or_else(|| Refusal::NotFound("submission").into())
}
