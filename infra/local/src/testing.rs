//! Controls for tests, on the identity port under `/testing/`, only where a stack was started with them.
//!
//! `POST` with JSON: `/testing/clock {"aheadSeconds": 960}` moves the clock of functions and issuer (tokens expire,
//! deadlines come), `/testing/queue {"paused": true}` stops intake from taking messages, `/testing/s3 {"down": true}`
//! makes uploads fail as an outage does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use tokio::sync::watch;

use crate::clock::Clock;

/// What tests may turn.
#[derive(Debug, Clone)]
pub(crate) struct Controls {
    pub(crate) clock: Clock,
    pub(crate) paused: Arc<watch::Sender<bool>>,
    pub(crate) s3_down: Arc<AtomicBool>,
}

impl Controls {
    pub(crate) fn new(clock: Clock) -> Self {
        let (paused, _) = watch::channel(false);
        Self {
            clock,
            paused: Arc::new(paused),
            s3_down: Arc::new(AtomicBool::new(false)),
        }
    }

    /// The controls as routes.
    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/testing/clock", post(clock))
            .route("/testing/queue", post(queue))
            .route("/testing/s3", post(s3))
            .with_state(self.clone())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClockControl {
    ahead_seconds: i64,
}

#[derive(Debug, Deserialize)]
struct QueueControl {
    paused: bool,
}

#[derive(Debug, Deserialize)]
struct S3Control {
    down: bool,
}

async fn clock(State(controls): State<Controls>, Json(asked): Json<ClockControl>) -> StatusCode {
    controls
        .clock
        .set_ahead(asked.ahead_seconds.saturating_mul(1000));
    StatusCode::NO_CONTENT
}

async fn queue(State(controls): State<Controls>, Json(asked): Json<QueueControl>) -> StatusCode {
    controls.paused.send_replace(asked.paused);
    StatusCode::NO_CONTENT
}

async fn s3(State(controls): State<Controls>, Json(asked): Json<S3Control>) -> StatusCode {
    controls.s3_down.store(asked.down, Ordering::Relaxed);
    StatusCode::NO_CONTENT
}

/// In front of S3. Without cross-origin headers, so that a browser sees what it sees when nobody answers.
pub(crate) async fn outage(
    State(down): State<Arc<AtomicBool>>,
    request: Request,
    next: Next,
) -> Response {
    if down.load(Ordering::Relaxed) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    next.run(request).await
}
