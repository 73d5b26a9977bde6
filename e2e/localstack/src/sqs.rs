//! The emulator's queue, as the mapping sees it.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};
use serde_json::{Map, Value, json};
use sluice_local::account::REGION;
use sluice_local::mapping::{Source, Taken};

use crate::aws::ACCOUNT;

/// A queue, by its address.
#[derive(Debug, Clone)]
pub(crate) struct SqsQueue {
    client: Client,
    url: String,
}

impl SqsQueue {
    /// The queue at `url`.
    pub(crate) fn new(client: Client, url: &str) -> Self {
        Self {
            client,
            url: url.to_owned(),
        }
    }

    fn arn(&self) -> String {
        let name = self.url.rsplit('/').next().unwrap_or_default();
        format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
    }

    async fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Message>, String> {
        let answer = self
            .client
            .receive_message()
            .queue_url(&self.url)
            .max_number_of_messages(i32::try_from(most.min(10)).unwrap_or(10))
            .wait_time_seconds(i32::try_from(wait.as_secs().min(20)).unwrap_or(20))
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .map_err(|error| DisplayErrorContext(error).to_string())?;
        Ok(answer.messages.unwrap_or_default())
    }

    /// As Lambda hands a message over.
    fn taken(&self, message: Message) -> Option<Taken> {
        let (id, handle) = (message.message_id?, message.receipt_handle?);
        let attributes: Map<String, Value> = message
            .attributes
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| (name.as_str().to_owned(), json!(value)))
            .collect();
        let record = json!({
            "messageId": id,
            "receiptHandle": handle,
            "body": message.body,
            "attributes": attributes,
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": self.arn(),
            "awsRegion": REGION,
        });
        Some(Taken { id, handle, record })
    }
}

impl Source for SqsQueue {
    async fn take(&self, most: usize, wait: Duration) -> Result<Vec<Taken>, String> {
        let (hand, taken) = tokio::sync::oneshot::channel();
        let queue = self.clone();
        // On its own: a request that is given up would go on in the queue, which would hide a message for nobody.
        tokio::spawn(async move {
            let received = queue.receive(most, wait).await;
            if let Err(Ok(messages)) = hand.send(received) {
                for handle in messages.iter().filter_map(Message::receipt_handle) {
                    if let Err(error) = queue.hide(handle, Duration::ZERO).await {
                        tracing::error!(error, "a message comes back late");
                    }
                }
            }
        });
        let messages = taken
            .await
            .map_err(|_| "the receive was ended".to_owned())??;
        Ok(messages
            .into_iter()
            .filter_map(|message| self.taken(message))
            .collect())
    }

    async fn hide(&self, handle: &str, time: Duration) -> Result<(), String> {
        self.client
            .change_message_visibility()
            .queue_url(&self.url)
            .receipt_handle(handle)
            .visibility_timeout(i32::try_from(time.as_secs()).unwrap_or(i32::MAX))
            .send()
            .await
            .map(drop)
            .map_err(|error| DisplayErrorContext(error).to_string())
    }

    async fn delete(&self, handle: &str) -> Result<(), String> {
        self.client
            .delete_message()
            .queue_url(&self.url)
            .receipt_handle(handle)
            .send()
            .await
            .map(drop)
            .map_err(|error| DisplayErrorContext(error).to_string())
    }
}
