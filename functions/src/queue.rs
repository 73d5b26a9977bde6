//! The queue that feeds `intake`: how `api` tells it that a reviewer has decided.
use aws_sdk_sqs::{Client, error::DisplayErrorContext};
use sluice_shared::identifiers::SubmissionId;

/// The queue.
#[derive(Debug, Clone)]
pub struct Queue {
    client: Client,
    url: String,
}

/// The queue did not take a message. For the log, never for a caller.
#[derive(Debug, thiserror::Error)]
#[error("could not send to the queue: {0}")]
pub struct QueueError(String);

impl Queue {
    /// The queue at `url`.
    pub fn new(client: Client, url: &str) -> Self {
        Self {
            client,
            url: url.to_owned(),
        }
    }

    /// Says that a decision on `submission` is recorded. Saying so twice is harmless.
    pub async fn review_decided(&self, submission: &SubmissionId) -> Result<(), QueueError> {
        let body = serde_json::json!({ "reviewDecided": submission.to_string() });
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(body.to_string())
            .send()
            .await
            .map(drop)
            .map_err(|error| QueueError(DisplayErrorContext(error).to_string()))
    }
}
