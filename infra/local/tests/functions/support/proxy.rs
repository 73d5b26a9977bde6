//! A proxy on loopback in front of an engine, which does to calls what a cloud does on a bad day.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use sluice_local::origin::Origin;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// More than any call of a test has.
const LARGEST: usize = 256 * 1024 * 1024;
/// A slow answer comes in pieces of this many bytes.
const PIECE: usize = 1024;

/// A call on its way to the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// `PutItem`, `SendMessage`, …; for S3 the method.
    pub(crate) action: String,
    /// How many calls came before it.
    pub(crate) number: usize,
    /// The keys of the items that it changes.
    pub(crate) items: Vec<String>,
}

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Done and answered.
    Passes,
    /// Not done; answered with this error.
    Fails(StatusCode, &'static str),
    /// Done; the sender is told that the service failed.
    AnswerLost,
    /// Neither done nor answered.
    Vanishes,
    /// Done and never answered.
    DoneUnanswered,
    /// Done; the answer's bytes come a few at a time, with pauses between them.
    Slow(Duration),
    /// Done; half of the answer comes, then nothing more.
    Stalls,
}

/// As DynamoDB throttles a partition.
pub(crate) const THROTTLED: Fate = Fate::Fails(
    StatusCode::BAD_REQUEST,
    "ProvisionedThroughputExceededException",
);
/// As DynamoDB throttles an account.
pub(crate) const ALL_THROTTLED: Fate = Fate::Fails(StatusCode::BAD_REQUEST, "ThrottlingException");
/// As DynamoDB fails.
pub(crate) const BROKEN: Fate =
    Fate::Fails(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError");
/// As S3 fails.
pub(crate) const S3_BROKEN: Fate = Fate::Fails(StatusCode::INTERNAL_SERVER_ERROR, "InternalError");
/// As S3 throttles.
pub(crate) const SLOW_DOWN: Fate = Fate::Fails(StatusCode::SERVICE_UNAVAILABLE, "SlowDown");

impl Call {
    /// Whether it changes a table.
    pub(crate) fn writes(&self) -> bool {
        !self.items.is_empty()
    }
}

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
        let origin = Origin::of(listener.local_addr().unwrap());
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

/// The keys of the items that a call to DynamoDB writes.
fn changed(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let parts = body["TransactItems"].as_array().into_iter().flatten();
    let items = parts.flat_map(|part| [&part["Put"]["Item"], &part["Update"]["Key"]]);
    items
        .chain([&body["Item"]])
        .filter_map(|item| {
            let [pk, sk] = ["pk", "sk"].map(|key| item[key]["S"].as_str());
            // An entry of a history has the instant in its key.
            let sk = sk?;
            let name = sk.strip_prefix("HISTORY").map_or(sk, |_| "HISTORY");
            Some(format!("{} {name}", pk?))
        })
        .collect()
}

fn answered(status: StatusCode, mut headers: HeaderMap, body: Body) -> Response {
    headers.remove(header::TRANSFER_ENCODING);
    headers.remove(header::CONNECTION);
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Pieces with a pause before each; without one, half of them and then nothing.
fn slowly(bytes: &Bytes, pause: Option<Duration>) -> Body {
    let pieces: Vec<_> = bytes
        .chunks(PIECE)
        .map(|piece| Ok::<_, Infallible>(Bytes::copy_from_slice(piece)))
        .collect();
    let half = pieces.len() / 2;
    match pause {
        Some(pause) => Body::from_stream(stream::iter(pieces).then(move |piece| async move {
            tokio::time::sleep(pause).await;
            piece
        })),
        None => Body::from_stream(stream::iter(pieces).take(half).chain(stream::pending())),
    }
}

/// An error as the services say it: DynamoDB and SQS in JSON, S3 in XML.
fn failure(status: StatusCode, code: &str, json: bool) -> Response {
    let text = "The proxy was told to fail this call.";
    if json {
        let kind = format!("com.amazonaws.dynamodb.v20120810#{code}");
        let body = json!({ "__type": kind, "message": text }).to_string();
        let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
        return (status, kind, body).into_response();
    }
    let body = format!("<Error><Code>{code}</Code><Message>{text}</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}
