//! One name for the page: sign-in, uploads and cookies are bound to its origin, and no other site's name may lead here.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::HOST;
use http::{Method, StatusCode};

use crate::origin::Origin;

pub(super) async fn layer(State(page): State<Origin>, request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    if host == page.host() {
        return next.run(request).await;
    }
    // `localhost` is what people type; the others are names that someone pointed at this machine.
    let localhost = host
        .strip_prefix("localhost")
        .is_some_and(|port| page.host().ends_with(port));
    if localhost && request.method() == Method::GET {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str);
        return Redirect::temporary(&format!("{page}{path}")).into_response();
    }
    (
        StatusCode::MISDIRECTED_REQUEST,
        format!("Sluice answers at {page}\n"),
    )
        .into_response()
}
