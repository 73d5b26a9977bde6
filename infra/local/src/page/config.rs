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
    // The demo's certificate authority knows people by tokens of the embedded issuer alone.
    let authority = match &page.urls.other_issuer {
        None => Some(format!("{}/pki", page.urls.identity)),
        Some(_) => None,
    };
    let config = json!({
        "api": "/api",
        "issuer": page.urls.issuer(),
        "clientId": CLIENT,
        "demonstration": true,
        "certificateAuthority": authority,
        "samples": "/samples/",
    });
    ([(CACHE_CONTROL, "no-cache")], Json(config))
}
