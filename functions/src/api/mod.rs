//! The functions `api` and `review`: HTTP routers that `lambda_http` runs in the cloud, and that the embedded stack serves as one.
//! Each is an entrance of the API: `api` answers Users, `review` DCC staff, by the same handlers.
//!
//! Layers, outermost first: correlation id and problems, panics, CORS, then sign-in, permission and the record of what is asked for each route,
//! then panics once more, which are recorded so, then what stands behind a question mark.
mod activity;
mod again;
mod announced;
mod auth;
mod client_address;
mod closed_forms;
mod corrections;
mod correlation;
mod decided;
mod decisions;
mod docs;
pub mod edge;
mod extract;
mod health;
mod keys;
mod known;
mod list_params;
mod me;
mod noted;
mod people;
mod problems;
mod profile;
mod quarantine;
mod queries;
mod receipts;
mod recording;
mod reviewing;
mod reviews;
mod same;
mod sent_files;
mod signed_form;
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
use sluice_shared::directory::Entrance;
use tower_http::{catch_panic::CatchPanicLayer, cors::CorsLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::visible::Api;
use crate::{
    Backend,
    error::{ApiError, Refusal},
    tenants::Tenants,
};

/// Where all routes are.
pub(crate) const BASE: &str = "/api";
/// The largest body: a request with a signature of 64 KiB, in base64.
const LARGEST_BODY: usize = 160 * 1024;

/// What the function `api` answers.
pub fn users_router(backend: Arc<Backend>) -> Router {
    served(&[Entrance::Users], backend)
}

/// What the function `review` answers.
pub fn staff_router(backend: Arc<Backend>) -> Router {
    served(&[Entrance::Staff], backend)
}

/// The whole API, for a stack that runs both in one process.
pub fn router(backend: Arc<Backend>) -> Router {
    served(&Entrance::ALL, backend)
}

/// Entrances behind the layers that every function has.
fn served(entrances: &[Entrance], backend: Arc<Backend>) -> Router {
    let mut openapi = openapi();
    problems::limit(&mut openapi, &backend.settings.profile);
    let (router, _) = at(entrances, OpenApiRouter::new()).split_for_parts();
    let doorkeeper = auth::Doorkeeper {
        tenants: Arc::new(Tenants::new(Arc::clone(&backend))),
        readings: recording::Readings::default(),
    };
    let with_parameters = queries::WithParameters::of(&openapi);
    router
        .layer(axum::Extension(Arc::new(openapi)))
        .route_layer(from_fn_with_state(with_parameters, queries::layer))
        .route_layer(CatchPanicLayer::custom(panicked))
        .route_layer(from_fn_with_state(doorkeeper, auth::layer))
        .method_not_allowed_fallback(|| async { Refusal::MethodNotAllowed })
        .fallback(|| async { Refusal::NotFound("address") })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(cors(&backend))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&backend), edge::layer))
        .layer(from_fn_with_state(Arc::clone(&backend), correlation::layer))
        .with_state(Api::new(backend))
}

/// The `OpenAPI` document of all functions together, made from the code.
pub fn openapi() -> OpenApi {
    let mut openapi = at(&Entrance::ALL, OpenApiRouter::with_openapi(docs::head())).into_openapi();
    problems::describe(&mut openapi);
    closed_forms::close(&mut openapi);
    openapi
}

/// Each entrance with its routes, below the API's address.
fn at(entrances: &[Entrance], router: OpenApiRouter<Api>) -> OpenApiRouter<Api> {
    entrances.iter().fold(router, |router, entrance| {
        let answered = match entrance {
            Entrance::Users => users_routes(),
            Entrance::Staff => staff_routes(),
        };
        router.nest(&format!("{BASE}{}", entrance.prefix()), answered)
    })
}

fn users_routes() -> OpenApiRouter<Api> {
    routes_of_both()
        .routes(routes!(health::health))
        .routes(routes!(docs::openapi_json))
        .routes(routes!(docs::docs))
        .routes(routes!(submissions::list, start::start))
        .routes(routes!(uploads::presign_again))
        .routes(routes!(known::adt))
        .routes(routes!(known::exit_quarantine))
        .routes(routes!(people::ask))
        .routes(routes!(reviewing::answer))
}

fn staff_routes() -> OpenApiRouter<Api> {
    routes_of_both()
        .routes(routes!(submissions::list))
        .routes(routes!(reviews::list))
        .routes(routes!(reviews::evidence))
        .routes(routes!(decisions::decide))
        .routes(routes!(reviewing::assign))
        .routes(routes!(reviewing::ask))
        .routes(routes!(decided::list))
        .routes(routes!(people::ask_signed))
        .routes(routes!(people::to_approve))
        .routes(routes!(people::answer))
}

fn routes_of_both() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(profile::profile))
        .routes(routes!(submissions::detail))
        .routes(routes!(submissions::findings))
        .routes(routes!(submissions::changes))
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
        .routes(routes!(people::list))
        .routes(routes!(keys::register))
        .routes(routes!(keys::stop))
        .routes(routes!(activity::list))
        .routes(routes!(activity::file))
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
