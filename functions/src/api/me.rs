use axum::{Json, extract::State};
use sluice_shared::{api::Me, directory::Entrance};

use super::{auth::Caller, visible::Api};
use crate::error::ApiError;

/// Who is asking, what they may do, and at which entrance they are answered
#[utoipa::path(get, path = "/me", tag = "people", security(("signIn" = [])),
    responses((status = 200, body = Me)))]
pub(crate) async fn me(State(api): State<Api>, caller: Caller) -> Result<Json<Me>, ApiError> {
    let (visible, asker) = (api.visible_to(&caller), caller.asker());
    let organisation = visible.own_organisation().await?;
    let mut me = Me::new(asker, &organisation, caller.sign_in().clone());
    // The entrance of Users has no right on the list of organisations, whoever asks there.
    if asker.is_dcc() && caller.entrance() == Entrance::Staff {
        let organisations = visible.organisations().await?;
        me.organisations = organisations
            .iter()
            .map(|organisation| (&**organisation).into())
            .collect();
    }
    Ok(Json(me))
}
