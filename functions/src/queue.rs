//! The queue that feeds `intake`: how `review` tells it that a reviewer has decided, and how it tells itself to come back.
use aws_sdk_sqs::Client;
use sluice_shared::{
    identifiers::{CorrelationId, SubmissionId},
    instant::UtcTime,
};
use time::Duration;

use crate::{
    call_failure::CallFailure,
    function::Function,
    need::{Need, Resource},
};

/// What the functions do with the queue themselves.
pub(crate) const NEEDS: &[Need] = &[Need {
    by: &[Function::Review, Function::Intake],
    actions: &["sqs:SendMessage"],
    on: Resource::Queue,
}];

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

    /// Says that the decision with this number on `submission` was taken. Saying so twice is harmless.
    pub async fn review_decided(
        &self,
        submission: &SubmissionId,
        number: u32,
        correlation_id: Option<CorrelationId>,
    ) -> Result<(), QueueError> {
        let body = serde_json::json!({ "reviewDecided": submission, "number": number, "correlationId": correlation_id });
        self.send(body, Duration::ZERO).await
    }

    /// Has a submission that could not be judged come back after a while, of at most 15 minutes: for `stopped_since`, the instant that
    /// its record says.
    pub async fn judge_again(
        &self,
        submission: &SubmissionId,
        stopped_since: UtcTime,
        after: Duration,
    ) -> Result<(), QueueError> {
        let body = serde_json::json!({ "judgeAgain": submission, "stoppedSince": stopped_since });
        self.send(body, after).await
    }

    /// Says that a reviewer looked at a submission whose verdict rests on what is not so any more. Saying so twice is harmless.
    pub async fn looked_at(&self, submission: &SubmissionId) -> Result<(), QueueError> {
        let body = serde_json::json!({ "lookedAt": submission });
        self.send(body, Duration::ZERO).await
    }

    async fn send(&self, body: serde_json::Value, after: Duration) -> Result<(), QueueError> {
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(body.to_string())
            .delay_seconds(i32::try_from(after.whole_seconds()).unwrap_or_default())
            .send()
            .await
            .map(drop)
            .map_err(|error| QueueError(CallFailure::from_sdk(&error)))
    }
}
