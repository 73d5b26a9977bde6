use std::collections::BTreeMap;

use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{HeldPageView, HeldRow, Page, QuarantineEventView, WaitingDecisions},
    identifiers::{OrganisationId, QuarantineEventRef, SubmissionId},
    quarantine::{DecidedPage, QuarantineEvent},
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Param, Params},
    list_params::ListParams,
    visible::{Api, Visible, VisibleTo},
};
use crate::error::ApiError;

/// Quarantine events, latest first: of one's own organisation, for DCC staff of all
#[utoipa::path(get, path = "/quarantine-events", tag = "quarantine", params(ListParams), security(("signIn" = [])),
    responses((status = 200, body = Page<QuarantineEventView>)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ListParams>,
) -> Result<Json<Page<QuarantineEventView>>, ApiError> {
    let visible = api.visible_to(&caller);
    let (events, next) = visible
        .events(params.limit.get().into(), params.cursor.as_ref())
        .await?;
    let mut names = BTreeMap::new();
    let mut items = Vec::with_capacity(events.len());
    for event in events {
        items.push(view(visible, event, &mut names).await?);
    }
    Ok(Json(Page {
        items,
        next: next.and_then(|next| next.encode()),
    }))
}

/// One quarantine event
#[utoipa::path(get, path = "/quarantine-events/{ref}", tag = "quarantine",
    params(("ref" = inline(QuarantineEventRef), Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = QuarantineEventView)))]
pub(crate) async fn event(
    State(api): State<Api>,
    caller: Caller,
    Param(reference): Param<QuarantineEventRef>,
) -> Result<Json<QuarantineEventView>, ApiError> {
    let visible = api.visible_to(&caller);
    let event = visible.event(&reference).await?;
    Ok(Json(view(visible, event, &mut BTreeMap::new()).await?))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// Which page, from 0.
    #[serde(default)]
    #[param(maximum = 4_294_967_295_u32)]
    page: u32,
}

/// Communications of an event, up to 8,192 on a page, in order of Request ID
#[utoipa::path(get, path = "/quarantine-events/{ref}/communications", tag = "quarantine",
    params(("ref" = inline(QuarantineEventRef), Path, description = "The event's reference"), PageParams), security(("signIn" = [])),
    responses((status = 200, body = HeldPageView)))]
pub(crate) async fn communications(
    State(api): State<Api>,
    caller: Caller,
    Param(reference): Param<QuarantineEventRef>,
    Params(params): Params<PageParams>,
) -> Result<Json<HeldPageView>, ApiError> {
    let visible = api.visible_to(&caller);
    let event = visible.event(&reference).await?;
    let page = visible.held_page(&event, params.page).await?;
    Ok(Json(page_view(&event, &page)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WaitingParams {
    /// The event.
    #[param(inline, value_type = QuarantineEventRef)]
    event: QuarantineEventRef,
    /// Which page of its communications, from 0.
    #[serde(default)]
    #[param(maximum = 4_294_967_295_u32)]
    page: u32,
}

/// What a submission that waits for a reviewer decides on one page of an event's communications
#[utoipa::path(get, path = "/submissions/{id}/decisions", tag = "quarantine",
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference"), WaitingParams), security(("signIn" = [])),
    responses((status = 200, body = WaitingDecisions)))]
pub(crate) async fn waiting(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    Params(params): Params<WaitingParams>,
) -> Result<Json<WaitingDecisions>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    let event = visible.event(&params.event).await?;
    let decisions = visible
        .waiting_decisions(&record, &event, params.page)
        .await?;
    Ok(Json(WaitingDecisions::new(
        params.event,
        params.page,
        &decisions,
    )))
}

async fn view(
    visible: VisibleTo<'_>,
    event: Visible<QuarantineEvent>,
    names: &mut BTreeMap<OrganisationId, String>,
) -> Result<QuarantineEventView, ApiError> {
    if !names.contains_key(&event.organisation) {
        let name = visible.organisation_name(&event.organisation).await?;
        names.insert(event.organisation.clone(), name);
    }
    let name = names.get(&event.organisation).cloned().unwrap_or_default();
    Ok(QuarantineEventView::new(
        event.into_inner(),
        name,
        &visible.settings().profile.quarantine,
        visible.now(),
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
