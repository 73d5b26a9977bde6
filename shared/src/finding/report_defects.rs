//! Defects of the content of a Report File.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::Eui64;
use crate::instant::UtcTime;

finding_codes! {
    NOT_ORIGINATOR = Error "user-id-not-originator", "The User ID is not the one that sent the communication",
        "A communication is held against the User ID that sent it, and its Request ID starts with that User ID.";
    SEVERAL_USER_IDS = Error "event-of-several-user-ids", "A quarantine event is reported for two User IDs",
        "One reference groups the communications of one breach, and a breach is of one User ID.";
    SEVERAL_BREACHES = Error "event-of-several-breaches", "A quarantine event is reported with two breaches",
        "One reference groups the communications of one breach: each row of it names the same.";
    BREACH = Error "unknown-breach", "A value is not the name of a breach",
        "A breach has the name of the DCC Alert that tells of it: ADUserThresholdBreach, ADDCCThresholdBreach or ADAttributeLimitsBreach.";
    HELD_AHEAD = Error "quarantined-in-the-future", "A communication is held from a time that lies in the future",
        "QuarantinedAt says since when a communication is held; deadlines run from there. A time in the future comes from a clock that was wrong.";
}

/// What can be wrong with the content of a Report File.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportDefect {
    /// The User ID is not the originator in the Request ID.
    NotOriginator {
        /// The User ID.
        user_id: Eui64,
        /// The originator.
        originator: Eui64,
    },
    /// An earlier row has the event with another User ID.
    SeveralUserIds {
        /// That User ID.
        user_id: Eui64,
        /// That row's line.
        first: u64,
    },
    /// An earlier row has the event with another breach.
    SeveralBreaches {
        /// The name of that breach.
        breach: &'static str,
        /// That row's line.
        first: u64,
    },
    /// Not a breach; the name that may be meant.
    UnknownBreach(Option<&'static str>),
    /// Held from a time after the file arrived, by more than clocks may differ.
    HeldAhead {
        /// When the service received the file.
        received_at: UtcTime,
        /// How many minutes clocks may differ.
        minutes: u32,
    },
}

impl Describe for ReportDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::NotOriginator { .. } => &NOT_ORIGINATOR,
            Self::SeveralUserIds { .. } => &SEVERAL_USER_IDS,
            Self::SeveralBreaches { .. } => &SEVERAL_BREACHES,
            Self::UnknownBreach(_) => &BREACH,
            Self::HeldAhead { .. } => &HELD_AHEAD,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NotOriginator {
                user_id,
                originator,
            } => format!("The User ID is {user_id}, but the Request ID starts with {originator}."),
            Self::SeveralUserIds { user_id, first } => {
                format!("On line {first} the same event is one of User ID {user_id}.")
            }
            Self::SeveralBreaches { breach, first } => {
                format!("On line {first} the same event has the breach {breach}.")
            }
            Self::UnknownBreach(_) => "The value is not the name of a breach.".to_owned(),
            Self::HeldAhead {
                received_at,
                minutes,
            } => format!(
                "The time is more than {minutes} minutes after the file arrived, on {}.",
                received_at.in_words_with_seconds()
            ),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::NotOriginator { .. } => {
                "Take User ID and Request ID from the same communication."
            }
            Self::SeveralUserIds { .. } => {
                "Give the communications of each User ID an event reference of their own."
            }
            Self::SeveralBreaches { .. } => {
                "Give the communications of each breach an event reference of their own."
            }
            Self::UnknownBreach(Some(meant)) => return format!("Write {meant}, exactly so."),
            Self::UnknownBreach(None) => {
                "Write ADUserThresholdBreach, ADDCCThresholdBreach or ADAttributeLimitsBreach."
            }
            Self::HeldAhead { .. } => {
                "Correct the clock of the system that holds communications, then make the report again."
            }
        }
        .to_owned()
    }
}
