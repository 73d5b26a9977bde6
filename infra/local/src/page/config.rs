//! `/config.json`: tells the page where everything is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::header::CACHE_CONTROL;
use serde_json::{Value, json};

use super::Page;
use crate::identity::CLIENT;

pub(super) async fn config(
    State(page): State<Arc<Page>>,
) -> ([(http::HeaderName, &'static str); 1], Json<Value>) {
    let issuer = page.urls.identity.as_str();
    let config = json!({
        "api": "/api",
        "issuer": issuer,
        "clientId": CLIENT,
        "demonstration": true,
        "certificateAuthority": format!("{issuer}/pki"),
        "samples": "/samples/",
    });
    ([(CACHE_CONTROL, "no-cache")], Json(config))
}
