//! A stand-in for Lambda's runtime API: one function, one invocation at a time, on loopback.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use sluice_load::Failure;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

/// What nothing that is measured here takes.
const PATIENCE: Duration = Duration::from_mins(2);
const REQUEST: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/// What the function did, and when.
enum Said {
    Polled(Instant),
    Taken(Instant),
    Answered(Instant, Bytes),
    Failed(Bytes),
}

struct Api {
    events: Mutex<mpsc::UnboundedReceiver<String>>,
    said: mpsc::UnboundedSender<Said>,
}

/// The stand-in of one process.
pub(super) struct Runtime {
    address: String,
    events: mpsc::UnboundedSender<String>,
    said: mpsc::UnboundedReceiver<Said>,
    server: JoinHandle<()>,
}

impl Runtime {
    pub(super) async fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?.to_string();
        let (events, waiting) = mpsc::unbounded_channel();
        let (say, said) = mpsc::unbounded_channel();
        let api = Arc::new(Api {
            events: Mutex::new(waiting),
            said: say,
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(answered),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(not_started))
            .layer(DefaultBodyLimit::disable())
            .with_state(api);
        let server = tokio::spawn(async move {
            // It ends when it is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self {
            address,
            events,
            said,
            server,
        })
    }

    /// What `AWS_LAMBDA_RUNTIME_API` has to say.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// When the function asked for work the next time.
    pub(super) async fn polled(&mut self) -> Result<Instant, Failure> {
        match self.hear().await? {
            Said::Polled(at) => Ok(at),
            Said::Failed(error) => Err(String::from_utf8_lossy(&error).into()),
            Said::Taken(_) | Said::Answered(..) => Err("an answer to nothing".into()),
        }
    }

    /// Hands an event to a function that polls, and takes its answer; how long that took.
    pub(super) async fn invoke(&mut self, event: String) -> Result<(Duration, Bytes), Failure> {
        self.events.send(event)?;
        let mut taken = None;
        loop {
            match (self.hear().await?, taken) {
                (Said::Taken(at), None) => taken = Some(at),
                (Said::Answered(at, answer), Some(taken)) => {
                    return Ok((at.duration_since(taken), answer));
                }
                (Said::Failed(error), _) => return Err(String::from_utf8_lossy(&error).into()),
                _ => return Err("the function asks and answers out of order".into()),
            }
        }
    }

    async fn hear(&mut self) -> Result<Said, Failure> {
        let said = tokio::time::timeout(PATIENCE, self.said.recv()).await?;
        said.ok_or_else(|| "the stand-in has ended".into())
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(api): State<Arc<Api>>) -> Response {
    let _ = api.said.send(Said::Polled(Instant::now()));
    let Some(event) = api.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let deadline = SystemTime::now() + PATIENCE;
    let deadline = deadline.duration_since(UNIX_EPOCH).unwrap_or_default();
    let _ = api.said.send(Said::Taken(Instant::now()));
    let headers = [
        ("lambda-runtime-aws-request-id", REQUEST.to_owned()),
        (
            "lambda-runtime-deadline-ms",
            deadline.as_millis().to_string(),
        ),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-2:000000000000:function:measured".to_owned(),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, event).into_response()
}

async fn answered(State(api): State<Arc<Api>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    let _ = api.said.send(Said::Answered(Instant::now(), body));
    StatusCode::ACCEPTED
}

async fn failed(State(api): State<Arc<Api>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    let _ = api.said.send(Said::Failed(body));
    StatusCode::ACCEPTED
}

async fn not_started(State(api): State<Arc<Api>>, body: Bytes) -> StatusCode {
    let _ = api.said.send(Said::Failed(body));
    StatusCode::ACCEPTED
}
