//! The outermost layer: every request has a correlation id, the caller's or a fresh one; every problem carries it, every
//! failure is logged under it.
use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sluice_shared::{api::Problem, identifiers::CorrelationId};
use tracing::Instrument;

use crate::{Backend, error::PendingProblem};

/// The header, both ways.
pub(super) const CORRELATION_ID: HeaderName = HeaderName::from_static(CorrelationId::HEADER);

/// Runs a request under its correlation id and writes its problem, if there is one.
pub(crate) async fn layer(
    State(backend): State<Arc<Backend>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = given(&request).unwrap_or_else(|| {
        let mut bytes = [0; 8];
        (backend.ports.random)(&mut bytes);
        CorrelationId::from_random(bytes)
    });
    request.extensions_mut().insert(id);
    let id = id.to_string();
    // Paths have references in them, nothing secret; a query could have anything, so it stays out.
    let span = tracing::info_span!("request", correlation_id = %id, method = %request.method(), path = request.uri().path());
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(problem) = response.extensions_mut().remove::<PendingProblem>() {
        span.in_scope(|| {
            if let Some(cause) = &problem.cause {
                tracing::error!(code = %problem.code, cause, "request failed");
            } else {
                tracing::info!(code = %problem.code, "request refused");
            }
        });
        response = write(response, problem, &id);
    }
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(CORRELATION_ID, value);
    }
    // Answers are about one person's things at one moment: no cache may keep them.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// The caller's own; whatever else is in the header is nobody's name.
fn given(request: &Request) -> Option<CorrelationId> {
    let text = request.headers().get(CORRELATION_ID)?.to_str().ok()?;
    CorrelationId::parse(text).ok()
}

/// Keeps the status and headers of the refused answer (such as `Allow`) and gives it a body.
fn write(refused: Response, problem: PendingProblem, correlation_id: &str) -> Response {
    let body = Problem {
        submission: problem.submission,
        ..Problem::new(problem.code, problem.detail, correlation_id)
    };
    let (mut parts, _) = refused.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let challenge = problem.challenge.map(HeaderValue::try_from);
    if let Some(Ok(challenge)) = challenge {
        parts.headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    if parts.status == StatusCode::SERVICE_UNAVAILABLE {
        // The minute that the problem's text speaks of.
        parts
            .headers
            .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(Problem::MEDIA_TYPE),
    );
    let json = serde_json::to_vec(&body).expect("a problem is text and numbers");
    (parts, json).into_response()
}
