//! S3 on disk: `s3s` speaks the protocol and checks signatures; the store under it is ours.
//!
//! What the page and the functions rely on, and what is therefore exact: a presigned PUT is good for its signed headers
//! and time only, its bytes must have the announced length and checksum, `If-None-Match: *` lets one of two uploads
//! win, every version stays readable by its id, and each completed PUT tells the queue.

mod cors;
mod event;
mod service;
mod store;
mod upload;
mod version;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::error_handling::HandleError;
use http::StatusCode;
use s3s::HttpError;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

use crate::origin::Origin;
use crate::queue::Queue;

pub use store::{OpenError, Store};
pub use version::Version;

/// The one credential that the local S3 knows. It protects nothing: it is here so that signatures are really checked.
pub const ACCESS_KEY: &str = "SLUICELOCALDEMO00000";
/// The secret of [`ACCESS_KEY`].
pub const SECRET_KEY: &str = "sluice-local-demonstration-secret-0000000";
/// The region that signatures must name.
pub const REGION: &str = "eu-west-2";

/// S3 as a router: one store, one page that may upload from a browser, one queue that is told.
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

/// Opens the store of `folder`, whose completed uploads are told to `queue`.
pub fn open(folder: &Path, queue: Queue) -> Result<Arc<Store>, OpenError> {
    Store::open(folder, queue).map(Arc::new)
}
