//! Invoking `intake` with a batch of messages, as the event source mapping does.

use std::time::Duration;

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use axum::body::Body;
use http::Request;
use http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use sluice_functions::Function;

/// How long an invocation may take: the template's limit for `intake`.
const LIMIT: Duration = Duration::from_mins(5);

/// Invokes a function of the runtime.
#[derive(Debug, Clone)]
pub(crate) struct Invoker {
    client: Client<HttpConnector, Body>,
    address: String,
}

impl Invoker {
    /// A function of the runtime at `base`.
    pub(crate) fn new(base: &str, function: Function) -> Self {
        let name = function.name();
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            address: format!("{base}/2015-03-31/functions/{name}/invocations"),
        }
    }

    /// Which messages of the batch failed: all of them if the function did not answer.
    pub(crate) async fn invoke(&self, event: SqsEvent) -> SqsBatchResponse {
        // A process that was killed never answers, and cargo-lambda does not notice.
        let answer = tokio::time::timeout(LIMIT, self.ask(&event))
            .await
            .unwrap_or_else(|_| Err(format!("no answer in {} seconds", LIMIT.as_secs())));
        answer.unwrap_or_else(|error| {
            tracing::error!(error, "intake did not answer: its messages will come again");
            let failures = event
                .records
                .into_iter()
                .filter_map(|record| record.message_id);
            let mut answer = SqsBatchResponse::default();
            answer.batch_item_failures = failures.map(failure).collect();
            answer
        })
    }

    async fn ask(&self, event: &SqsEvent) -> Result<SqsBatchResponse, String> {
        let body = serde_json::to_vec(event).map_err(|error| error.to_string())?;
        let request = Request::post(&self.address)
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .map_err(|error| error.to_string())?;
        let response = self
            .client
            .request(request)
            .await
            .map_err(|error| error.to_string())?;
        let status = response.status();
        let bytes = response
            .into_body()
            .collect()
            .await
            .map_err(|error| error.to_string())?
            .to_bytes();
        if !status.is_success() {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&bytes)));
        }
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())
    }
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}
