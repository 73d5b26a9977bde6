use std::collections::BTreeMap;

use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::{self, HistoryView, Page, PersonRef, UserThresholdsView},
    identifiers::{Eui64, PersonId},
    thresholds::StatementOrigin,
};
use utoipa::IntoParams;

use super::{
    auth::Caller,
    extract::{Param, Params},
    visible::{Api, VisibleTo, VisibleUser},
};
use crate::error::ApiError;

/// Statements in one answer of a history, at most.
const HISTORY: i32 = 100;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryParams {
    /// Where the history goes on: `next` of the answer before.
    #[param(inline, value_type = Option<api::Cursor>)]
    cursor: Option<api::Cursor>,
}

/// Thresholds in force, of every User ID that the caller may see
#[utoipa::path(get, path = "/thresholds", tag = "thresholds", security(("signIn" = [])),
    responses((status = 200, body = Page<UserThresholdsView>)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
) -> Result<Json<Page<UserThresholdsView>>, ApiError> {
    let visible = api.visible_to(&caller);
    let mut items = Vec::new();
    let mut names = BTreeMap::new();
    for user in visible.users().await? {
        items.push(view(visible, &user, &mut names).await?);
    }
    Ok(Json(Page::only(items)))
}

/// Thresholds in force of one User ID
#[utoipa::path(get, path = "/thresholds/{userId}", tag = "thresholds",
    params(("userId" = inline(Eui64), Path, description = "The User ID")), security(("signIn" = [])),
    responses((status = 200, body = UserThresholdsView)))]
pub(crate) async fn of_user(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<Eui64>,
) -> Result<Json<UserThresholdsView>, ApiError> {
    let visible = api.visible_to(&caller);
    let user = visible.user(id).await?;
    Ok(Json(view(visible, &user, &mut BTreeMap::new()).await?))
}

/// Accepted statements of one User ID, latest first, up to 100 in one answer; fewer where they are large
#[utoipa::path(get, path = "/thresholds/{userId}/history", tag = "thresholds",
    params(("userId" = inline(Eui64), Path, description = "The User ID"), HistoryParams), security(("signIn" = [])),
    responses((status = 200, body = Page<HistoryView>)))]
pub(crate) async fn history(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<Eui64>,
    Params(params): Params<HistoryParams>,
) -> Result<Json<Page<HistoryView>>, ApiError> {
    let visible = api.visible_to(&caller);
    let user = visible.user(id).await?;
    let mut items = Vec::new();
    let mut names = BTreeMap::new();
    let (entries, next) = visible
        .threshold_history(&user, HISTORY, params.cursor.as_ref())
        .await?;
    for entry in entries {
        let people = people(visible, &entry.origin, &mut names).await?;
        items.push(HistoryView { entry, people });
    }
    let next = next.and_then(|place| place.encode());
    Ok(Json(Page { items, next }))
}

async fn view(
    visible: VisibleTo<'_>,
    user: &VisibleUser,
    names: &mut BTreeMap<PersonId, PersonRef>,
) -> Result<UserThresholdsView, ApiError> {
    let at = visible.now();
    let thresholds = visible.thresholds(user).await?;
    let people = match &thresholds {
        Some(thresholds) => people(visible, &thresholds.origin, names).await?,
        None => Vec::new(),
    };
    let (user_id, organisation) = (user.user_id(), user.organisation());
    Ok(UserThresholdsView {
        user_id: user_id.id,
        roles: user_id.roles.clone(),
        organisation: organisation.id.clone(),
        organisation_name: organisation.name.clone(),
        at,
        in_force: thresholds
            .as_ref()
            .map(|thresholds| thresholds.at(at))
            .unwrap_or_default(),
        thresholds,
        people,
    })
}

/// Names of the people behind a statement; somebody who is registered no longer is shown by their id.
async fn people(
    visible: VisibleTo<'_>,
    origin: &StatementOrigin,
    known: &mut BTreeMap<PersonId, PersonRef>,
) -> Result<Vec<PersonRef>, ApiError> {
    let mut found: Vec<PersonRef> = Vec::new();
    for id in [
        Some(&origin.signer),
        Some(&origin.uploader),
        origin.reviewer.as_ref(),
    ]
    .into_iter()
    .flatten()
    {
        if found.iter().any(|person| person.id == *id) {
            continue;
        }
        if !known.contains_key(id) {
            known.insert(id.clone(), visible.person_named(id).await?);
        }
        found.extend(known.get(id).cloned());
    }
    Ok(found)
}
