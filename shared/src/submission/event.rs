use super::ReviewDecision;
use crate::instant::UtcTime;
use crate::risk::RuleFired;

/// What can happen to a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmissionEvent {
    /// Its file arrived in the inbox.
    Arrived {
        /// When storage took the file: not when somebody noticed, so that a late notice expires nothing.
        at: UtcTime,
    },
    /// The check found errors.
    Rejected {
        /// When.
        at: UtcTime,
    },
    /// The check found no error, but rules of risk fired.
    HeldForReview {
        /// When.
        at: UtcTime,
        /// At least one rule.
        rules: Vec<RuleFired>,
    },
    /// A reviewer decided.
    Reviewed(ReviewDecision),
    /// What it says was recorded: thresholds are in force, communications decided.
    Accepted {
        /// When.
        at: UtcTime,
    },
    /// A reviewer's refusal was recorded.
    Refused {
        /// When.
        at: UtcTime,
    },
}

impl SubmissionEvent {
    /// When it happened.
    pub const fn at(&self) -> UtcTime {
        match self {
            Self::Arrived { at }
            | Self::Rejected { at }
            | Self::HeldForReview { at, .. }
            | Self::Accepted { at }
            | Self::Refused { at } => *at,
            Self::Reviewed(decision) => decision.decided_at,
        }
    }

    /// The event in a sentence: "the file arrives".
    pub const fn in_words(&self) -> &'static str {
        match self {
            Self::Arrived { .. } => "the file arrives",
            Self::Rejected { .. } => "it is rejected",
            Self::HeldForReview { .. } => "it is held for review",
            Self::Reviewed(_) => "a reviewer decides",
            Self::Accepted { .. } => "it is accepted",
            Self::Refused { .. } => "it is refused",
        }
    }
}
