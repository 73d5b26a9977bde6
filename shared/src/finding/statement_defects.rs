//! Defects of a statement of thresholds beside the one in force, and of when it was signed.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{Eui64, FileKind, SubmissionId};
use crate::instant::UtcTime;

finding_codes! {
    NOT_NEWER = Error "statement-not-newer", "The file was signed before the one in force",
        "Each accepted ADT file replaces the one before it, in the order in which they were signed. One that was signed no \
         later than the one in force is an old file sent again, by mistake or by somebody who wants old thresholds back.";
    SIGNED_LONG_AGO = Error "signed-too-long-ago", "The file was signed too long ago",
        "An ADT file is sent within days of being signed, an Exit Quarantine file within a day, so that nobody can keep a \
         signed file back and send it when it suits them.";
    SIGNED_AHEAD = Error "signed-in-the-future", "The signing time lies in the future",
        "The clock of the computer that signed was wrong. A signing time in the future would hold up every file signed after it.";
}

/// What can be wrong with a statement of thresholds beside the one in force, and with when it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementDefect {
    /// Signed no later than the statement in force.
    NotNewer {
        /// Whose thresholds.
        user_id: Eui64,
        /// When this one was signed.
        signed_at: UtcTime,
        /// When the one in force was signed.
        latest: UtcTime,
        /// The submission that brought the one in force.
        submission: SubmissionId,
    },
    /// Signed longer ago than the profile allows for the kind of file.
    SignedLongAgo {
        /// When.
        signed_at: UtcTime,
        /// How many hours are allowed.
        hours: u32,
        /// Which file it is.
        kind: FileKind,
    },
    /// Signed further ahead of the service's clock than the profile allows.
    SignedAhead {
        /// When.
        signed_at: UtcTime,
        /// When the service received it.
        received_at: UtcTime,
        /// How many minutes are allowed.
        minutes: u32,
    },
}

impl Describe for StatementDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::NotNewer { .. } => &NOT_NEWER,
            Self::SignedLongAgo { .. } => &SIGNED_LONG_AGO,
            Self::SignedAhead { .. } => &SIGNED_AHEAD,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NotNewer {
                user_id,
                signed_at,
                latest,
                submission,
            } => format!(
                "The file was signed on {}, no later than {}, when the statement in force for User ID {user_id} was signed \
                 (submission {submission}).",
                signed_at.in_words_with_seconds(),
                latest.in_words_with_seconds()
            ),
            Self::SignedLongAgo {
                signed_at,
                hours,
                kind,
            } => format!(
                "The file was signed on {}, more than {} ago, the most for an {}.",
                signed_at.in_words(),
                in_words(*hours),
                kind.name()
            ),
            Self::SignedAhead {
                signed_at,
                received_at,
                minutes,
            } => format!(
                "The file says that it was signed on {}, more than {minutes} minutes after it arrived, on {}.",
                signed_at.in_words_with_seconds(),
                received_at.in_words_with_seconds()
            ),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::NotNewer { latest, .. } => {
                return format!(
                    "Check that the thresholds are the ones you want, then sign the file again, later than {}. If \
                     that lies ahead, the clock of the machine that signed the statement in force was wrong: wait until \
                     then.",
                    latest.in_words_with_seconds()
                );
            }
            Self::SignedLongAgo { .. } => "Sign the file again.",
            Self::SignedAhead { .. } => {
                "Correct the clock of the computer that signs, then sign the file again."
            }
        }
        .to_owned()
    }
}

/// "7 days", or "24 hours" where it is no more than a day.
fn in_words(hours: u32) -> String {
    if hours > 24 && hours.is_multiple_of(24) {
        format!("{} days", hours / 24)
    } else {
        format!("{hours} hours")
    }
}
