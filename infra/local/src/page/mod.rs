//! What a browser loads: the built page, its configuration, the samples, and the API beside them on one origin.

mod assets;
mod config;
pub mod headers;
mod samples;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt;

use crate::urls::Urls;

/// What the page's server serves beside the API.
#[derive(Debug)]
pub struct Page {
    /// The built page; none: it was not built.
    pub folder: Option<PathBuf>,
    /// Files to try, made with the demo data.
    pub samples: PathBuf,
    /// Where everything of the stack is.
    pub urls: Urls,
}

/// The page's origin as a router. `api` answers everything under `/api`.
pub fn router(page: Page, api: Router) -> Router {
    let urls = page.urls.clone();
    Router::new()
        .route("/config.json", get(config::config))
        .route("/favicon.ico", get(http::StatusCode::NO_CONTENT))
        .route("/samples/", get(samples::list))
        .route("/samples/samples.css", get(samples::style))
        .route("/samples/{name}", get(samples::file))
        .fallback(get(assets::file))
        .with_state(Arc::new(page))
        .layer(from_fn_with_state(api, hand_to_api))
        .layer(from_fn_with_state(
            headers::Headers::new(&urls),
            headers::layer,
        ))
}

/// The API is a router of its own, whole with its answers to addresses that it does not know.
async fn hand_to_api(State(api): State<Router>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") {
        return api.oneshot(request).await.into_response();
    }
    next.run(request).await
}
