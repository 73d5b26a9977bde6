//! Defects of the content of an ADT file.

use super::code::finding_codes;
use super::file_defects::grouped;
use super::{Describe, FindingCode};
use crate::identifiers::{Eui64, Srv, SrvOrAll, UserRole};
use crate::period::Period;

finding_codes! {
    FOREIGN_USER_ID = Error "foreign-user-id", "A User ID is not one of yours",
        "An organisation sets thresholds for its own User IDs only. Check the digits; a new User ID must be registered first.";
    TOO_MANY_USER_IDS = Error "too-many-user-ids", "The file names too many User IDs",
        "Split the file, so that each part has all the rows of the User IDs that it names.";
    ROLE = Error "role-may-not-send", "The User ID's role may not send this service",
        "Each service may be sent by some User Roles only. A threshold for one that cannot be sent is probably on the wrong User ID.";
    PERIOD = Error "unknown-period", "A period is not known",
        "Communications are counted by the hour (PT1H), the day (P1D) or the week from Monday 00:00 UTC (P7D).";
    NEGATIVE = Error "negative-threshold", "A threshold is negative",
        "A threshold is a whole number from 0.";
    FRACTION = Error "fractional-threshold", "A threshold is not a whole number",
        "Thresholds count communications, so they have no fraction.";
    TOO_LARGE = Error "threshold-too-large", "A threshold is too large",
        "The number is far above all that could ever be sent. A threshold is meant to be reached when something goes wrong.";
    THRESHOLD_FORM = Error "threshold-form", "A threshold is not a plain whole number",
        "Thresholds are written in digits only: no commas, spaces, signs or words, and no zeros in front.";
    WARNING_ABOVE = Error "warning-above-quarantine", "A warning threshold is above its quarantine threshold",
        "People are told when the warning threshold is passed, so that they can act before communications are quarantined. It must not be the higher of the two.";
    DATE_PAST = Error "date-past", "A date is in the past",
        "Thresholds take effect from now on at the earliest. Leave EffectiveFrom empty to have them take effect on acceptance.";
    FAR_AHEAD = Error "date-far-ahead", "A date is more than 50 years ahead",
        "Dates such as 31 December 9999 stand for \"no end\" in many programs. Here an empty EffectiveTo does: such a row is a standing threshold, and any date there makes it an exception.";
    INTERVAL = Error "interval-empty", "An exception ends before it starts",
        "EffectiveTo must be later than EffectiveFrom.";
    DUPLICATE = Error "duplicate-threshold", "A threshold is there twice",
        "There is one standing row for each User ID, service and period; of two, nobody can say which counts. A row with EffectiveTo is an exception instead.";
    OVERLAP = Error "overlapping-exceptions", "Two exceptions overlap",
        "Exceptions of one User ID, service and period may follow one another, but not overlap: at any time one number counts.";
    MISSING_SERVICE = Error "missing-service", "A User ID lacks thresholds for a service",
        "An ADT file is the complete statement of each User ID that it names: every critical service that its roles may send needs a standing row.";
}

/// What can be wrong with the content of an ADT file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdtDefect {
    /// Not a User ID of the sender.
    ForeignUserId(Eui64),
    /// More User IDs than this.
    TooManyUserIds(usize),
    /// The User ID's roles may not send it.
    RoleMayNotSend {
        /// The service.
        srv: Srv,
        /// Its name.
        name: String,
        /// The User ID's roles.
        roles: Vec<UserRole>,
    },
    /// Not a period; the one that may be meant.
    UnknownPeriod(Option<Period>),
    /// Below zero.
    NegativeThreshold,
    /// Not whole.
    FractionalThreshold,
    /// Above this limit.
    ThresholdTooLarge(u64),
    /// Not a plain number.
    ThresholdForm,
    /// The warning threshold is the higher one.
    WarningAboveQuarantine {
        /// The warning threshold.
        warning: u64,
        /// The quarantine threshold.
        quarantine: u64,
    },
    /// `EffectiveFrom` lies in the past.
    StartPast,
    /// `EffectiveTo` does.
    EndPast,
    /// A start that far ahead is none.
    StartFarAhead,
    /// An end that stands for "no end".
    EndFarAhead,
    /// The end is not after the start.
    IntervalEmpty,
    /// A second standing row of one key.
    Duplicate {
        /// The key's User ID.
        user_id: Eui64,
        /// The key's service.
        srv: SrvOrAll,
        /// The key's period.
        period: Period,
        /// The line of the first one.
        first: u64,
    },
    /// An exception that overlaps the one on this line.
    OverlappingExceptions(u64),
    /// A required service without a standing row.
    MissingService {
        /// Whose.
        user_id: Eui64,
        /// Which.
        srv: Srv,
        /// Its name.
        name: String,
    },
}

impl Describe for AdtDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::ForeignUserId(_) => &FOREIGN_USER_ID,
            Self::TooManyUserIds(_) => &TOO_MANY_USER_IDS,
            Self::RoleMayNotSend { .. } => &ROLE,
            Self::UnknownPeriod(_) => &PERIOD,
            Self::NegativeThreshold => &NEGATIVE,
            Self::FractionalThreshold => &FRACTION,
            Self::ThresholdTooLarge(_) => &TOO_LARGE,
            Self::ThresholdForm => &THRESHOLD_FORM,
            Self::WarningAboveQuarantine { .. } => &WARNING_ABOVE,
            Self::StartFarAhead | Self::EndFarAhead => &FAR_AHEAD,
            Self::StartPast | Self::EndPast => &DATE_PAST,
            Self::IntervalEmpty => &INTERVAL,
            Self::Duplicate { .. } => &DUPLICATE,
            Self::OverlappingExceptions(_) => &OVERLAP,
            Self::MissingService { .. } => &MISSING_SERVICE,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::ForeignUserId(id) => format!("{id} is not a User ID of your organisation."),
            Self::TooManyUserIds(limit) => format!("The file names more than {limit} User IDs."),
            Self::RoleMayNotSend { srv, name, roles } => match roles[..] {
                [] => format!("This User ID has no role, so it may not send {srv} {name}."),
                [role] => format!("A User ID with the role {role} may not send {srv} {name}."),
                _ => format!(
                    "A User ID with the roles {} may not send {srv} {name}.",
                    joined(roles)
                ),
            },
            Self::UnknownPeriod(_) => "The period is not known.".to_owned(),
            Self::NegativeThreshold => "The threshold is negative.".to_owned(),
            Self::FractionalThreshold => "The threshold is not a whole number.".to_owned(),
            Self::ThresholdTooLarge(limit) => {
                format!("The threshold is above {}.", grouped(*limit))
            }
            Self::ThresholdForm => "The threshold is not a plain whole number.".to_owned(),
            Self::WarningAboveQuarantine {
                warning,
                quarantine,
            } => {
                format!(
                    "The warning threshold ({}) is above the quarantine threshold ({}).",
                    grouped(*warning),
                    grouped(*quarantine)
                )
            }
            Self::StartFarAhead => "EffectiveFrom is more than 50 years ahead.".to_owned(),
            Self::EndFarAhead => {
                "EffectiveTo is more than 50 years ahead, as if it stood for no end.".to_owned()
            }
            Self::StartPast => "EffectiveFrom is in the past.".to_owned(),
            Self::EndPast => "EffectiveTo is in the past.".to_owned(),
            Self::IntervalEmpty => "EffectiveTo is not later than EffectiveFrom.".to_owned(),
            Self::Duplicate {
                user_id,
                srv,
                period,
                first,
            } => {
                format!(
                    "{user_id} already has a standing threshold for {srv} and {period}, on line {first}."
                )
            }
            Self::OverlappingExceptions(first) => {
                format!("The exception overlaps the one on line {first}.")
            }
            Self::MissingService { user_id, srv, name } => {
                format!("{user_id} has no standing threshold for {srv} {name}.")
            }
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::ForeignUserId(_) => "Check the User ID, or remove the row.".to_owned(),
            Self::TooManyUserIds(_) => "Split the file by User ID, and send each part.".to_owned(),
            Self::RoleMayNotSend { .. } => {
                "Check the User ID and the service, or remove the row.".to_owned()
            }
            Self::UnknownPeriod(Some(meant)) => format!("Write {meant}."),
            Self::UnknownPeriod(None) => "Write PT1H, P1D or P7D.".to_owned(),
            Self::NegativeThreshold => "Write a whole number from 0.".to_owned(),
            Self::FractionalThreshold => "Write a whole number.".to_owned(),
            Self::ThresholdTooLarge(_) => {
                "Set a threshold that your own traffic could reach.".to_owned()
            }
            Self::ThresholdForm => "Write digits only, without a zero before them, such as 12000.".to_owned(),
            Self::WarningAboveQuarantine { .. } => {
                "Lower the warning, or raise the quarantine threshold.".to_owned()
            }
            Self::StartFarAhead => {
                "Choose a sooner time, or leave EffectiveFrom empty to start on acceptance."
                    .to_owned()
            }
            Self::EndFarAhead => {
                "Leave EffectiveTo empty: the row is then a standing threshold, in force until the next file."
                    .to_owned()
            }
            Self::EndPast => {
                "Choose a later time, or remove the row: what it says would be over.".to_owned()
            }
            Self::StartPast => {
                "Choose a later time, or leave EffectiveFrom empty to start on acceptance."
                    .to_owned()
            }
            Self::IntervalEmpty => "Make EffectiveTo later, or EffectiveFrom earlier.".to_owned(),
            Self::Duplicate { .. } => {
                "Remove one of the two rows, or give one an EffectiveTo.".to_owned()
            }
            Self::OverlappingExceptions(_) => "End one of them before the other starts.".to_owned(),
            Self::MissingService { srv, .. } => {
                format!("Add a row for {srv} without an EffectiveTo.")
            }
        }
    }
}

fn joined(roles: &[UserRole]) -> String {
    roles
        .iter()
        .map(|role| role.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
