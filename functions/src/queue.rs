//! The queue that feeds `intake`: how `api` tells it that a reviewer has decided.
use aws_sdk_sqs::Client;
use sluice_shared::identifiers::{CorrelationId, SubmissionId};

use crate::{
    call_failure::CallFailure,
    needs::{Need, Needs, Resource},
};

/// What the functions do with the queue themselves.
pub(crate) const NEEDS: Needs = Needs {
    api: &[Need {
        actions: &["sqs:SendMessage"],
        on: Resource::Queue,
    }],
    intake: &[],
};

/// The queue.
#[derive(Debug, Clone)]
pub struct Queue {
    client: Client,
    url: String,
}

/// The queue did not take a message. For the log, never for a caller.
#[derive(Debug, thiserror::Error)]
#[error("could not send to the queue: {0}")]
pub struct QueueError(CallFailure);

impl Queue {
    /// The queue at `url`.
    pub fn new(client: Client, url: &str) -> Self {
        Self {
            client,
            url: url.to_owned(),
        }
    }

    /// Says that a decision on `submission` is recorded. Saying so twice is harmless.
    pub async fn review_decided(
        &self,
        submission: &SubmissionId,
        correlation_id: CorrelationId,
    ) -> Result<(), QueueError> {
        let body =
            serde_json::json!({ "reviewDecided": submission, "correlationId": correlation_id });
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(body.to_string())
            .send()
            .await
            .map(drop)
            .map_err(|error| QueueError(CallFailure::of(&error)))
    }
}
