#![cfg_attr(
    feature = "openapi",
    allow(
        clippy::large_stack_arrays,
        reason = "utoipa's derive builds the schema in one"
    )
)]

use std::fmt;

use serde::{Deserialize, Serialize};
use time::Duration;

use super::{ReviewDecision, VoidDecision};
use crate::instant::UtcTime;
use crate::risk::RuleFired;

/// How long a started submission waits for its file before it expires.
pub const UPLOAD_WAIT: Duration = Duration::hours(24);

/// Where a submission stands, with what is known there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// The fields are renamed variant by variant: utoipa does not know `rename_all_fields`.
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    try_from = "super::state_fields::StateFields"
)]
pub enum SubmissionState {
    /// Announced; its file has not arrived.
    #[serde(rename_all = "camelCase")]
    AwaitingUpload {
        /// From when it has expired.
        expires_at: UtcTime,
    },
    /// The file has arrived and is being checked.
    #[serde(rename_all = "camelCase")]
    Received {
        /// When the file arrived.
        received_at: UtcTime,
    },
    /// Checked and lawful, but risky: nothing takes effect before a DCC reviewer accepts.
    #[serde(rename_all = "camelCase")]
    AwaitingReview {
        /// When the file arrived.
        received_at: UtcTime,
        /// Since when it waits.
        since: UtcTime,
        /// Why it waits. Holds threshold values: for the organisation and DCC staff only.
        rules: Vec<RuleFired>,
        /// The decision, once a reviewer made it, until its effect is recorded.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        review: Option<ReviewDecision>,
        /// Decisions to accept what has changed since: they took no effect. Oldest first.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        void: Vec<VoidDecision>,
    },
    /// It took effect.
    #[serde(rename_all = "camelCase")]
    Accepted {
        /// When the file arrived.
        received_at: UtcTime,
        /// From when it has effect.
        decided_at: UtcTime,
        /// The rules that fired before a review; empty without one.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        rules: Vec<RuleFired>,
        /// The decision, if it needed a review.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        review: Option<ReviewDecision>,
        /// Decisions before it that took no effect.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        void: Vec<VoidDecision>,
    },
    /// Its findings or its signature stand against it; nothing took effect.
    #[serde(rename_all = "camelCase")]
    Rejected {
        /// When the file arrived.
        received_at: UtcTime,
        /// When it was rejected.
        decided_at: UtcTime,
        /// The decision to accept, when the file was found at fault only afterwards.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        review: Option<ReviewDecision>,
        /// Decisions before it that took no effect.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        void: Vec<VoidDecision>,
    },
    /// A DCC reviewer refused it; nothing took effect.
    #[serde(rename_all = "camelCase")]
    Refused {
        /// When the file arrived.
        received_at: UtcTime,
        /// When the refusal was recorded.
        decided_at: UtcTime,
        /// The rules that fired before the review.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        rules: Vec<RuleFired>,
        /// The decision.
        review: ReviewDecision,
        /// Decisions before it that took no effect.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        void: Vec<VoidDecision>,
    },
    /// It was sent to be checked only: nothing took effect, and nothing will.
    #[serde(rename_all = "camelCase")]
    Checked {
        /// When the file arrived.
        received_at: UtcTime,
        /// When it was checked.
        decided_at: UtcTime,
        /// What would have become of it.
        would_be: WouldBe,
        /// The rules that would have made it wait for a review.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        rules: Vec<RuleFired>,
    },
    /// Its file never arrived.
    #[serde(rename_all = "camelCase")]
    Expired {
        /// When the waiting was over.
        expired_at: UtcTime,
    },
}

/// What would have become of a file that was sent to be checked only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WouldBe {
    /// It would take effect at once.
    Accepted,
    /// It would wait for a reviewer.
    AwaitingReview,
    /// Its findings or its signature stand against it.
    Rejected,
}

/// The name of a state, without what is known there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StateName {
    /// See [`SubmissionState::AwaitingUpload`].
    AwaitingUpload,
    /// See [`SubmissionState::Received`].
    Received,
    /// See [`SubmissionState::AwaitingReview`].
    AwaitingReview,
    /// See [`SubmissionState::Accepted`].
    Accepted,
    /// See [`SubmissionState::Rejected`].
    Rejected,
    /// See [`SubmissionState::Refused`].
    Refused,
    /// See [`SubmissionState::Checked`].
    Checked,
    /// See [`SubmissionState::Expired`].
    Expired,
}

impl StateName {
    /// As it goes on after "the submission is".
    pub const fn in_sentence(self) -> &'static str {
        match self {
            Self::AwaitingUpload => "waiting for its file",
            Self::Received => "being checked",
            Self::AwaitingReview => "waiting for a DCC reviewer",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::Checked => "checked only",
            Self::Expired => "expired",
        }
    }

    /// All states, in the order of a submission's life.
    pub const ALL: [Self; 8] = [
        Self::AwaitingUpload,
        Self::Received,
        Self::AwaitingReview,
        Self::Accepted,
        Self::Rejected,
        Self::Refused,
        Self::Checked,
        Self::Expired,
    ];

    /// The form in JSON and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingUpload => "awaiting-upload",
            Self::Received => "received",
            Self::AwaitingReview => "awaiting-review",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::Checked => "checked",
            Self::Expired => "expired",
        }
    }

    /// Reads the form in JSON and in addresses.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }

    /// Whether nothing can happen to the submission any more.
    pub const fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Rejected | Self::Refused | Self::Checked | Self::Expired
        )
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl SubmissionState {
    /// The first state of a submission.
    pub fn started(at: UtcTime) -> Self {
        Self::AwaitingUpload {
            expires_at: at.plus(UPLOAD_WAIT),
        }
    }

    /// The state's name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::AwaitingUpload { .. } => StateName::AwaitingUpload,
            Self::Received { .. } => StateName::Received,
            Self::AwaitingReview { .. } => StateName::AwaitingReview,
            Self::Accepted { .. } => StateName::Accepted,
            Self::Rejected { .. } => StateName::Rejected,
            Self::Refused { .. } => StateName::Refused,
            Self::Checked { .. } => StateName::Checked,
            Self::Expired { .. } => StateName::Expired,
        }
    }

    /// The state as it is at `now`: waiting ends by the clock alone, whether or not somebody recorded that.
    #[must_use]
    pub fn at(self, now: UtcTime) -> Self {
        match self {
            Self::AwaitingUpload { expires_at } if now >= expires_at => Self::Expired {
                expired_at: expires_at,
            },
            other => other,
        }
    }

    /// When the file arrived, if it did.
    pub const fn received_at(&self) -> Option<UtcTime> {
        match self {
            Self::Received { received_at }
            | Self::AwaitingReview { received_at, .. }
            | Self::Accepted { received_at, .. }
            | Self::Rejected { received_at, .. }
            | Self::Refused { received_at, .. }
            | Self::Checked { received_at, .. } => Some(*received_at),
            Self::AwaitingUpload { .. } | Self::Expired { .. } => None,
        }
    }

    /// When it was settled, if it is.
    pub const fn settled_at(&self) -> Option<UtcTime> {
        match self {
            Self::Accepted { decided_at, .. }
            | Self::Rejected { decided_at, .. }
            | Self::Refused { decided_at, .. }
            | Self::Checked { decided_at, .. } => Some(*decided_at),
            Self::Expired { expired_at } => Some(*expired_at),
            Self::AwaitingUpload { .. } | Self::Received { .. } | Self::AwaitingReview { .. } => {
                None
            }
        }
    }

    /// The reviewer's decision, if there is one.
    pub const fn review(&self) -> Option<&ReviewDecision> {
        match self {
            Self::AwaitingReview { review, .. }
            | Self::Accepted { review, .. }
            | Self::Rejected { review, .. } => review.as_ref(),
            Self::Refused { review, .. } => Some(review),
            Self::AwaitingUpload { .. }
            | Self::Received { .. }
            | Self::Checked { .. }
            | Self::Expired { .. } => None,
        }
    }

    /// Decisions to accept that took no effect, since what was accepted had changed.
    pub fn void(&self) -> &[VoidDecision] {
        match self {
            Self::AwaitingReview { void, .. }
            | Self::Accepted { void, .. }
            | Self::Rejected { void, .. }
            | Self::Refused { void, .. } => void,
            _ => &[],
        }
    }

    /// The rules that made it wait for a review; empty when none did.
    pub fn rules(&self) -> &[RuleFired] {
        match self {
            Self::AwaitingReview { rules, .. }
            | Self::Accepted { rules, .. }
            | Self::Refused { rules, .. }
            | Self::Checked { rules, .. } => rules,
            _ => &[],
        }
    }
}
