use super::{ReviewDecision, WouldBe};
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
    /// What it rests on changed before anybody decided: it was judged again, and waits for a decision on what it is now.
    JudgedAgain {
        /// When.
        at: UtcTime,
        /// The rules that fire now; maybe none.
        rules: Vec<RuleFired>,
    },
    /// A reviewer decided.
    Reviewed(ReviewDecision),
    /// A reviewer accepted, and what was accepted is not what would take effect any more: it waits again.
    FoundChanged {
        /// When.
        at: UtcTime,
        /// The rules that fire now; maybe none.
        rules: Vec<RuleFired>,
        /// The name of the reviewer whose decision is void.
        reviewer: String,
        /// What changed, a sentence each.
        changed: Vec<String>,
    },
    /// A reviewer decided, who may decide it no more when that is to take effect: it waits for another one.
    ReviewerBarred {
        /// When.
        at: UtcTime,
        /// The name of the reviewer whose decision is void.
        reviewer: String,
        /// Why they may not, a sentence.
        why: String,
    },
    /// A file that was sent to be checked only was checked.
    Checked {
        /// When.
        at: UtcTime,
        /// What would have become of it.
        would_be: WouldBe,
        /// The rules that would have made it wait.
        rules: Vec<RuleFired>,
    },
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
            | Self::JudgedAgain { at, .. }
            | Self::Accepted { at }
            | Self::FoundChanged { at, .. }
            | Self::ReviewerBarred { at, .. }
            | Self::Checked { at, .. }
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
            Self::JudgedAgain { .. } => "it is judged again",
            Self::Reviewed(_) => "a reviewer decides",
            Self::FoundChanged { .. } => "it is found changed after it was accepted",
            Self::ReviewerBarred { .. } => "its reviewer may decide it no more",
            Self::Checked { .. } => "it is checked without effect",
            Self::Accepted { .. } => "it is accepted",
            Self::Refused { .. } => "it is refused",
        }
    }
}
