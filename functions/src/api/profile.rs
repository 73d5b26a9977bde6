use axum::{Json, extract::State};
use sluice_shared::api::ServiceProfile;

use super::visible::Api;

/// Limits and rule settings that files are checked by, and the service's clock
#[utoipa::path(get, path = "/profile", tag = "service", security(("signIn" = [])),
    responses((status = 200, body = ServiceProfile)))]
pub(crate) async fn profile(State(api): State<Api>) -> Json<ServiceProfile> {
    Json(ServiceProfile {
        profile: api.settings().profile.clone(),
        now: api.now(),
    })
}
