//! S3 on disk: `s3s` speaks the protocol and checks signatures; the store under it is ours.
//!
//! What the page and the functions rely on, and what is therefore exact: a presigned PUT is good for its signed headers
//! and time only, its bytes must have the announced length and checksum, `If-None-Match: *` lets one of two uploads
//! win, every version stays readable by its id, and each completed PUT is an event.

mod cors;
mod event;
mod service;
mod store;
mod upload;
mod version;

use std::io;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::error_handling::HandleError;
use http::StatusCode;
use s3s::HttpError;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

use crate::account::{ACCESS_KEY, SECRET_KEY};
use crate::origin::Origin;

pub use store::{EventHandler, OpenError, Store};
pub use version::Version;

/// S3 as a router: one store, one page that may upload from a browser.
pub fn router(store: Arc<Store>, page: &Origin) -> Router {
    let mut builder = S3ServiceBuilder::new(service::Service::new(store));
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = HandleError::new(builder.build(), |error: HttpError| async move {
        tracing::warn!(?error, "S3 could not answer");
        StatusCode::INTERNAL_SERVER_ERROR
    });
    Router::new()
        .fallback_service(service)
        .layer(axum::middleware::from_fn_with_state(
            page.clone(),
            cors::layer,
        ))
}

/// Opens the store of `folder`, which hands the event of each completed upload to `on_event`.
pub fn open(
    folder: &Path,
    on_event: impl Fn(String) -> io::Result<()> + Send + Sync + 'static,
) -> Result<Arc<Store>, OpenError> {
    Store::open(folder, Box::new(on_event)).map(Arc::new)
}
