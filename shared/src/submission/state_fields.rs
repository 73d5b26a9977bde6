use serde::Deserialize;

use super::{ReviewDecision, StateName, SubmissionState, VoidDecision, WouldBe};
use crate::instant::UtcTime;
use crate::risk::RuleFired;

/// A state as it stands in JSON: the fields of all of them, beside its name.
///
/// Read by the name alone, each state would have to be kept until its name has come and then be read anew, for which the page would carry
/// all of its readers twice.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StateFields {
    state: StateName,
    expires_at: Option<UtcTime>,
    received_at: Option<UtcTime>,
    since: Option<UtcTime>,
    decided_at: Option<UtcTime>,
    expired_at: Option<UtcTime>,
    rules: Option<Vec<RuleFired>>,
    review: Option<ReviewDecision>,
    #[serde(default)]
    void: Vec<VoidDecision>,
    would_be: Option<WouldBe>,
}

/// A state lacks what belongs to it.
#[derive(Debug, thiserror::Error)]
#[error("a submission that is {state} says {field}")]
pub(super) struct MissingField {
    state: StateName,
    field: &'static str,
}

impl TryFrom<StateFields> for SubmissionState {
    type Error = MissingField;

    fn try_from(fields: StateFields) -> Result<Self, MissingField> {
        let StateFields {
            state,
            expires_at,
            received_at,
            since,
            decided_at,
            expired_at,
            rules,
            review,
            void,
            would_be,
        } = fields;
        let time = |time: Option<UtcTime>, field| time.ok_or(MissingField { state, field });
        Ok(match state {
            StateName::AwaitingUpload => Self::AwaitingUpload {
                expires_at: time(expires_at, "expiresAt")?,
            },
            StateName::Received => Self::Received {
                received_at: time(received_at, "receivedAt")?,
            },
            StateName::AwaitingReview => Self::AwaitingReview {
                received_at: time(received_at, "receivedAt")?,
                since: time(since, "since")?,
                rules: rules.ok_or(MissingField {
                    state,
                    field: "rules",
                })?,
                review,
                void,
            },
            StateName::Accepted => Self::Accepted {
                received_at: time(received_at, "receivedAt")?,
                decided_at: time(decided_at, "decidedAt")?,
                rules: rules.unwrap_or_default(),
                review,
                void,
            },
            StateName::Rejected => Self::Rejected {
                received_at: time(received_at, "receivedAt")?,
                decided_at: time(decided_at, "decidedAt")?,
                review,
                void,
            },
            StateName::Refused => Self::Refused {
                received_at: time(received_at, "receivedAt")?,
                decided_at: time(decided_at, "decidedAt")?,
                rules: rules.unwrap_or_default(),
                review: review.ok_or(MissingField {
                    state,
                    field: "review",
                })?,
                void,
            },
            StateName::Checked => Self::Checked {
                received_at: time(received_at, "receivedAt")?,
                decided_at: time(decided_at, "decidedAt")?,
                would_be: would_be.ok_or(MissingField {
                    state,
                    field: "wouldBe",
                })?,
                rules: rules.unwrap_or_default(),
            },
            StateName::Expired => Self::Expired {
                expired_at: time(expired_at, "expiredAt")?,
            },
        })
    }
}
