//! Defects that only the service can see: of a submission beside what was announced, and beside what its records hold.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{Eui64, SubmissionId};
use crate::instant::UtcTime;

finding_codes! {
    UPLOAD_DIFFERS = Error "upload-differs", "What arrived is not what was announced",
        "The length and digest of a file are announced before it is uploaded, and checked again when it has arrived.";
    TOO_MANY_EVENTS = Error "too-many-events", "The file names too many quarantine events",
        "All decisions of a file take effect at once, which is possible for a limited number of events.";
    STATEMENT_TOO_LARGE = Error "statement-too-large", "A User ID has too many rows",
        "The thresholds and exceptions of a User ID are kept together, in a record of limited size.";
    REFUSED_BEFORE = Error "refused-before", "A reviewer refused the file, and it was not signed again",
        "What a reviewer refused comes back only as a new decision of an Authorised Responsible Officer: with a signature made after the refusal.";
}

/// What can be wrong with a submission beside what was announced and what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordDefect {
    /// Another length or SHA-256 than announced.
    UploadDiffers {
        /// Announced length in bytes.
        announced: u64,
        /// Bytes that arrived.
        arrived: u64,
    },
    /// More quarantine events than one file may decide.
    TooManyEvents {
        /// How many it names.
        events: usize,
        /// How many it may name.
        most: usize,
    },
    /// More rows than the record of a User ID can hold.
    StatementTooLarge {
        /// Whose thresholds.
        user_id: Eui64,
    },
    /// A reviewer refused the same file, and its signature is from before that.
    RefusedBefore {
        /// The submission that was refused.
        submission: SubmissionId,
        /// When.
        refused_at: UtcTime,
    },
}

impl Describe for RecordDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::UploadDiffers { .. } => &UPLOAD_DIFFERS,
            Self::TooManyEvents { .. } => &TOO_MANY_EVENTS,
            Self::StatementTooLarge { .. } => &STATEMENT_TOO_LARGE,
            Self::RefusedBefore { .. } => &REFUSED_BEFORE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UploadDiffers { announced, arrived } if announced != arrived => {
                format!("{announced} bytes were announced, and {arrived} arrived.")
            }
            Self::UploadDiffers { .. } => {
                "What arrived has another SHA-256 than was announced.".to_owned()
            }
            Self::TooManyEvents { events, most } => {
                format!(
                    "The file names {events} quarantine events; at most {most} can be decided at once."
                )
            }
            Self::StatementTooLarge { user_id } => {
                format!(
                    "{user_id} has more thresholds and exceptions than can be kept for one User ID."
                )
            }
            Self::RefusedBefore {
                submission,
                refused_at,
            } => {
                format!(
                    "A reviewer refused this file at {refused_at}, as submission {submission}, and it has not been signed \
                     again since."
                )
            }
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::UploadDiffers { .. } => "Send the file again.".to_owned(),
            Self::TooManyEvents { .. } => "Split the file by event, and send the parts.".to_owned(),
            Self::StatementTooLarge { .. } => {
                "Leave out exceptions that are not needed yet.".to_owned()
            }
            Self::RefusedBefore { .. } => {
                "Correct the file, or have an Authorised Responsible Officer sign it again, so that it is a new decision."
                    .to_owned()
            }
        }
    }
}
