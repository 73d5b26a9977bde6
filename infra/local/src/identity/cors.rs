//! Cross-origin rules of the identity provider: the page's origin may ask, no other origin may read an answer.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
};
use http::{HeaderValue, Method, StatusCode};

use crate::origin::Origin;

pub(super) async fn layer(State(page): State<Origin>, request: Request, next: Next) -> Response {
    let allowed = request
        .headers()
        .get(ORIGIN)
        .is_some_and(|origin| page.is(origin));
    let preflight = request.method() == Method::OPTIONS;
    let mut response = match (preflight, allowed) {
        (false, _) => next.run(request).await,
        (true, true) => Response::new(Body::empty()),
        (true, false) => StatusCode::FORBIDDEN.into_response(),
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    if allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, page.header());
    }
    if preflight && allowed {
        headers.insert(
            ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST"),
        );
        headers.insert(
            ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization, content-type"),
        );
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("300"));
    }
    response
}
