//! The JSON protocol that the SDKs speak with SQS: `POST /`, the action in `X-Amz-Target`.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, StatusCode};
use s3s::crypto::{Checksum as _, Md5};
use serde_json::{Value, json};

use super::Queues;
use super::message::Received;
use super::store::{Extras, Queue};
use crate::account::ACCOUNT;
use crate::origin::Origin;

/// SQS takes 1 MiB a message; a batch holds no more than that.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// Why an action was not done, in SQS's own codes.
#[derive(Debug)]
struct Failure {
    code: &'static str,
    /// The code's name in the older protocol, which the SDKs still read from a header.
    legacy: &'static str,
    message: String,
}

#[derive(Debug, Clone)]
struct Server {
    queues: Queues,
    origin: Origin,
}

/// SQS as a router. No cross-origin answers: a page in a browser cannot reach it.
pub fn router(queues: Queues, origin: Origin) -> Router {
    Router::new()
        .fallback(post(act))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(Server { queues, origin })
}

async fn act(State(server): State<Server>, headers: HeaderMap, body: String) -> Response {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if content_type != "application/x-amz-json-1.0" {
        return Failure::new(
            "UnsupportedOperation",
            "Only the JSON protocol is spoken here",
        )
        .into_response();
    }
    let action = headers
        .get("x-amz-target")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let action = action
        .strip_prefix("AmazonSQS.")
        .unwrap_or_default()
        .to_owned();
    let Ok(input) = serde_json::from_str::<Value>(&body) else {
        return Failure::new("InvalidMessageContents", "The request is not JSON").into_response();
    };
    match server.answer(&action, &input).await {
        Ok(output) => {
            ([(CONTENT_TYPE, "application/x-amz-json-1.0")], Json(output)).into_response()
        }
        Err(failure) => failure.into_response(),
    }
}

impl Server {
    async fn answer(&self, action: &str, input: &Value) -> Result<Value, Failure> {
        match action {
            "GetQueueUrl" => {
                let queue = self.named(text(input, "QueueName")?)?;
                Ok(json!({ "QueueUrl": self.url(queue.name()) }))
            }
            "ListQueues" => {
                Ok(json!({ "QueueUrls": self.queues.all().map(|queue| self.url(queue.name())) }))
            }
            "GetQueueAttributes" => {
                Ok(json!({ "Attributes": Self::attributes(self.queue(input)?) }))
            }
            "SendMessage" => send(self.queue(input)?, input),
            "SendMessageBatch" => Ok(batch(input, |entry| send(self.queue(input)?, entry))),
            "ReceiveMessage" => receive(self.queue(input)?, input).await,
            "DeleteMessage" => delete(self.queue(input)?, input),
            "DeleteMessageBatch" => Ok(batch(input, |entry| delete(self.queue(input)?, entry))),
            "ChangeMessageVisibility" => change_visibility(self.queue(input)?, input),
            "ChangeMessageVisibilityBatch" => Ok(batch(input, |entry| {
                change_visibility(self.queue(input)?, entry)
            })),
            "PurgeQueue" => {
                self.queue(input)?.purge()?;
                Ok(json!({}))
            }
            "StartMessageMoveTask" => {
                let dead = self.named(
                    text(input, "SourceArn")?
                        .rsplit(':')
                        .next()
                        .unwrap_or_default(),
                )?;
                if dead.name() != self.queues.dead.name() {
                    return Err(Failure::new(
                        "InvalidParameterValue",
                        "No queue sends its dead letters there",
                    ));
                }
                self.queues.redrive()?;
                Ok(json!({ "TaskHandle": dead.name() }))
            }
            _ => Err(Failure::new(
                "UnsupportedOperation",
                format!("{action} is not one of the actions known here"),
            )),
        }
    }

    fn queue(&self, input: &Value) -> Result<&Queue, Failure> {
        self.named(
            text(input, "QueueUrl")?
                .rsplit('/')
                .next()
                .unwrap_or_default(),
        )
    }

    fn named(&self, name: &str) -> Result<&Queue, Failure> {
        self.queues.get(name).ok_or_else(|| Failure {
            code: "QueueDoesNotExist",
            legacy: "AWS.SimpleQueueService.NonExistentQueue",
            message: "The specified queue does not exist.".to_owned(),
        })
    }

    fn url(&self, name: &str) -> String {
        format!("{}/{ACCOUNT}/{name}", self.origin)
    }

    fn attributes(queue: &Queue) -> Value {
        let counts = queue.counts();
        let settings = queue.settings();
        let mut attributes = json!({
            "ApproximateNumberOfMessages": counts.visible.to_string(),
            "ApproximateNumberOfMessagesNotVisible": counts.in_flight.to_string(),
            "VisibilityTimeout": settings.visibility.as_secs().to_string(),
            "QueueArn": queue.arn(),
        });
        if let Some(dead) = queue.dead_letters() {
            let policy = json!({ "deadLetterTargetArn": dead.arn(), "maxReceiveCount": settings.max_receives });
            attributes["RedrivePolicy"] = policy.to_string().into();
        }
        attributes
    }
}

fn send(queue: &Queue, input: &Value) -> Result<Value, Failure> {
    let body = text(input, "MessageBody")?;
    let md5 = md5(body);
    let attributes = input
        .get("MessageAttributes")
        .filter(|value| !value.is_null())
        .cloned();
    let group = input.get("MessageGroupId").and_then(Value::as_str);
    let extras = Extras {
        attributes,
        group: group.map(str::to_owned),
        delay: seconds(input, "DelaySeconds").unwrap_or(Duration::ZERO),
    };
    let id = queue.send_with(body.to_owned(), extras)?;
    Ok(json!({ "MessageId": id, "MD5OfMessageBody": md5 }))
}

async fn receive(queue: &Queue, input: &Value) -> Result<Value, Failure> {
    let max = input
        .get("MaxNumberOfMessages")
        .and_then(Value::as_u64)
        .unwrap_or(1);
    if !(1..=10).contains(&max) {
        return Err(Failure::new(
            "InvalidParameterValue",
            "MaxNumberOfMessages is 1 to 10",
        ));
    }
    let visibility = seconds(input, "VisibilityTimeout").unwrap_or(queue.settings().visibility);
    let wait = seconds(input, "WaitTimeSeconds").unwrap_or(Duration::ZERO);
    let max = usize::try_from(max).unwrap_or(1);
    let received = queue.receive(max, visibility, wait).await?;
    Ok(json!({ "Messages": received.iter().map(received_json).collect::<Vec<_>>() }))
}

fn received_json(received: &Received) -> Value {
    let message = &received.message;
    let mut out = json!({
        "MessageId": message.id,
        "ReceiptHandle": received.handle,
        "Body": message.body,
        "MD5OfBody": md5(&message.body),
        "Attributes": system_attributes(message),
    });
    if let Some(attributes) = &message.attributes {
        out["MessageAttributes"] = attributes.clone();
    }
    out
}

/// The attributes that the queue itself keeps of a message, as SQS names them.
pub(crate) fn system_attributes(message: &super::Message) -> Value {
    let mut attributes = json!({
        "SenderId": "SLUICELOCAL",
        "SentTimestamp": message.sent.to_string(),
        "ApproximateReceiveCount": message.receive_count.to_string(),
        "ApproximateFirstReceiveTimestamp": message.first_received.unwrap_or(message.sent).to_string(),
    });
    if let Some(group) = &message.group {
        attributes["MessageGroupId"] = group.as_str().into();
    }
    attributes
}

fn delete(queue: &Queue, input: &Value) -> Result<Value, Failure> {
    // As in SQS, a void handle is answered like a good one: the message is not the receiver's any more.
    queue.delete(text(input, "ReceiptHandle")?)?;
    Ok(json!({}))
}

fn change_visibility(queue: &Queue, input: &Value) -> Result<Value, Failure> {
    let visibility = seconds(input, "VisibilityTimeout");
    let visibility = visibility
        .ok_or_else(|| Failure::new("MissingParameter", "VisibilityTimeout is missing"))?;
    if !queue.change_visibility(text(input, "ReceiptHandle")?, visibility) {
        return Err(Failure::new(
            "MessageNotInflight",
            "The message of this receipt is not in flight",
        ));
    }
    Ok(json!({}))
}

fn batch(input: &Value, each: impl Fn(&Value) -> Result<Value, Failure>) -> Value {
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for entry in input
        .get("Entries")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let id = entry.get("Id").cloned().unwrap_or_default();
        match each(entry) {
            Ok(mut output) => {
                output["Id"] = id;
                successful.push(output);
            }
            Err(failure) => {
                failed.push(json!({ "Id": id, "Code": failure.code, "Message": failure.message, "SenderFault": true }));
            }
        }
    }
    json!({ "Successful": successful, "Failed": failed })
}

fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str, Failure> {
    let value = input.get(name).and_then(Value::as_str);
    value.ok_or_else(|| Failure::new("MissingParameter", format!("{name} is missing")))
}

fn seconds(input: &Value, name: &str) -> Option<Duration> {
    input
        .get(name)
        .and_then(Value::as_u64)
        .map(Duration::from_secs)
}

fn md5(body: &str) -> String {
    hex::encode(Md5::checksum(body.as_bytes()))
}

impl Failure {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            legacy: code,
            message: message.into(),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "the queue's disk");
        Self::new("InternalError", "The queue's disk failed")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = if self.code == "InternalError" {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::BAD_REQUEST
        };
        let legacy = HeaderName::from_static("x-amzn-query-error");
        let body = json!({ "__type": format!("com.amazonaws.sqs#{}", self.code), "message": self.message });
        (
            status,
            [
                (legacy, format!("{};Sender", self.legacy)),
                (CONTENT_TYPE, "application/x-amz-json-1.0".to_owned()),
            ],
            Json(body),
        )
            .into_response()
    }
}
