//! The rows of a Report File.

use super::communication_row::CommunicationRow;
use super::communication_rows::CommunicationRows;
use crate::finding::RowsDiffer;
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId, Srv};
use crate::instant::UtcTime;
use crate::quarantine::{Breach, HeldCommunication};

/// A row of a Report File: one communication that is held, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportRow {
    /// The line of the file, from 1, on which the row starts.
    pub line: u64,
    /// The quarantine event.
    pub event: QuarantineEventRef,
    /// The communication. Its originator is the User ID of the row: a row where the two differ is no row.
    pub request: RequestId,
    /// What it asks for.
    pub srv: Srv,
    /// Why it is held.
    pub breach: Breach,
    /// Since when.
    pub quarantined_at: UtcTime,
}

/// The rows of a Report File: 64 bytes each.
pub type ReportRows = CommunicationRows<ReportRow>;

/// What a [`ReportRow`] says beside its communication.
#[derive(Clone, Copy, Debug)]
pub struct ReportDetails {
    pub(super) line: u64,
    pub(super) quarantined_at: UtcTime,
    pub(super) srv: Srv,
    pub(super) breach: Breach,
}

impl ReportRow {
    /// Whose communication it is.
    pub fn user_id(&self) -> Eui64 {
        self.request.originator
    }

    /// The communication as a page of its event keeps it.
    pub fn held(&self) -> HeldCommunication {
        HeldCommunication {
            request: self.request,
            srv: self.srv,
            quarantined_at: self.quarantined_at,
        }
    }
}

impl CommunicationRow for ReportRow {
    type Details = ReportDetails;

    fn event(&self) -> QuarantineEventRef {
        self.event
    }

    fn request(&self) -> RequestId {
        self.request
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn details(&self) -> ReportDetails {
        ReportDetails {
            line: self.line,
            quarantined_at: self.quarantined_at,
            srv: self.srv,
            breach: self.breach,
        }
    }

    fn unpack(event: QuarantineEventRef, request: RequestId, details: ReportDetails) -> Self {
        Self {
            line: details.line,
            event,
            request,
            srv: details.srv,
            breach: details.breach,
            quarantined_at: details.quarantined_at,
        }
    }

    fn difference(&self, other: &Self) -> RowsDiffer {
        if (self.held(), self.breach) == (other.held(), other.breach) {
            RowsDiffer::No
        } else {
            RowsDiffer::Details
        }
    }
}
