//! One guard in front of all five ports. Tables, queue and storage ask for no sign-in here, and any site that is open in the browser of
//! whoever works on this machine can send requests to its loopback.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, Method, StatusCode};

use crate::origin::Origin;
use crate::urls::Urls;

/// What a port lets in.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    /// Where the port is.
    own: Origin,
    /// Whose pages may ask.
    pages: [Origin; 2],
}

impl Guard {
    /// Of the port that is called `own`.
    pub(crate) fn new(own: Origin, urls: &Urls) -> Self {
        Self {
            own,
            pages: [urls.page.clone(), urls.identity.clone()],
        }
    }

    /// Whether no other site's page asks. A browser names the page that sends a request in `Origin`; where it leaves that out, as for an
    /// image, `Sec-Fetch-Site` says whether it is another site's. A link may lead here from anywhere. What is no browser says neither.
    fn is_asked_by_us(&self, method: &Method, headers: &HeaderMap) -> bool {
        if let Some(origin) = headers.get(ORIGIN) {
            return self.pages.iter().any(|page| page.is(origin));
        }
        let says = |name: &str, value: &str| headers.get(name).is_some_and(|said| said == value);
        let follows_a_link = method == Method::GET && says("sec-fetch-mode", "navigate");
        !says("sec-fetch-site", "cross-site") || follows_a_link
    }
}

/// Whether it is a loopback address as it is written, whose port may be that of a proxy. A name may be one that somebody pointed at this
/// machine, so that a browser takes what is here for theirs.
fn is_no_name(host: &str) -> bool {
    host.parse::<SocketAddr>()
        .is_ok_and(|address| address.ip().is_loopback())
}

/// Answers what the guard does not let in.
pub(crate) async fn layer(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let own = &guard.own;
    let host = request.headers().get(HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_no_name(host) {
        if guard.is_asked_by_us(request.method(), request.headers()) {
            return next.run(request).await;
        }
        let told = format!(
            "This is Sluice's, for its own pages at {}\n",
            guard.pages[0]
        );
        return (StatusCode::FORBIDDEN, told).into_response();
    }
    // `localhost` is what people type; sign-in, uploads and cookies are bound to one name.
    let localhost = host
        .strip_prefix("localhost")
        .is_some_and(|port| own.host().ends_with(port));
    if localhost && request.method() == Method::GET {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str);
        return Redirect::temporary(&format!("{own}{path}")).into_response();
    }
    (
        StatusCode::MISDIRECTED_REQUEST,
        format!("Sluice answers at {own}\n"),
    )
        .into_response()
}
