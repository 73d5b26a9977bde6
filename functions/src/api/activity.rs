//! Who did what: for an organisation's administrators their own, for DCC staff whichever they name.
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sluice_shared::{
    activity::{Act, ActivityFilter, ActivityRecord, Day, FileFormat, OutcomeName},
    api::{self, Limit, Page},
    identifiers::{FileName, OrganisationId, PersonId},
};
use utoipa::IntoParams;

use super::{auth::Caller, extract::Params, visible::Api};
use crate::{content_disposition::attachment, error::ApiError};

/// The most records of a file: an answer of a function has 6 MB at most, as JSON that holds the file as text. A record has some 400 bytes, and the
/// longest that there can be some 1,100.
const MOST_IN_A_FILE: usize = 4_000;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ActivityParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(inline, value_type = Option<api::Cursor>)]
    cursor: Option<api::Cursor>,
    /// How many, 1 to 200; 50 if absent.
    #[serde(default)]
    #[param(inline, required = false)]
    limit: Limit,
    /// For DCC staff: whose record; the DCC's own if absent.
    #[param(inline, value_type = Option<OrganisationId>)]
    organisation: Option<OrganisationId>,
    /// The first day.
    #[param(inline, value_type = Option<Day>)]
    from: Option<Day>,
    /// The last day.
    #[param(inline, value_type = Option<Day>)]
    to: Option<Day>,
    /// Only what this person did.
    #[param(inline, value_type = Option<PersonId>)]
    person: Option<PersonId>,
    /// Only this act.
    #[param(inline, value_type = Option<Act>)]
    act: Option<Act>,
    /// Only what came to this.
    #[param(inline, value_type = Option<OutcomeName>)]
    outcome: Option<OutcomeName>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ActivityFileParams {
    /// In which form.
    #[param(inline)]
    format: FileFormat,
    /// For DCC staff: whose record; the DCC's own if absent.
    #[param(inline, value_type = Option<OrganisationId>)]
    organisation: Option<OrganisationId>,
    /// The first day.
    #[param(inline, value_type = Option<Day>)]
    from: Option<Day>,
    /// The last day.
    #[param(inline, value_type = Option<Day>)]
    to: Option<Day>,
    /// Only what this person did.
    #[param(inline, value_type = Option<PersonId>)]
    person: Option<PersonId>,
    /// Only this act.
    #[param(inline, value_type = Option<Act>)]
    act: Option<Act>,
    /// Only what came to this.
    #[param(inline, value_type = Option<OutcomeName>)]
    outcome: Option<OutcomeName>,
}

/// Who did what, newest first
///
/// What was done, what was refused, which data DCC staff read, and what the service made of it. Where a filter is narrow, a page may have fewer
/// records than asked for, or none, and go on all the same.
#[utoipa::path(get, path = "/activity", tag = "people", params(ActivityParams), security(("signIn" = [])),
    responses((status = 200, body = Page<ActivityRecord>)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ActivityParams>,
) -> Result<Json<Page<ActivityRecord>>, ApiError> {
    let filter = ActivityFilter {
        from: params.from,
        to: params.to,
        person: params.person,
        act: params.act,
        outcome: params.outcome,
    };
    let (organisation, cursor) = (params.organisation.as_ref(), params.cursor.as_ref());
    let most = usize::from(params.limit.get());
    let visible = api.visible_to(&caller);
    let page = visible
        .activity(organisation, &filter, most, cursor)
        .await?;
    Ok(Json(Page {
        items: page.items,
        next: page.next.and_then(|next| next.encode()),
    }))
}

/// The same as a file: CSV for a spreadsheet, or JSON Lines for programs; the newest 4,000 records that fit
#[utoipa::path(get, path = "/activity/file", tag = "people", params(ActivityFileParams), security(("signIn" = [])),
    responses((status = 200, description = "The records", content((String = "text/csv"), (String = "application/jsonl")))))]
pub(crate) async fn file(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ActivityFileParams>,
) -> Result<Response, ApiError> {
    let filter = ActivityFilter {
        from: params.from,
        to: params.to,
        person: params.person,
        act: params.act,
        outcome: params.outcome,
    };
    let (visible, format) = (api.visible_to(&caller), params.format);
    let organisation = params.organisation.as_ref();
    let mut records = Vec::new();
    let mut from = None;
    loop {
        let left = MOST_IN_A_FILE - records.len();
        let page = visible
            .activity(organisation, &filter, left, from.as_ref())
            .await?;
        records.extend(page.items);
        from = page.next.and_then(|next| next.encode());
        if from.is_none() || records.len() >= MOST_IN_A_FILE {
            break;
        }
    }
    let written = format
        .write(&records)
        .map_err(|error| ApiError::Internal(format!("records cannot be written: {error}")))?;
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            attachment(&FileName::nearest(format.file_name())),
        ),
    ];
    Ok((headers, written).into_response())
}
