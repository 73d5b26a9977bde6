use aws_sdk_dynamodb::Client;
use aws_sdk_s3::{
    Client as S3, operation::head_object::HeadObjectError, primitives::DateTimeFormat,
};
use aws_sdk_sqs::Client as Sqs;
use serde_json::{Value, json};
use sluice_functions::Tables;
use sluice_functions::stores::{
    Announcements, Decisions, List, Listed, SubmissionRecord, Submissions,
};
use sluice_shared::submission::StateName;

use crate::BackupError;

/// Submissions that are read at a time.
const PAGE: i32 = 100;

/// Where uploads are, and the queues that lead to `intake`.
#[derive(Debug, Clone)]
pub struct Inbox<'a> {
    /// Reads uploads.
    pub s3: &'a S3,
    /// Their bucket.
    pub bucket: &'a str,
    /// Takes messages.
    pub sqs: &'a Sqs,
    /// URL of the queue that is told of uploads.
    pub queue_url: &'a str,
    /// URL of the queue that is told of decisions.
    pub decisions_queue_url: &'a str,
}

/// What was sent to the queues.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// Uploads that wait to be checked.
    pub uploads: usize,
    /// Reviewers' decisions that wait to take effect.
    pub decisions: usize,
}

/// Sends the messages of all that waits: the upload that a submission without an outcome has in the inbox, be it on record or announced, and
/// the decision that has not taken effect. A message too many does no harm.
///
/// Messages are lost when tables go back to an earlier instant, since those of the time between are done with.
pub async fn announce(
    client: &Client,
    tables: &Tables,
    inbox: &Inbox<'_>,
) -> Result<Announced, BackupError> {
    let submissions = Submissions::new(client, &tables.submissions);
    let announcements = Announcements::new(client, &tables.announcements);
    let decisions = Decisions::new(client, &tables.decisions);
    let list = List::of_all(Listed::Submissions);
    let mut announced = Announced::default();
    let mut from = None;
    loop {
        let page = announcements.list_page(&list, PAGE, from).await?;
        for announcement in &page.items {
            let on_record = submissions.get(&announcement.organisation, &announcement.id);
            if on_record.await?.is_none() {
                announced.uploads += inbox.send_upload(&announcement.record()).await?;
            }
        }
        match page.next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    for state in [
        StateName::AwaitingUpload,
        StateName::Received,
        StateName::AwaitingReview,
    ] {
        let mut from = None;
        loop {
            let page = submissions.list_page(&list, Some(state), PAGE, from);
            let page = page.await?;
            for record in &page.items {
                if state != StateName::AwaitingReview {
                    announced.uploads += inbox.send_upload(record).await?;
                } else if record.state.review().is_some()
                    || decisions.pending(record).await?.is_some()
                {
                    let decided = json!({ "reviewDecided": record.id });
                    inbox.send(inbox.decisions_queue_url, &decided).await?;
                    announced.decisions += 1;
                }
            }
            match page.next {
                Some(next) => from = Some(next),
                None => break,
            }
        }
    }
    Ok(announced)
}

impl Inbox<'_> {
    /// Sends the message of a submission's upload; how many there are, which is one or none.
    async fn send_upload(&self, record: &SubmissionRecord) -> Result<usize, BackupError> {
        let Some(arrival) = self.upload(record).await? else {
            return Ok(0);
        };
        self.send(self.queue_url, &arrival).await?;
        Ok(1)
    }

    /// What S3 says when an object is created; `None` if there is none.
    async fn upload(&self, record: &SubmissionRecord) -> Result<Option<Value>, BackupError> {
        let key = record.object_key();
        let key = key.to_string();
        let answer = self
            .s3
            .head_object()
            .bucket(self.bucket)
            .key(&key)
            .set_version_id(record.object_version.clone())
            .send()
            .await;
        let object = match answer {
            Ok(object) => object,
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(HeadObjectError::is_not_found) =>
            {
                return Ok(None);
            }
            Err(error) => {
                return Err(BackupError::aws(
                    format!("look for the upload {key}"),
                    error,
                ));
            }
        };
        let at = object
            .last_modified
            .and_then(|at| at.fmt(DateTimeFormat::DateTime).ok());
        Ok(Some(json!({ "Records": [{
            "eventSource": "aws:s3",
            "eventName": "ObjectCreated:Put",
            "eventTime": at,
            "s3": {
                "bucket": { "name": self.bucket },
                "object": { "key": key, "versionId": object.version_id },
            },
        }]})))
    }

    async fn send(&self, queue_url: &str, message: &Value) -> Result<(), BackupError> {
        self.sqs
            .send_message()
            .queue_url(queue_url)
            .message_body(message.to_string())
            .send()
            .await
            .map(drop)
            .map_err(|error| BackupError::aws("send a message to the queue", error))
    }
}
