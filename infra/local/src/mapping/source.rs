//! Where a mapping takes its messages from.

use std::future::Future;
use std::time::Duration;

use serde_json::{Value, json};

use crate::account::REGION;
use crate::queue::{Queue, system_attributes};

/// A message in the hands of the mapping.
#[derive(Debug, Clone)]
pub struct Taken {
    /// As the function names it when it failed on it.
    pub id: String,
    /// Names this receipt: deletes the message, or says when it comes back.
    pub handle: String,
    /// As Lambda hands it over: a member of the event's `Records`.
    pub record: Value,
}

/// A queue as the mapping sees it. Errors are sentences for the log.
pub trait Source: Clone + Send + Sync + 'static {
    /// At most `most` messages, hidden from others for the queue's visibility; waits up to `wait` for the first. Dropped
    /// while it waits, it leaves none hidden.
    fn take(
        &self,
        most: usize,
        wait: Duration,
    ) -> impl Future<Output = Result<Vec<Taken>, String>> + Send;

    /// The message stays hidden for this long from now on; zero: it is back at once.
    fn hide(&self, handle: &str, time: Duration)
    -> impl Future<Output = Result<(), String>> + Send;

    /// The message is done.
    fn delete(&self, handle: &str) -> impl Future<Output = Result<(), String>> + Send;
}

impl Source for Queue {
    async fn take(&self, most: usize, wait: Duration) -> Result<Vec<Taken>, String> {
        let received = self
            .receive(most, self.settings().visibility, wait)
            .await
            .map_err(|error| format!("the queue's disk: {error}"))?;
        let taken = received.into_iter().map(|received| Taken {
            record: json!({
                "messageId": received.message.id,
                "receiptHandle": received.handle,
                "body": received.message.body,
                "attributes": system_attributes(&received.message),
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": self.arn(),
                "awsRegion": REGION,
            }),
            id: received.message.id,
            handle: received.handle,
        });
        Ok(taken.collect())
    }

    async fn hide(&self, handle: &str, time: Duration) -> Result<(), String> {
        self.change_visibility(handle, time);
        Ok(())
    }

    async fn delete(&self, handle: &str) -> Result<(), String> {
        Queue::delete(self, handle)
            .map(drop)
            .map_err(|error| format!("the queue's disk: {error}"))
    }
}
