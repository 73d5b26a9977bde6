use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State};
use sluice_shared::{
    api::{HistoryView, Page, PersonRef, Problem, UserThresholdsView},
    directory::{Organisation, Person},
    files::UserId,
    identifiers::{Eui64, PersonId},
    thresholds::StatementOrigin,
};

use super::{auth::Caller, extract::Param};
use crate::{
    Backend,
    error::{ApiError, Refusal},
};

/// Statements in one answer of a history.
const HISTORY: i32 = 100;

/// Thresholds in force, of every User ID that the caller may see
#[utoipa::path(get, path = "/thresholds", tag = "thresholds", security(("signIn" = [])),
    responses((status = 200, body = Page<UserThresholdsView>), (status = "4XX", body = Problem)))]
pub(crate) async fn list(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
) -> Result<Json<Page<UserThresholdsView>>, ApiError> {
    let organisations = if person.is_dcc() {
        backend.directory.organisations().await?
    } else {
        backend
            .directory
            .organisation(&person.organisation)
            .await?
            .into_iter()
            .collect()
    };
    let mut items = Vec::new();
    for organisation in &organisations {
        for user_id in &organisation.user_ids {
            items.push(view(&backend, organisation, user_id).await?);
        }
    }
    Ok(Json(Page::only(items)))
}

/// Thresholds in force of one User ID
#[utoipa::path(get, path = "/thresholds/{userId}", tag = "thresholds",
    params(("userId" = String, Path, description = "The User ID")), security(("signIn" = [])),
    responses((status = 200, body = UserThresholdsView), (status = "4XX", body = Problem)))]
pub(crate) async fn of_user(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Param(id): Param<Eui64>,
) -> Result<Json<UserThresholdsView>, ApiError> {
    let organisation = visible(&backend, &person, id).await?;
    let user_id = organisation
        .user_id(id)
        .ok_or(Refusal::NotFound("User ID"))?;
    Ok(Json(view(&backend, &organisation, user_id).await?))
}

/// Accepted statements of one User ID, latest first; the last 100
#[utoipa::path(get, path = "/thresholds/{userId}/history", tag = "thresholds",
    params(("userId" = String, Path, description = "The User ID")), security(("signIn" = [])),
    responses((status = 200, body = Page<HistoryView>), (status = "4XX", body = Problem)))]
pub(crate) async fn history(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    Param(id): Param<Eui64>,
) -> Result<Json<Page<HistoryView>>, ApiError> {
    visible(&backend, &person, id).await?;
    let mut items = Vec::new();
    let mut names = BTreeMap::new();
    for entry in backend.thresholds.history(id, HISTORY).await? {
        let people = people(&backend, &entry.origin, &mut names).await?;
        items.push(HistoryView { entry, people });
    }
    Ok(Json(Page::only(items)))
}

/// The organisation of a User ID that the caller may see. To everybody else it does not exist.
async fn visible(backend: &Backend, person: &Person, id: Eui64) -> Result<Organisation, ApiError> {
    let owner = backend
        .directory
        .owner_of(id)
        .await?
        .filter(|owner| person.sees(owner));
    let organisation = match owner {
        Some(owner) => backend.directory.organisation(&owner).await?,
        None => None,
    };
    organisation.ok_or_else(|| Refusal::NotFound("User ID").into())
}

async fn view(
    backend: &Backend,
    organisation: &Organisation,
    user_id: &UserId,
) -> Result<UserThresholdsView, ApiError> {
    let at = backend.now();
    let thresholds = backend
        .thresholds
        .current(user_id.id)
        .await?
        .map(|current| current.thresholds);
    let people = match &thresholds {
        Some(thresholds) => people(backend, &thresholds.origin, &mut BTreeMap::new()).await?,
        None => Vec::new(),
    };
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
    backend: &Backend,
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
            let person = backend
                .directory
                .person(id)
                .await?
                .as_ref()
                .map(PersonRef::from);
            known.insert(
                id.clone(),
                person.unwrap_or_else(|| PersonRef {
                    id: id.clone(),
                    name: id.to_string(),
                }),
            );
        }
        found.extend(known.get(id).cloned());
    }
    Ok(found)
}
