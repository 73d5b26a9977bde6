//! What there is to say of a Report File beside what is held. None of it keeps the other rows from counting: all are warnings.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::{Action, Eui64, OrganisationId, QuarantineEventRef, RequestId, Srv};
use crate::instant::UtcTime;

finding_codes! {
    UNKNOWN_USER_ID = Warning "unknown-user-id", "No organisation has the User ID",
        "Nobody could decide about a communication of a User ID that is nobody's, so the row was left out. The other rows of the report count.";
    OTHERWISE = Warning "reported-otherwise", "A communication was reported with other details before",
        "What is held stays as it was reported first: people may have decided by it. The row was left out; the other rows of the report count.";
    AFTER_DECISION = Warning "reported-after-decision", "A communication is decided already",
        "A report may come late, or twice. The decision counts, and the row changes nothing.";
    OTHER_USER_ID = Warning "event-of-another-user-id", "The quarantine event is one of another User ID",
        "A reference names one breach of one User ID for good. The row was left out; the rows of other events count.";
    OTHER_BREACH = Warning "event-of-another-breach", "The quarantine event has another breach",
        "An event has the breach with which it was opened, and another breach has a reference of its own. The row was left out; the rows of other events count.";
    MOVED = Warning "event-of-moved-user-id", "The User ID belongs to another organisation now",
        "An event stays with the organisation that it was opened for, with all that is added to it. New events go to the organisation that has the User ID now.";
}

/// What there is to say of a Report File beside what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportedDefect {
    /// No organisation has the User ID.
    UnknownUserId(Eui64),
    /// The communication was reported before, as of another service, or as held since another time.
    Otherwise {
        /// The event.
        event: QuarantineEventRef,
        /// The service that was reported before, and the one of the row.
        srvs: (Srv, Srv),
        /// The time that was reported before, and the one of the row.
        times: (UtcTime, UtcTime),
    },
    /// The communication is decided.
    AfterDecision {
        /// The event.
        event: QuarantineEventRef,
        /// The communication.
        request: RequestId,
        /// What was decided.
        action: Action,
    },
    /// The event is there, and of another User ID than the row.
    OtherUserId {
        /// The event.
        event: QuarantineEventRef,
        /// The User ID of the event.
        user_id: Eui64,
    },
    /// The event is there, and has another breach than the row.
    OtherBreach {
        /// The event.
        event: QuarantineEventRef,
        /// The name of the event's breach.
        breach: &'static str,
    },
    /// The event grew, and its User ID is another organisation's by now.
    Moved {
        /// The event.
        event: QuarantineEventRef,
        /// Its User ID.
        user_id: Eui64,
        /// Whose the event is.
        organisation: OrganisationId,
        /// Whose the User ID is.
        now: OrganisationId,
    },
}

impl Describe for ReportedDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::UnknownUserId(_) => &UNKNOWN_USER_ID,
            Self::Otherwise { .. } => &OTHERWISE,
            Self::AfterDecision { .. } => &AFTER_DECISION,
            Self::OtherUserId { .. } => &OTHER_USER_ID,
            Self::OtherBreach { .. } => &OTHER_BREACH,
            Self::Moved { .. } => &MOVED,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UnknownUserId(user_id) => {
                format!("No organisation has the User ID {user_id}. The row was left out.")
            }
            Self::Otherwise { event, srvs, times } => {
                let (held, written) = match (srvs.0 == srvs.1, times.0 == times.1) {
                    (true, _) => (format!("since {}", times.0), format!("since {}", times.1)),
                    (_, true) => (format!("as {}", srvs.0), format!("as {}", srvs.1)),
                    _ => (
                        format!("as {} since {}", srvs.0, times.0),
                        format!("as {} since {}", srvs.1, times.1),
                    ),
                };
                format!(
                    "Event {event} has the communication {held}, and the row has it {written}. The row was left out."
                )
            }
            Self::AfterDecision {
                event,
                request,
                action,
            } => format!(
                "Communication {request} of event {event} was {} already. Nothing changes.",
                match action {
                    Action::Release => "released",
                    Action::Delete => "deleted",
                }
            ),
            Self::OtherUserId { event, user_id } => {
                format!("Event {event} is one of User ID {user_id}. The row was left out.")
            }
            Self::OtherBreach { event, breach } => {
                format!("Event {event} has the breach {breach}. The row was left out.")
            }
            Self::Moved {
                event,
                user_id,
                organisation,
                now,
            } => format!(
                "User ID {user_id} belongs to {now} now. Event {event} stays with {organisation}, for which it was opened."
            ),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::UnknownUserId(_) => {
                "Register the User ID, then report the communication again."
            }
            Self::Otherwise { .. } => {
                "Compare the two. If the row is right, settle with the User what is to become of the communication."
            }
            Self::AfterDecision { .. } => {
                "Nothing has to be done. If the communication is still held, look at what became of the decision."
            }
            Self::OtherUserId { .. } | Self::OtherBreach { .. } => {
                "Report the communication with the reference of its own event."
            }
            Self::Moved { .. } => {
                "Report what is held from now on with a new reference, if the new organisation is to decide about it."
            }
        }
        .to_owned()
    }
}
