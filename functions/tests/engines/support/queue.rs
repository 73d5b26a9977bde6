//! The queue, as the mapping in the cloud has it: through SQS.

use std::time::Duration;

use aws_lambda_events::event::sqs::SqsEvent;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use serde_json::{Value, json};

/// How long to wait for what has to come. Storage announces an upload within a second.
const PATIENCE: Duration = Duration::from_secs(20);
/// As long as a test may take to handle a message.
const HIDDEN: Duration = Duration::from_mins(10);

/// A queue, with the one of its dead letters.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    client: Client,
    url: String,
}

/// A message in a test's hands.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) id: String,
    pub(crate) body: String,
    /// How often it was received, with this time.
    pub(crate) receives: u32,
    handle: String,
}

impl Queue {
    pub(crate) fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    /// Where messages go that were received too often.
    pub(crate) fn dead_letters(&self) -> Self {
        Self::new(self.client.clone(), format!("{}-dead", self.url))
    }

    /// Ten at most; waits for the first.
    pub(crate) async fn receive(&self, wait: Duration) -> Vec<Received> {
        let answer = self
            .client
            .receive_message()
            .queue_url(&self.url)
            .max_number_of_messages(10)
            .visibility_timeout(seconds(HIDDEN))
            .wait_time_seconds(seconds(wait))
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .unwrap();
        answer
            .messages
            .unwrap_or_default()
            .into_iter()
            .map(received)
            .collect()
    }

    /// What is there, and no less than `least`.
    pub(crate) async fn batch(&self, least: usize) -> Vec<Received> {
        let mut batch = Vec::new();
        while batch.len() < least {
            let more = self.receive(PATIENCE).await;
            assert!(!more.is_empty(), "{least} messages, not {batch:?}");
            batch.extend(more);
        }
        batch
    }

    /// The one message that has to be there.
    pub(crate) async fn one(&self) -> Received {
        let mut batch = self.batch(1).await;
        assert_eq!(batch.len(), 1, "{batch:?}");
        batch.remove(0)
    }

    /// Whether nothing is there to be received.
    pub(crate) async fn is_empty(&self) -> bool {
        self.receive(Duration::ZERO).await.is_empty()
    }

    pub(crate) async fn delete(&self, received: &Received) {
        self.client
            .delete_message()
            .queue_url(&self.url)
            .receipt_handle(&received.handle)
            .send()
            .await
            .unwrap();
    }

    /// The message comes again at once.
    pub(crate) async fn give_back(&self, received: &Received) {
        self.client
            .change_message_visibility()
            .queue_url(&self.url)
            .receipt_handle(&received.handle)
            .visibility_timeout(0)
            .send()
            .await
            .unwrap();
    }

    /// The new message's id.
    pub(crate) async fn send(&self, body: &str) -> String {
        let sent = self
            .client
            .send_message()
            .queue_url(&self.url)
            .message_body(body)
            .send()
            .await
            .unwrap();
        sent.message_id.unwrap()
    }

    /// As an operator does it, after the cause is mended: the dead letters go back to the queue they came from.
    pub(crate) async fn redrive(&self) {
        let dead = self.dead_letters();
        let name = QueueAttributeName::QueueArn;
        let asked = self.client.get_queue_attributes().queue_url(&dead.url);
        let answer = asked.attribute_names(name.clone()).send().await.unwrap();
        let arn = answer.attributes.unwrap().remove(&name).unwrap();
        self.client
            .start_message_move_task()
            .source_arn(arn)
            .send()
            .await
            .unwrap();
    }
}

fn received(message: Message) -> Received {
    let count = MessageSystemAttributeName::ApproximateReceiveCount;
    Received {
        id: message.message_id.unwrap(),
        body: message.body.unwrap(),
        receives: message.attributes.unwrap()[&count].parse().unwrap(),
        handle: message.receipt_handle.unwrap(),
    }
}

fn seconds(duration: Duration) -> i32 {
    i32::try_from(duration.as_secs()).unwrap()
}

/// Messages as Lambda hands them over.
pub(crate) fn event(batch: &[Received]) -> SqsEvent {
    let records: Vec<_> = batch
        .iter()
        .map(|received| {
            json!({
                "messageId": received.id, "body": received.body,
                "attributes": { "ApproximateReceiveCount": received.receives.to_string() },
            })
        })
        .collect();
    messages(&records)
}

pub(crate) fn messages(records: &[Value]) -> SqsEvent {
    let records: Vec<_> = records
        .iter()
        .map(|record| {
            let mut record = record.clone();
            if record["attributes"].is_null() {
                record["attributes"] = json!({});
            }
            record["messageAttributes"] = json!({});
            record
        })
        .collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}
