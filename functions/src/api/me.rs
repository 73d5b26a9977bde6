use axum::{Json, extract::State};
use sluice_shared::api::Me;

use super::{auth::Caller, visible::Api};
use crate::error::ApiError;

/// Who is asking, and what they may do
#[utoipa::path(get, path = "/me", tag = "people", security(("signIn" = [])),
    responses((status = 200, body = Me)))]
pub(crate) async fn me(State(api): State<Api>, caller: Caller) -> Result<Json<Me>, ApiError> {
    let (visible, person) = (api.visible_to(&caller), caller.person());
    let mut me = Me::new(person, &visible.own_organisation().await?);
    if person.is_dcc() {
        let organisations = visible.organisations().await?;
        me.organisations = organisations
            .iter()
            .map(|organisation| (&**organisation).into())
            .collect();
    }
    Ok(Json(me))
}
