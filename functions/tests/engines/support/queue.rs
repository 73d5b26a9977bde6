//! The queues, as the mappings in the cloud have them: through SQS.

use std::time::Duration;

use aws_lambda_events::event::sqs::SqsEvent;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName, QueueAttributeName};
use futures::future::join3;
use serde_json::{Value, json};
use sluice_functions::Settings;
use sluice_local::account::{ACCOUNT, REGION};
use tokio::time::Instant;

/// How long to wait for what has to come. Storage announces an upload within a second.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long between two looks, where there is nothing yet.
const PAUSE: Duration = Duration::from_millis(20);
/// As long as a test may take to handle a message.
const HIDDEN: Duration = Duration::from_mins(10);

/// The queues that feed `intake`, with the one of their dead letters.
#[derive(Debug, Clone)]
pub(crate) struct Queues {
    client: Client,
    intake: String,
    decisions: String,
    requests: String,
}

/// One queue by itself.
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
    /// In whose name it was sent.
    pub(crate) group: Option<String>,
    /// The queue it came by.
    pub(crate) url: String,
    handle: String,
}

impl Queues {
    pub(crate) fn new(client: Client, settings: &Settings) -> Self {
        Self {
            client,
            intake: settings.queue_url.clone(),
            decisions: settings.decisions_queue_url.clone(),
            requests: settings.requests_queue_url.clone(),
        }
    }

    /// The one that storage and `intake` itself write to.
    pub(crate) fn of_intake(&self) -> Queue {
        self.at(self.intake.clone())
    }

    /// The one that `review` writes to.
    pub(crate) fn of_decisions(&self) -> Queue {
        self.at(self.decisions.clone())
    }

    /// The one that `api` and `review` write to.
    pub(crate) fn of_requests(&self) -> Queue {
        self.at(self.requests.clone())
    }

    /// Where messages go that were received too often.
    pub(crate) fn dead_letters(&self) -> Queue {
        self.at(format!("{}-dead", self.intake))
    }

    fn at(&self, url: String) -> Queue {
        Queue {
            client: self.client.clone(),
            url,
        }
    }

    /// What they have; waits for the first.
    pub(crate) async fn receive(&self, wait: Duration) -> Vec<Received> {
        let (intake, decisions) = (self.of_intake(), self.of_decisions());
        let requests = self.of_requests();
        let until = Instant::now() + wait;
        loop {
            let received = join3(intake.receive(), decisions.receive(), requests.receive());
            let (mut batch, of_decisions, of_requests) = Box::pin(received).await;
            batch.extend(of_decisions.into_iter().chain(of_requests));
            if !batch.is_empty() || Instant::now() >= until {
                return batch;
            }
            tokio::time::sleep(PAUSE).await;
        }
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
        self.at(received.url.clone()).delete(received).await;
    }

    /// The message comes again at once.
    pub(crate) async fn give_back(&self, received: &Received) {
        self.at(received.url.clone()).give_back(received).await;
    }

    /// As an operator does it, after the cause is mended: the dead letters go back to the queues they came from.
    pub(crate) async fn redrive(&self) {
        let dead = self.dead_letters();
        let arn = dead.arn().await;
        self.client
            .start_message_move_task()
            .source_arn(arn)
            .send()
            .await
            .unwrap();
    }
}

impl Queue {
    /// Ten at most, of what is there now.
    async fn receive(&self) -> Vec<Received> {
        let answer = self
            .client
            .receive_message()
            .queue_url(&self.url)
            .max_number_of_messages(10)
            .visibility_timeout(seconds(HIDDEN))
            .wait_time_seconds(0)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .send()
            .await
            .unwrap();
        answer
            .messages
            .unwrap_or_default()
            .into_iter()
            .map(|message| self.received(message))
            .collect()
    }

    fn received(&self, message: Message) -> Received {
        let attributes = message.attributes.unwrap();
        let count = &attributes[&MessageSystemAttributeName::ApproximateReceiveCount];
        Received {
            id: message.message_id.unwrap(),
            body: message.body.unwrap(),
            receives: count.parse().unwrap(),
            group: attributes
                .get(&MessageSystemAttributeName::MessageGroupId)
                .cloned(),
            url: self.url.clone(),
            handle: message.receipt_handle.unwrap(),
        }
    }

    /// The one message that has to be there.
    pub(crate) async fn one(&self) -> Received {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut batch = self.receive().await;
            assert!(batch.len() <= 1, "{batch:?}");
            if let Some(received) = batch.pop() {
                return received;
            }
            assert!(Instant::now() < until, "a message came");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Whether nothing is there to be received.
    pub(crate) async fn is_empty(&self) -> bool {
        self.receive().await.is_empty()
    }

    async fn delete(&self, received: &Received) {
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

    async fn arn(&self) -> String {
        let name = QueueAttributeName::QueueArn;
        let asked = self.client.get_queue_attributes().queue_url(&self.url);
        let answer = asked.attribute_names(name.clone()).send().await.unwrap();
        answer.attributes.unwrap().remove(&name).unwrap()
    }
}

/// As Lambda names a queue.
fn arn_of(url: &str) -> String {
    let name = url.rsplit('/').next().unwrap();
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
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
                "messageId": received.id, "body": received.body, "eventSourceARN": arn_of(&received.url),
                "attributes": { "ApproximateReceiveCount": received.receives.to_string() },
            })
        })
        .collect();
    records_as_event(&records)
}

/// One message as Lambda hands it over, with these attributes.
pub(crate) fn message_with(url: &str, body: &str, attributes: &Value) -> SqsEvent {
    records_as_event(&[json!({
        "messageId": "one", "body": body, "eventSourceARN": arn_of(url), "attributes": attributes,
    })])
}

/// The same of messages with these ids and bodies, which came by the queue at `url`.
pub(crate) fn messages(url: &str, messages: &[(&str, &str)]) -> SqsEvent {
    let records: Vec<_> = messages
        .iter()
        .map(|(id, body)| {
            json!({ "messageId": id, "body": body, "eventSourceARN": arn_of(url), "attributes": {} })
        })
        .collect();
    records_as_event(&records)
}

fn records_as_event(records: &[Value]) -> SqsEvent {
    let records: Vec<_> = records
        .iter()
        .map(|record| {
            let mut record = record.clone();
            record["messageAttributes"] = json!({});
            record
        })
        .collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}
