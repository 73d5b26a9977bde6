//! What stands before the emulators: CloudFront and API Gateway in front of the functions, and one address for uploads that tests can cut off.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::header::{CONNECTION, CONTENT_TYPE, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use sluice_functions::Function;
use sluice_functions::api::edge::{EDGE, VIEWER};
use sluice_shared::identifiers::CorrelationId;
use tokio::sync::Semaphore;

/// How long API Gateway waits for a function.
const INTEGRATION: Duration = Duration::from_secs(30);
/// How many requests the function's emulator gets at once; with hundreds it answers none any more.
const AT_ONCE: usize = 50;
/// How often a request is sent, at most.
const ATTEMPTS: usize = 3;
/// How long an answer is waited for before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(7);
/// The largest request that API Gateway takes, in bytes.
const LARGEST: usize = 10 << 20;

/// By which the functions know what comes from here.
pub(crate) const EDGE_KEY: &str = "0123456789abcdefghijABCDEFGHIJ01";

/// One server that requests are handed on to.
#[derive(Debug, Clone)]
struct Upstream {
    client: Client<HttpConnector, Body>,
    /// Scheme, host, port, and what comes before the request's path.
    base: Arc<str>,
    turns: Arc<Semaphore>,
}

/// Hands everything on to `base`, `Host` included, since S3's signatures cover it.
pub(crate) fn uploads(base: &str) -> Router {
    Router::new()
        .fallback(hand_on)
        .with_state(Upstream::new(base, Semaphore::MAX_PERMITS))
}

/// Plays API Gateway before the functions `api` and `review` of the runtime at `base`; the template has the same routes.
pub(crate) fn api(base: &str) -> Router {
    let function = |function: Function| {
        let address = format!("{base}/lambda-url/{}", function.name());
        Upstream::new(&address, AT_ONCE)
    };
    let staff = Router::new()
        .route("/api/dcc/{*rest}", any(integrate))
        .with_state(function(Function::Review));
    Router::new()
        .fallback(integrate)
        .with_state(function(Function::Api))
        .merge(staff)
        .layer(from_fn(edge))
}

/// As CloudFront does: what a caller sent under these names is gone.
async fn edge(mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let viewer = peer.map(|ConnectInfo(peer)| peer.ip().to_string());
    let headers = request.headers_mut();
    headers.insert(EDGE, HeaderValue::from_static(EDGE_KEY));
    headers.remove(VIEWER);
    if let Some(Ok(viewer)) = viewer.map(HeaderValue::try_from) {
        headers.insert(VIEWER, viewer);
    }
    next.run(request).await
}

impl Upstream {
    fn new(base: &str, at_once: usize) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            base: base.into(),
            turns: Arc::new(Semaphore::new(at_once)),
        }
    }

    async fn send(&self, mut request: Request) -> Result<Response, String> {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        let uri: Uri = format!("{}{path}", self.base)
            .parse()
            .map_err(|error: http::uri::InvalidUri| error.to_string())?;
        *request.uri_mut() = uri;
        request.headers_mut().remove(CONNECTION);
        let mut response = self
            .client
            .request(request)
            .await
            .map_err(|error| error.to_string())?;
        // How this connection carries the body is no business of the next one.
        for name in [CONNECTION, TRANSFER_ENCODING] {
            response.headers_mut().remove(name);
        }
        Ok(response.map(Body::new))
    }
}

async fn hand_on(State(upstream): State<Upstream>, request: Request) -> Response {
    upstream.send(request).await.unwrap_or_else(|error| {
        tracing::error!(error, "storage does not answer");
        StatusCode::BAD_GATEWAY.into_response()
    })
}

async fn integrate(State(upstream): State<Upstream>, request: Request) -> Response {
    match tokio::time::timeout(INTEGRATION, ask(&upstream, request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            tracing::error!(error, "the function does not answer");
            unavailable()
        }
        Err(_) => {
            tracing::error!("the function took longer than API Gateway waits");
            unavailable()
        }
    }
}

/// Asks the function. Its emulator at times loses an answer, or the end of a long one: then it answers with an error of its own, which lacks
/// what every answer of the function has, or not at all. What may be repeated is asked again then.
async fn ask(upstream: &Upstream, request: Request) -> Result<Response, String> {
    let _turn = upstream
        .turns
        .acquire()
        .await
        .map_err(|error| error.to_string())?;
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST)
        .await
        .map_err(|error| error.to_string())?;
    let attempts = if may_be_repeated(&parts) { ATTEMPTS } else { 1 };
    for attempt in 1..=attempts {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        let answer = upstream.send(request);
        let answer = if attempt < attempts {
            tokio::time::timeout(PATIENCE, answer).await
        } else {
            Ok(answer.await)
        };
        match answer {
            Ok(Ok(response)) if !is_emulators(&response) => return Ok(response),
            Ok(Ok(response)) => lost(&parts, &response.status().to_string()),
            Ok(Err(error)) => return Err(error),
            Err(_) => lost(&parts, "nothing for some seconds"),
        }
    }
    Err("cargo-lambda lost the answer".to_owned())
}

fn lost(parts: &Parts, instead: &str) {
    tracing::warn!(path = %parts.uri, instead, "the function's answer was lost on the way");
}

/// What changes nothing, and what the function knows again by its key.
fn may_be_repeated(parts: &Parts) -> bool {
    parts.method == Method::GET || parts.headers.contains_key("idempotency-key")
}

fn is_emulators(response: &Response) -> bool {
    response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && !response.headers().contains_key(CorrelationId::HEADER)
}

/// In API Gateway's own words, which the page has to be able to read.
fn unavailable() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(CONTENT_TYPE, "application/json")],
        r#"{"message":"Service Unavailable"}"#,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::net::TcpListener;

    use super::*;

    /// A runtime that answers 500 the first time, as the function itself or as its emulator does, and 200 from then on; and how often it was
    /// asked.
    async fn failing_once(as_function: bool) -> (Upstream, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let answer = move || async move {
            if count.fetch_add(1, Ordering::Relaxed) > 0 {
                return StatusCode::OK.into_response();
            }
            let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
            if as_function {
                let id = http::HeaderValue::from_static("9083bd2e173f643e");
                response.headers_mut().insert(CorrelationId::HEADER, id);
            }
            response
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, Router::new().fallback(answer)).await });
        (Upstream::new(&base, AT_ONCE), asked)
    }

    fn request(method: Method, key: Option<&str>) -> Request {
        let mut request = http::Request::builder().method(method).uri("/api/me");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request.body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn what_may_be_repeated_is_asked_again_when_the_emulator_lost_the_answer() {
        for (method, key) in [(Method::GET, None), (Method::POST, Some("once-only"))] {
            let (upstream, asked) = failing_once(false).await;
            let answer = integrate(State(upstream), request(method, key)).await;
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(asked.load(Ordering::Relaxed), 2);
        }
    }

    #[tokio::test]
    async fn anything_else_is_not_sent_twice() {
        let (upstream, asked) = failing_once(false).await;
        let answer = integrate(State(upstream), request(Method::POST, None)).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn what_the_function_itself_answers_is_handed_on() {
        let (upstream, asked) = failing_once(true).await;
        let answer = integrate(State(upstream), request(Method::GET, None)).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }
}
