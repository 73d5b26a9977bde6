//! What a message of the queue asks for.
use serde::Deserialize;
use sluice_shared::{
    directory::Entrance,
    identifiers::{ChangeRequestId, CorrelationId, OrganisationId, SubmissionId},
    instant::UtcTime,
};

use crate::{inbox::ObjectKey, queue::FromQueue};

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Task {
    /// An object was created in the inbox.
    Arrived(Arrival),
    /// A reviewer's decision is recorded on a submission.
    ReviewDecided(ReviewDecided),
    /// A submission that could not be judged, by a fault of the service's own, is to be judged again.
    JudgeAgain(JudgeAgain),
    /// A reviewer looked at a submission whose verdict rests on what is not so any more.
    LookedAt(LookedAt),
    /// A change of the directory is asked for.
    ChangeAsked(ChangeAsked),
    /// A second administrator answered to a change.
    ChangeAnswered(ChangeAnswered),
}

/// An object in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrival {
    /// Which submission it is for.
    pub key: ObjectKey,
    /// The version that was created; reading by key alone could read another one.
    pub version: Option<String>,
    /// When storage took it.
    pub at: UtcTime,
}

/// A message that nobody of ours wrote. It goes to the dead letters, where a person looks at it.
#[derive(Debug, thiserror::Error)]
#[error("the message is not one that intake knows: {0}")]
pub struct UnknownMessage(String);

impl UnknownMessage {
    /// A message of a queue that this deployment does not have.
    pub(super) fn of_another_queue() -> Self {
        Self("it came by another queue than those that feed it".to_owned())
    }

    /// The place alone: errors of the parser quote what they met.
    fn at(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        Self(format!("it cannot be read at line {line}, column {column}"))
    }
}

/// As `review` says it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct ReviewDecided {
    /// On which submission.
    #[serde(rename = "reviewDecided")]
    pub submission: SubmissionId,
    /// Which decision on it; absent in messages of a restore: the one that is there.
    #[serde(default)]
    pub number: Option<u32>,
    /// The reviewer's request, in the logs.
    #[serde(rename = "correlationId", default)]
    pub correlation_id: Option<CorrelationId>,
}

/// As `intake` says it to itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct JudgeAgain {
    /// Which submission.
    #[serde(rename = "judgeAgain")]
    pub submission: SubmissionId,
    /// The stop that this comes back for; another one has a message of its own.
    #[serde(rename = "stoppedSince", default)]
    pub stopped_since: Option<UtcTime>,
}

/// As `review` says it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct LookedAt {
    /// Which submission.
    #[serde(rename = "lookedAt")]
    pub submission: SubmissionId,
}

/// As `api` and `review` say it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct ChangeAsked {
    /// Which.
    #[serde(rename = "changeAsked")]
    pub request: ChangeRequestId,
    /// In which organisation.
    pub organisation: OrganisationId,
    /// Where it was asked for: it lies in one place or the other.
    pub entrance: Entrance,
}

/// As `review` says it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct ChangeAnswered {
    /// To which.
    #[serde(rename = "changeAnswered")]
    pub request: ChangeRequestId,
    /// In which organisation.
    pub organisation: OrganisationId,
    /// Which of its answers.
    pub answer: ChangeRequestId,
}

/// Of S3's notification, only what is used: a field that S3 adds or drops elsewhere changes nothing here.
#[derive(Deserialize)]
struct S3Notification {
    #[serde(rename = "Records")]
    records: Vec<S3Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct S3Record {
    event_name: String,
    event_time: UtcTime,
    s3: S3Entity,
}

#[derive(Deserialize)]
struct S3Entity {
    object: S3Object,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct S3Object {
    key: String,
    version_id: Option<String>,
}

/// S3 sends this once, when notifications are set up.
#[derive(Deserialize)]
struct TestEvent {
    #[serde(rename = "Event")]
    event: String,
}

/// Reads a message's body, of which only what those may say counts who write to this queue. S3's test event and events other than creation
/// come to nothing to do.
pub(super) fn read_event(from: FromQueue, body: &str) -> Result<Vec<Task>, UnknownMessage> {
    match from {
        FromQueue::Decisions => said_by_review(body).map(|task| vec![task]),
        FromQueue::Requests => said_of_changes(body).map(|task| vec![task]),
        FromQueue::Intake => said_by_storage_or_intake(body),
    }
}

fn said_by_review(body: &str) -> Result<Task, UnknownMessage> {
    if let Ok(looked_at) = serde_json::from_str::<LookedAt>(body) {
        return Ok(Task::LookedAt(looked_at));
    }
    serde_json::from_str(body)
        .map(Task::ReviewDecided)
        .map_err(|error| UnknownMessage::at(&error))
}

fn said_of_changes(body: &str) -> Result<Task, UnknownMessage> {
    if let Ok(answered) = serde_json::from_str::<ChangeAnswered>(body) {
        return Ok(Task::ChangeAnswered(answered));
    }
    serde_json::from_str(body)
        .map(Task::ChangeAsked)
        .map_err(|error| UnknownMessage::at(&error))
}

fn said_by_storage_or_intake(body: &str) -> Result<Vec<Task>, UnknownMessage> {
    if let Ok(again) = serde_json::from_str::<JudgeAgain>(body) {
        return Ok(vec![Task::JudgeAgain(again)]);
    }
    if serde_json::from_str::<TestEvent>(body).is_ok_and(|test| test.event == "s3:TestEvent") {
        return Ok(Vec::new());
    }
    let notification: S3Notification =
        serde_json::from_str(body).map_err(|error| UnknownMessage::at(&error))?;
    notification
        .records
        .into_iter()
        .filter(|record| {
            record
                .event_name
                .trim_start_matches("s3:")
                .starts_with("ObjectCreated:")
        })
        .map(arrival)
        .collect()
}

fn arrival(record: S3Record) -> Result<Task, UnknownMessage> {
    // S3 writes keys form-encoded. Ours have only characters that encoding leaves alone.
    let key = ObjectKey::parse(&record.s3.object.key).ok_or_else(|| {
        UnknownMessage("the object's key is not <organisation>/<submission>".to_owned())
    })?;
    Ok(Task::Arrived(Arrival {
        key,
        version: record.s3.object.version_id,
        at: record.event_time,
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn created(key: &str, name: &str) -> String {
        serde_json::json!({ "Records": [{
            "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-west-2", "eventName": name,
            "eventTime": "2026-11-22T09:30:00.123Z",
            "s3": { "bucket": { "name": "inbox" }, "object": { "key": key, "size": 12, "versionId": "v1" } }
        }]})
        .to_string()
    }

    #[test]
    fn an_object_created_is_an_arrival_of_its_version() {
        let tasks = read_event(
            FromQueue::Intake,
            &created("large-supplier/4F7K-2M9Q-XW3T-8HBD", "ObjectCreated:Put"),
        )
        .unwrap();
        let [Task::Arrived(arrival)] = tasks.as_slice() else {
            panic!("one arrival, not {tasks:?}")
        };
        assert_eq!(arrival.key.organisation.as_str(), "large-supplier");
        assert_eq!(arrival.version.as_deref(), Some("v1"));
        assert_eq!(arrival.at.to_string(), "2026-11-22T09:30:00.123Z");
    }

    #[test]
    fn a_recorded_decision_names_its_submission() {
        let tasks = read_event(
            FromQueue::Decisions,
            r#"{"reviewDecided":"4F7K-2M9Q-XW3T-8HBD"}"#,
        )
        .unwrap();
        let decided = ReviewDecided {
            submission: "4F7K-2M9Q-XW3T-8HBD".parse().unwrap(),
            number: None,
            correlation_id: None,
        };
        assert_eq!(tasks, [Task::ReviewDecided(decided)]);
    }

    #[test]
    fn a_submission_to_judge_again_is_named() {
        let tasks =
            read_event(FromQueue::Intake, r#"{"judgeAgain":"4F7K-2M9Q-XW3T-8HBD"}"#).unwrap();
        let submission = "4F7K-2M9Q-XW3T-8HBD".parse().unwrap();
        let again = JudgeAgain {
            submission,
            stopped_since: None,
        };
        assert_eq!(tasks, [Task::JudgeAgain(again)]);
        let tasks = read_event(
            FromQueue::Decisions,
            r#"{"lookedAt":"4F7K-2M9Q-XW3T-8HBD"}"#,
        )
        .unwrap();
        assert_eq!(tasks, [Task::LookedAt(LookedAt { submission })]);
    }

    #[test]
    fn s3s_test_event_is_nothing_to_do() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-22T09:30:00Z","Bucket":"inbox"}"#;
        assert_eq!(read_event(FromQueue::Intake, test).unwrap(), []);
    }

    #[test]
    fn a_removal_is_nothing_to_do() {
        assert_eq!(
            read_event(
                FromQueue::Intake,
                &created("large-supplier/4F7K-2M9Q-XW3T-8HBD", "ObjectRemoved:Delete")
            )
            .unwrap(),
            []
        );
    }

    #[test]
    fn a_key_that_only_resembles_a_submission_is_refused() {
        for key in [
            "4F7K-2M9Q-XW3T-8HBD",
            "large-supplier/4f7k-2m9q-xw3t-8hbd",
            "large-supplier/x",
            "a/b/c",
        ] {
            assert!(
                read_event(FromQueue::Intake, &created(key, "ObjectCreated:Put")).is_err(),
                "{key}"
            );
        }
    }

    #[test]
    fn a_message_of_somebody_else_is_refused() {
        for body in ["", "not JSON", "{}", "[]", r#"{"Records":[{}]}"#] {
            for from in [FromQueue::Intake, FromQueue::Decisions, FromQueue::Requests] {
                assert!(read_event(from, body).is_err(), "{from:?}: {body}");
            }
        }
    }

    #[test]
    fn nobody_says_by_its_queue_what_is_for_another_to_say() {
        let arrival = created("large-supplier/4F7K-2M9Q-XW3T-8HBD", "ObjectCreated:Put");
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"inbox"}"#;
        for of_storage_or_intake in [
            arrival.as_str(),
            test,
            r#"{"judgeAgain":"4F7K-2M9Q-XW3T-8HBD"}"#,
        ] {
            assert!(read_event(FromQueue::Intake, of_storage_or_intake).is_ok());
            assert!(read_event(FromQueue::Decisions, of_storage_or_intake).is_err());
            assert!(read_event(FromQueue::Requests, of_storage_or_intake).is_err());
        }
        for of_changes in [
            r#"{"changeAsked":"7D2P-5N8R-0YV6-3KCE","organisation":"large-supplier","entrance":"users"}"#,
            r#"{"changeAnswered":"7D2P-5N8R-0YV6-3KCE","organisation":"dcc","answer":"7D2P-5N8R-0YV6-3KCF"}"#,
        ] {
            assert!(read_event(FromQueue::Requests, of_changes).is_ok());
            assert!(read_event(FromQueue::Intake, of_changes).is_err());
            assert!(read_event(FromQueue::Decisions, of_changes).is_err());
        }
        for of_review in [
            r#"{"reviewDecided":"4F7K-2M9Q-XW3T-8HBD"}"#,
            r#"{"lookedAt":"4F7K-2M9Q-XW3T-8HBD"}"#,
        ] {
            assert!(read_event(FromQueue::Decisions, of_review).is_ok());
            assert!(read_event(FromQueue::Intake, of_review).is_err());
            assert!(read_event(FromQueue::Requests, of_review).is_err());
        }
    }
}
