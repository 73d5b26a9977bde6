//! Defects that only the service can see: of a submission beside what was announced, and beside what its records hold.

use super::code::finding_codes;
use super::file_defects::grouped;
use super::{Describe, FindingCode};
use crate::identifiers::{Eui64, FileKind, QuarantineEventRef, SubmissionId};
use crate::instant::UtcTime;

finding_codes! {
    UPLOAD_DIFFERS = Error "upload-differs", "What arrived is not what was announced",
        "The length and digest of a file are announced before it is uploaded, and checked again when it has arrived.";
    TOO_MANY_EVENTS = Error "too-many-events", "The file names too many quarantine events",
        "All decisions of a file take effect at once, which is possible for a limited number of events.";
    TOO_MANY_USER_IDS_DECIDED = Error "too-many-user-ids-decided", "The file decides for too many User IDs",
        "All decisions of a file take effect at once, which is possible for a limited number of User IDs.";
    EVENT_CHANGED = Error "event-changed", "The quarantine event changed while the file was read",
        "Somebody else decided about communications of the same event at the same moment.";
    OTHER_KIND = Error "other-kind", "The file is of another kind than was announced",
        "Each kind of file has its own columns, and is announced by its kind before it is uploaded.";
    STATEMENT_TOO_LARGE = Error "statement-too-large", "A User ID has too many rows",
        "The thresholds and exceptions of a User ID are kept together, in a record of limited size.";
    STATEMENTS_TOO_LARGE = Error "statements-too-large", "The file changes more than can take effect at once",
        "All thresholds of a file take effect at once, which is possible for a limited number of changes.";
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
    /// Communications of more User IDs than one file may decide.
    TooManyUserIds {
        /// How many there are.
        user_ids: usize,
        /// How many there may be.
        most: usize,
    },
    /// The event is not as it was when the rows were checked.
    EventChanged {
        /// Which one.
        event: QuarantineEventRef,
    },
    /// What is known is of the other kind of file.
    OtherKind {
        /// What the file was read as.
        kind: FileKind,
    },
    /// More rows than the record of a User ID can hold.
    StatementTooLarge {
        /// Whose thresholds.
        user_id: Eui64,
    },
    /// All User IDs together change more than one transaction can hold.
    StatementsTooLarge,
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
            Self::TooManyUserIds { .. } => &TOO_MANY_USER_IDS_DECIDED,
            Self::EventChanged { .. } => &EVENT_CHANGED,
            Self::OtherKind { .. } => &OTHER_KIND,
            Self::StatementTooLarge { .. } => &STATEMENT_TOO_LARGE,
            Self::StatementsTooLarge => &STATEMENTS_TOO_LARGE,
            Self::RefusedBefore { .. } => &REFUSED_BEFORE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UploadDiffers { announced, arrived } if announced != arrived => {
                format!("{} bytes were announced, and {} arrived.", grouped(*announced), grouped(*arrived))
            }
            Self::UploadDiffers { .. } => {
                "What arrived has another SHA-256 than was announced.".to_owned()
            }
            Self::TooManyEvents { events, most } => {
                format!(
                    "The file names {events} quarantine events; at most {most} can be decided at once."
                )
            }
            Self::TooManyUserIds { user_ids, most } => format!(
                "The file decides communications of {user_ids} User IDs; those of at most {most} can be decided at once."
            ),
            Self::EventChanged { event } => {
                format!("Event {event} changed while the file was being checked.")
            }
            Self::OtherKind { kind } => format!("The file was read as an {}.", kind.name()),
            Self::StatementTooLarge { user_id } => {
                format!(
                    "{user_id} has more thresholds and exceptions than can be kept for one User ID."
                )
            }
            Self::StatementsTooLarge => {
                "The User IDs of the file together have more changed rows than can be recorded at once.".to_owned()
            }
            Self::RefusedBefore {
                submission,
                refused_at,
            } => {
                format!(
                    "A reviewer refused this file on {}, as submission {submission}, and it has not been signed again since.",
                    refused_at.in_words()
                )
            }
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::UploadDiffers { .. } | Self::EventChanged { .. } => {
                "Send the file again.".to_owned()
            }
            Self::TooManyUserIds { .. } => {
                "Split the file by User ID, and send the parts.".to_owned()
            }
            Self::OtherKind { .. } => "Send it as what it is.".to_owned(),
            Self::TooManyEvents { .. } => "Split the file by event, and send the parts.".to_owned(),
            Self::StatementTooLarge { .. } => {
                "Leave out exceptions that are not needed yet, and let thresholds start on acceptance.".to_owned()
            }
            Self::StatementsTooLarge => {
                "Send the User IDs in several files, each with all the rows of those that it names.".to_owned()
            }
            Self::RefusedBefore { .. } => {
                "Correct the file, or have an Authorised Responsible Officer sign it again, so that it is a new decision."
                    .to_owned()
            }
        }
    }
}
