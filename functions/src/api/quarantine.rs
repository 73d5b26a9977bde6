use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{self, HeldPageView, HeldRow, Page, Problem, QuarantineEventView},
    directory::Person,
    identifiers::{OrganisationId, QuarantineEventRef},
    quarantine::{DecidedPage, QuarantineEvent},
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Param, Params, cursor, limit},
};
use crate::{
    Backend,
    error::{ApiError, Refusal},
};

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

/// Quarantine events, latest first: of one's own organisation, for DCC staff of all
#[utoipa::path(get, path = "/quarantine-events", tag = "quarantine", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<QuarantineEventView>), (status = "4XX", body = Problem)))]
pub(crate) async fn list(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<QuarantineEventView>>, ApiError> {
    let own = (!person.is_dcc()).then_some(&person.organisation);
    let page = backend
        .quarantine
        .events(own, limit(params.limit), cursor(params.cursor.as_ref())?)
        .await?;
    let mut names = BTreeMap::new();
    let mut items = Vec::with_capacity(page.items.len());
    for event in page.items {
        items.push(view(&backend, event, &mut names).await?);
    }
    Ok(Json(Page {
        items,
        next: page.next.and_then(|next| next.encode()),
    }))
}

/// One quarantine event
#[utoipa::path(get, path = "/quarantine-events/{ref}", tag = "quarantine",
    params(("ref" = String, Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = QuarantineEventView), (status = "4XX", body = Problem)))]
pub(crate) async fn event(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Param(reference): Param<QuarantineEventRef>,
) -> Result<Json<QuarantineEventView>, ApiError> {
    let event = visible(&backend, &person, &reference).await?;
    Ok(Json(view(&backend, event, &mut BTreeMap::new()).await?))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// Which page, from 0.
    #[serde(default)]
    page: u32,
}

/// Communications of an event, up to 8,192 on a page, in order of Request ID
#[utoipa::path(get, path = "/quarantine-events/{ref}/communications", tag = "quarantine",
    params(("ref" = String, Path, description = "The event's reference"), PageParams), security(("signIn" = [])),
    responses((status = 200, body = HeldPageView), (status = "4XX", body = Problem)))]
pub(crate) async fn communications(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Param(reference): Param<QuarantineEventRef>,
    Params(params): Params<PageParams>,
) -> Result<Json<HeldPageView>, ApiError> {
    let event = visible(&backend, &person, &reference).await?;
    let page = backend
        .quarantine
        .page(&reference, params.page)
        .await?
        .ok_or(Refusal::NotFound("page"))?;
    Ok(Json(page_view(&event, &page)))
}

/// An event that the caller may see. To everybody else it does not exist.
async fn visible(
    backend: &Backend,
    person: &Person,
    reference: &QuarantineEventRef,
) -> Result<QuarantineEvent, ApiError> {
    let event = backend
        .quarantine
        .event(reference)
        .await?
        .filter(|event| person.sees(&event.organisation));
    event.ok_or_else(|| Refusal::NotFound("quarantine event").into())
}

async fn view(
    backend: &Backend,
    event: QuarantineEvent,
    names: &mut BTreeMap<OrganisationId, String>,
) -> Result<QuarantineEventView, ApiError> {
    if !names.contains_key(&event.organisation) {
        let organisation = backend.directory.organisation(&event.organisation).await?;
        let name = organisation.map_or_else(
            || event.organisation.to_string(),
            |organisation| organisation.name,
        );
        names.insert(event.organisation.clone(), name);
    }
    let name = names.get(&event.organisation).cloned().unwrap_or_default();
    Ok(QuarantineEventView::new(
        event,
        name,
        &backend.settings.profile.quarantine,
        backend.now(),
    ))
}

fn page_view(event: &QuarantineEvent, decided: &DecidedPage) -> HeldPageView {
    let page = &decided.page;
    let since = page.since();
    let communications = page
        .iter()
        .enumerate()
        .map(|(position, held)| HeldRow {
            target: held.request.target,
            counter: held.request.counter,
            srv: page
                .srvs()
                .binary_search(&held.srv)
                .ok()
                .and_then(|at| u16::try_from(at).ok())
                .unwrap_or_default(),
            after: u64::try_from(held.quarantined_at.since(since).whole_milliseconds())
                .unwrap_or_default(),
            state: decided.decisions.get(position),
        })
        .collect();
    HeldPageView {
        event: event.reference,
        page: decided.number,
        pages: event.pages,
        originator: page.originator(),
        srvs: page.srvs().to_vec(),
        since,
        communications,
    }
}
