//! Calls, and what can happen to them.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

/// A call on its way to the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// `PutItem`, `SendMessage`, …; for S3 the method.
    pub(crate) action: String,
    /// How many calls came before it.
    pub(crate) number: usize,
    /// The keys of the items that it changes.
    pub(crate) items: Vec<String>,
}

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Done and answered.
    Passes,
    /// Not done; answered with this error.
    Fails(StatusCode, &'static str),
    /// Not done; answered with this error, whose message and items quote the whole call.
    Quotes(StatusCode, &'static str),
    /// Done; the answer is cut in the middle.
    CutShort,
    /// Done; the sender is told that the service failed.
    AnswerLost,
    /// Neither done nor answered.
    Vanishes,
    /// Done and never answered.
    DoneUnanswered,
    /// Done; the answer's bytes come a few at a time, with pauses between them.
    Slow(Duration),
    /// Done; half of the answer comes, then nothing more.
    Stalls,
}

/// As DynamoDB throttles a partition.
pub(crate) const THROTTLED: Fate = Fate::Fails(
    StatusCode::BAD_REQUEST,
    "ProvisionedThroughputExceededException",
);
/// As DynamoDB throttles an account.
pub(crate) const ALL_THROTTLED: Fate = Fate::Fails(StatusCode::BAD_REQUEST, "ThrottlingException");
/// As DynamoDB fails.
pub(crate) const BROKEN: Fate =
    Fate::Fails(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError");
/// As S3 fails.
pub(crate) const S3_BROKEN: Fate = Fate::Fails(StatusCode::INTERNAL_SERVER_ERROR, "InternalError");
/// As S3 throttles.
pub(crate) const SLOW_DOWN: Fate = Fate::Fails(StatusCode::SERVICE_UNAVAILABLE, "SlowDown");

impl Call {
    /// Whether it changes a table.
    pub(crate) fn writes(&self) -> bool {
        !self.items.is_empty()
    }
}

/// The keys of the items that a call to DynamoDB writes.
pub(super) fn changed(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let parts = body["TransactItems"].as_array().into_iter().flatten();
    let items = parts.flat_map(|part| [&part["Put"]["Item"], &part["Update"]["Key"]]);
    items
        .chain([&body["Item"]])
        .filter_map(|item| {
            let [pk, sk] = ["pk", "sk"].map(|key| item[key]["S"].as_str());
            // An entry of a history has the instant in its key, and a record of activity the instant and random bytes.
            let (pk, sk) = (pk?, sk?);
            let name = sk.strip_prefix("HISTORY").map_or(sk, |_| "HISTORY");
            let name = if pk.contains("#BY#") { "RECORD" } else { name };
            Some(format!("{pk} {name}"))
        })
        .collect()
}
