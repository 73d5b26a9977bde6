//! The queues that feed `intake`: its own, by which storage tells of uploads and it tells itself to come back; the one by which `review`
//! tells that a reviewer has decided; and the one by which `api` and `review` tell of changes of the directory that are asked for. They are
//! several, so that whoever has the rights of one of these functions can say by its queue what that one says, and nothing else.
use aws_sdk_sqs::{Client, operation::send_message::builders::SendMessageFluentBuilder};
use sluice_shared::{
    directory::Entrance,
    identifiers::{ChangeRequestId, CorrelationId, OrganisationId, SubmissionId},
    instant::UtcTime,
};
use time::Duration;

use crate::{
    call_failure::CallFailure,
    function::Function,
    need::{Need, Resource},
    settings::Settings,
};

/// What the functions do with the queues themselves.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Intake],
        actions: &["sqs:SendMessage"],
        on: Resource::IntakeQueue,
    },
    Need {
        by: &[Function::Review],
        actions: &["sqs:SendMessage"],
        on: Resource::DecisionsQueue,
    },
    Need {
        by: &[Function::Api, Function::Review],
        actions: &["sqs:SendMessage"],
        on: Resource::RequestsQueue,
    },
];

/// A queue did not take a message. For the log, never for a caller.
#[derive(Debug, thiserror::Error)]
#[error("could not send to the queue: {0}")]
pub struct QueueError(CallFailure);

/// The queue by which a message came to `intake`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FromQueue {
    /// That of storage and of `intake` itself.
    Intake,
    /// That of `review`.
    Decisions,
    /// That of changes of the directory.
    Requests,
}

impl FromQueue {
    /// By the ARN that Lambda names with each message; `None` for any other queue than those of these settings.
    pub(crate) fn by_arn(arn: &str, settings: &Settings) -> Option<Self> {
        let name = arn.rsplit(':').next()?;
        let is_at = |url: &str| url.rsplit('/').next() == Some(name);
        if is_at(&settings.queue_url) {
            Some(Self::Intake)
        } else if is_at(&settings.decisions_queue_url) {
            Some(Self::Decisions)
        } else if is_at(&settings.requests_queue_url) {
            Some(Self::Requests)
        } else {
            None
        }
    }
}

/// The queue by which `intake` tells itself to come back.
#[derive(Debug, Clone)]
pub struct IntakeQueue(Sender);

impl IntakeQueue {
    /// The queue at `url`.
    pub fn new(client: Client, url: &str) -> Self {
        Self(Sender::new(client, url))
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
        self.0.send(body, after).await
    }

    /// Puts a message of storage at the end of the queue once more, in the name of the organisation that it is about: of messages in groups
    /// the queue hands over first those of the groups that wait for least.
    pub async fn take_turns(
        &self,
        organisation: &OrganisationId,
        body: &str,
    ) -> Result<(), QueueError> {
        let message = self.0.message().message_body(body);
        let sent = message.message_group_id(organisation.as_str()).send().await;
        sent.map(drop)
            .map_err(|error| QueueError(CallFailure::from_sdk(&error)))
    }
}

/// The queue by which `review` tells `intake`.
#[derive(Debug, Clone)]
pub struct DecisionsQueue(Sender);

impl DecisionsQueue {
    /// The queue at `url`.
    pub fn new(client: Client, url: &str) -> Self {
        Self(Sender::new(client, url))
    }

    /// Says that the decision with this number on `submission` was taken. Saying so twice is harmless.
    pub async fn review_decided(
        &self,
        submission: &SubmissionId,
        number: u32,
        correlation_id: Option<CorrelationId>,
    ) -> Result<(), QueueError> {
        let body = serde_json::json!({ "reviewDecided": submission, "number": number, "correlationId": correlation_id });
        self.0.send(body, Duration::ZERO).await
    }

    /// Says that a reviewer looked at a submission whose verdict rests on what is not so any more. Saying so twice is harmless.
    pub async fn looked_at(&self, submission: &SubmissionId) -> Result<(), QueueError> {
        let body = serde_json::json!({ "lookedAt": submission });
        self.0.send(body, Duration::ZERO).await
    }
}

/// The queue by which `api` and `review` tell `intake` of changes of the directory.
#[derive(Debug, Clone)]
pub struct RequestsQueue(Sender);

impl RequestsQueue {
    /// The queue at `url`.
    pub fn new(client: Client, url: &str) -> Self {
        Self(Sender::new(client, url))
    }

    /// Says that a change was asked for at an entrance. Saying so twice is harmless.
    pub async fn change_asked(
        &self,
        organisation: &OrganisationId,
        (request, entrance): (ChangeRequestId, Entrance),
        correlation_id: Option<CorrelationId>,
    ) -> Result<(), QueueError> {
        let body = serde_json::json!({
            "changeAsked": request, "organisation": organisation, "entrance": entrance, "correlationId": correlation_id,
        });
        self.0.send(body, Duration::ZERO).await
    }

    /// Says that a second administrator answered. Saying so twice is harmless.
    pub async fn change_answered(
        &self,
        organisation: &OrganisationId,
        request: ChangeRequestId,
        answer: ChangeRequestId,
        correlation_id: Option<CorrelationId>,
    ) -> Result<(), QueueError> {
        let body = serde_json::json!({
            "changeAnswered": request, "organisation": organisation, "answer": answer, "correlationId": correlation_id,
        });
        self.0.send(body, Duration::ZERO).await
    }
}

/// What all are made of.
#[derive(Debug, Clone)]
struct Sender {
    client: Client,
    url: String,
}

impl Sender {
    fn new(client: Client, url: &str) -> Self {
        Self {
            client,
            url: url.to_owned(),
        }
    }

    fn message(&self) -> SendMessageFluentBuilder {
        self.client.send_message().queue_url(&self.url)
    }

    async fn send(&self, body: serde_json::Value, after: Duration) -> Result<(), QueueError> {
        self.message()
            .message_body(body.to_string())
            .delay_seconds(i32::try_from(after.whole_seconds()).unwrap_or_default())
            .send()
            .await
            .map(drop)
            .map_err(|error| QueueError(CallFailure::from_sdk(&error)))
    }
}
