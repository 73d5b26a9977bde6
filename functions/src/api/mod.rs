//! The functions `api` and `review`: HTTP routers that `lambda_http` runs in the cloud, and that the embedded stack serves as one.
//!
//! Layers, outermost first: correlation id and problems, panics, CORS, then sign-in and permission for each route, then what
//! stands behind a question mark.
mod again;
mod announced;
mod auth;
mod corrections;
mod correlation;
mod decisions;
mod docs;
mod extract;
mod health;
mod known;
mod me;
mod problems;
mod profile;
mod quarantine;
mod queries;
mod receipts;
mod reviews;
mod same;
mod sent_files;
mod start;
mod submissions;
mod thresholds;
mod uploads;
mod visible;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::from_fn_with_state,
    response::IntoResponse,
};
use tower_http::{catch_panic::CatchPanicLayer, cors::CorsLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::visible::Api;
use crate::{
    Backend,
    error::{ApiError, Refusal},
};

/// Where all routes are.
pub(crate) const BASE: &str = "/api";
/// The largest body: a request with a signature of 64 KiB, in base64.
const LARGEST_BODY: usize = 160 * 1024;

/// What the function `api` answers.
pub fn users_router(backend: Arc<Backend>) -> Router {
    served(routes_of_api(), backend)
}

/// What the function `review` answers.
pub fn review_router(backend: Arc<Backend>) -> Router {
    served(routes_of_review(), backend)
}

/// The whole API, for a stack that runs both in one process.
pub fn router(backend: Arc<Backend>) -> Router {
    served(routes_of_api().merge(routes_of_review()), backend)
}

/// Routes behind the layers that every function has.
fn served(answered: OpenApiRouter<Api>, backend: Arc<Backend>) -> Router {
    let mut openapi = openapi();
    problems::limit(&mut openapi, &backend.settings.profile);
    let (router, _) = OpenApiRouter::new().nest(BASE, answered).split_for_parts();
    let with_parameters = queries::WithParameters::of(&openapi);
    router
        .layer(axum::Extension(Arc::new(openapi)))
        .route_layer(from_fn_with_state(with_parameters, queries::layer))
        .route_layer(from_fn_with_state(Arc::clone(&backend), auth::layer))
        .method_not_allowed_fallback(|| async { Refusal::MethodNotAllowed })
        .fallback(|| async { Refusal::NotFound("address") })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(cors(&backend))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&backend), correlation::layer))
        .with_state(Api::new(backend))
}

/// The `OpenAPI` document of all functions together, made from the code.
pub fn openapi() -> OpenApi {
    let routes = routes_of_api().merge(routes_of_review());
    let mut openapi = OpenApiRouter::with_openapi(docs::head())
        .nest(BASE, routes)
        .into_openapi();
    problems::describe(&mut openapi);
    openapi
}

fn routes_of_api() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(health::health))
        .routes(routes!(docs::openapi_json))
        .routes(routes!(docs::docs))
        .routes(routes!(me::me))
        .routes(routes!(profile::profile))
        .routes(routes!(submissions::list, start::start))
        .routes(routes!(submissions::detail))
        .routes(routes!(submissions::findings))
        .routes(routes!(submissions::changes))
        .routes(routes!(uploads::presign_again))
        .routes(routes!(receipts::receipt))
        .routes(routes!(receipts::decision))
        .routes(routes!(sent_files::file))
        .routes(routes!(sent_files::signature))
        .routes(routes!(thresholds::list))
        .routes(routes!(thresholds::of_user))
        .routes(routes!(thresholds::history))
        .routes(routes!(quarantine::list))
        .routes(routes!(quarantine::event))
        .routes(routes!(quarantine::communications))
        .routes(routes!(quarantine::waiting))
        .routes(routes!(known::adt))
        .routes(routes!(known::exit_quarantine))
}

fn routes_of_review() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(reviews::list))
        .routes(routes!(reviews::evidence))
        .routes(routes!(decisions::decide))
}

fn cors(backend: &Backend) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("idempotency-key"),
            correlation::CORRELATION_ID,
        ])
        .expose_headers([correlation::CORRELATION_ID]);
    match HeaderValue::from_str(&backend.settings.page_origin) {
        Ok(origin) => layer.allow_origin(origin),
        Err(_) => layer,
    }
}

/// The panic's text may quote what a caller sent; the panic hook has logged its place alone.
fn panicked(_panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    ApiError::Internal("a handler panicked".to_owned()).into_response()
}
