//! Defects of an Exit Quarantine file beside what is held.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{Action, Eui64, QuarantineEventRef, RequestId, SubmissionId};
use crate::instant::UtcTime;

finding_codes! {
    UNKNOWN_EVENT = Error "unknown-event", "Unknown quarantine event",
        "The reference names no quarantine event of your organisation. References have up to 20 digits, and a \
         spreadsheet rounds numbers of more than 15: open the report file as text, or decide in the page.";
    NOT_HELD = Error "not-held", "Communication not held",
        "The quarantine event exists, but holds no communication with this Request ID. Reference and Request ID \
         belong together as they stand side by side in the report file.";
    ALREADY_DECIDED = Error "already-decided", "Communication decided already",
        "A communication is decided once: an earlier submission released or deleted it, and that cannot be changed. \
         Rows that you leave out stay as they are.";
    OTHER_USER = Error "communication-of-another-user", "Communication of another User ID",
        "A quarantine event holds communications of one User ID only, and every Request ID of it starts with that \
         User ID. This one starts with another.";
}

/// What can be wrong with an Exit Quarantine file beside what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldDefect {
    /// The organisation has no such event. Another organisation's event is no other case: it is not given away.
    UnknownEvent {
        /// The reference.
        event: QuarantineEventRef,
    },
    /// The event holds no such communication.
    NotHeld {
        /// The event.
        event: QuarantineEventRef,
        /// The communication.
        request: RequestId,
    },
    /// The communication was decided by another submission.
    AlreadyDecided {
        /// The event.
        event: QuarantineEventRef,
        /// The communication.
        request: RequestId,
        /// What was decided.
        action: Action,
        /// By which submission and when, where that is known.
        by: Option<(SubmissionId, UtcTime)>,
    },
    /// The event is of one User ID, the Request ID of another.
    OtherUser {
        /// The event.
        event: QuarantineEventRef,
        /// The User ID of the event.
        user_id: Eui64,
        /// The originator in the Request ID.
        originator: Eui64,
    },
}

impl Describe for HeldDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::UnknownEvent { .. } => &UNKNOWN_EVENT,
            Self::NotHeld { .. } => &NOT_HELD,
            Self::AlreadyDecided { .. } => &ALREADY_DECIDED,
            Self::OtherUser { .. } => &OTHER_USER,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UnknownEvent { event } => {
                format!("Your organisation has no quarantine event {event}.")
            }
            Self::NotHeld { event, request } => {
                format!("Event {event} holds no communication {request}.")
            }
            Self::AlreadyDecided {
                event,
                request,
                action,
                by,
            } => {
                let done = match action {
                    Action::Release => "released",
                    Action::Delete => "deleted",
                };
                let by = by.map_or(String::new(), |(submission, at)| {
                    format!(" by submission {submission} on {}", at.in_words())
                });
                format!("Communication {request} of event {event} was {done}{by}.")
            }
            Self::OtherUser {
                event,
                user_id,
                originator,
            } => format!(
                "Event {event} holds communications of User ID {user_id}, but this Request ID starts with {originator}."
            ),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::UnknownEvent { .. } => {
                "Copy the reference from the report file as text; all of its digits count.".to_owned()
            }
            Self::NotHeld { .. } => {
                "Copy reference and Request ID from the same row of the report file, or leave the row out.".to_owned()
            }
            Self::AlreadyDecided { .. } => "Leave the row out: a decision counts once.".to_owned(),
            Self::OtherUser { .. } => {
                "Copy reference and Request ID from the same row of the report file.".to_owned()
            }
        }
    }
}
