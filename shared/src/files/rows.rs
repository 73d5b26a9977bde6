//! The rows of the files.

use serde::{Deserialize, Serialize};

use super::communication_row::CommunicationRow;
use super::communication_rows::CommunicationRows;
use crate::finding::RowsDiffer;
use crate::identifiers::{Action, Eui64, QuarantineEventRef, RequestId, SrvOrAll};
use crate::instant::UtcTime;
use crate::period::Period;

/// A row of an ADT file: the thresholds of a User ID for a service in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdtRow {
    /// The line of the file, from 1, on which the row starts.
    pub line: u64,
    /// Whose communications are counted.
    pub user_id: Eui64,
    /// Which of them.
    pub srv: SrvOrAll,
    /// Over how long.
    pub period: Period,
    /// People are told above this number. At most `quarantine`.
    pub warning: u64,
    /// What comes above this number is quarantined.
    pub quarantine: u64,
    /// In force from this instant; none: from acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UtcTime>,
    /// In force until just before this instant; none: a standing threshold; given: an exception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UtcTime>,
}

impl AdtRow {
    /// Whether the row is an exception, in force in its interval only.
    pub fn is_exception(&self) -> bool {
        self.to.is_some()
    }
}

/// A row of an Exit Quarantine file: what is to become of one held communication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExitRow {
    /// The line of the file, from 1, on which the row starts.
    pub line: u64,
    /// The quarantine event.
    pub event: QuarantineEventRef,
    /// The communication.
    pub request: RequestId,
    /// What is to become of it.
    pub action: Action,
}

/// The rows of an Exit Quarantine file: 32 bytes each.
pub type ExitRows = CommunicationRows<ExitRow>;

/// What an [`ExitRow`] says beside its communication: the line, times two, plus one for `Delete`.
#[derive(Clone, Copy, Debug)]
pub struct ExitDetails(u64);

impl ExitDetails {
    pub(super) fn new(line: u64, action: Action) -> Self {
        Self(line << 1 | u64::from(action == Action::Delete))
    }
}

impl CommunicationRow for ExitRow {
    type Details = ExitDetails;

    fn event(&self) -> QuarantineEventRef {
        self.event
    }

    fn request(&self) -> RequestId {
        self.request
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn details(&self) -> ExitDetails {
        ExitDetails::new(self.line, self.action)
    }

    fn unpack(event: QuarantineEventRef, request: RequestId, details: ExitDetails) -> Self {
        Self {
            line: details.0 >> 1,
            event,
            request,
            action: if details.0 & 1 == 0 {
                Action::Release
            } else {
                Action::Delete
            },
        }
    }

    fn difference(&self, other: &Self) -> RowsDiffer {
        if self.action == other.action {
            RowsDiffer::No
        } else {
            RowsDiffer::Action
        }
    }
}
