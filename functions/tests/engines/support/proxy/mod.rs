//! A proxy on loopback in front of an engine, which does to calls what a cloud does on a bad day.

mod answers;
mod fate;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use sluice_local::origin::Origin;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use answers::{answered, failure, quoting, slowly};
use fate::changed;
pub(crate) use fate::{ALL_THROTTLED, BROKEN, Call, Fate, S3_BROKEN, SLOW_DOWN, THROTTLED};

/// More than any call of a test has.
const LARGEST: usize = 256 * 1024 * 1024;
/// A running proxy; dropped, it ends.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) origin: Origin,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    engine: Origin,
    http: reqwest::Client,
    fate: Box<dyn Fn(&Call) -> Fate + Send + Sync>,
    calls: Mutex<Vec<Call>>,
    /// A call is left without an answer.
    hung: Notify,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Proxy {
    /// In front of `engine`; `fate` says of each call what happens to it.
    pub(crate) async fn start(
        engine: &Origin,
        fate: impl Fn(&Call) -> Fate + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Origin::from_address(listener.local_addr().unwrap());
        let http = reqwest::Client::builder().no_proxy();
        let shared = Arc::new(Shared {
            engine: engine.clone(),
            http: http.build().unwrap(),
            fate: Box::new(fate),
            calls: Mutex::default(),
            hung: Notify::new(),
        });
        let router = Router::new()
            .fallback(forward)
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self {
            origin,
            shared,
            server,
        }
    }

    /// The calls so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.shared.calls.lock().unwrap().clone()
    }

    /// Waits for a call that is left without an answer.
    pub(crate) async fn hung(&self) {
        self.shared.hung.notified().await;
    }
}

async fn forward(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap();
    let target = parts.headers.get("x-amz-target");
    let action = target.and_then(|target| target.to_str().ok()?.split('.').next_back());
    let in_json = action.is_some();
    let fate = shared.fate(action.unwrap_or(parts.method.as_str()), &body);
    match fate {
        Fate::Fails(status, code) => return failure(status, code, in_json),
        Fate::Quotes(status, code) => return quoting(status, code, &body, in_json),
        Fate::Vanishes => return shared.never().await,
        _ => {}
    }
    // The headers go as they are, `Host` too: it is signed.
    let path = parts.uri.path_and_query().unwrap();
    let request = shared
        .http
        .request(parts.method, format!("{}{path}", shared.engine))
        .headers(parts.headers)
        .body(body);
    let Ok(answer) = request.send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let Ok(bytes) = answer.bytes().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    match fate {
        Fate::AnswerLost => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            failure(status, "InternalServerError", in_json)
        }
        Fate::CutShort => {
            let mut headers = headers;
            headers.remove(http::header::CONTENT_LENGTH);
            let half = bytes.slice(..bytes.len() / 2);
            answered(status, headers, Body::from(half))
        }
        Fate::DoneUnanswered => shared.never().await,
        Fate::Slow(pause) => answered(status, headers, slowly(&bytes, Some(pause))),
        Fate::Stalls => answered(status, headers, slowly(&bytes, None)),
        _ => answered(status, headers, Body::from(bytes)),
    }
}

impl Shared {
    fn fate(&self, action: &str, body: &[u8]) -> Fate {
        let mut calls = self.calls.lock().unwrap();
        let call = Call {
            action: action.to_owned(),
            number: calls.len(),
            items: changed(body),
        };
        calls.push(call.clone());
        drop(calls);
        (self.fate)(&call)
    }

    async fn never(&self) -> Response {
        self.hung.notify_one();
        std::future::pending().await
    }
}
