use std::sync::Arc;

use axum::{Json, extract::State};
use sluice_shared::api::{Me, Problem};

use super::auth::Caller;
use crate::{Backend, error::ApiError};

/// Who is asking, and what they may do
#[utoipa::path(get, path = "/me", tag = "people", security(("signIn" = [])),
    responses((status = 200, body = Me), (status = "4XX", body = Problem)))]
pub(crate) async fn me(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
) -> Result<Json<Me>, ApiError> {
    let organisation = backend
        .directory
        .organisation(&person.organisation)
        .await?
        .ok_or_else(|| {
            ApiError::Internal(format!(
                "the directory has no organisation {}",
                person.organisation
            ))
        })?;
    let mut me = Me::new(&person, &organisation);
    if person.is_dcc() {
        me.organisations = backend
            .directory
            .organisations()
            .await?
            .iter()
            .map(Into::into)
            .collect();
    }
    Ok(Json(me))
}
