//! What becomes of a row of a Report File.

use crate::identifiers::{Action, Eui64, Srv};
use crate::instant::UtcTime;
use crate::quarantine::Breach;

/// What becomes of one row. Only a new one changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowAnswer {
    /// The communication is held from now on.
    New,
    /// It was reported before, just so: reports come twice, out of order and in parts. It is held, and nothing changes.
    Known,
    /// It was reported before, just so, and is decided. Nothing changes.
    Decided(Action),
    /// It was reported before, decided or not, with these details. The row is refused.
    OtherDetails {
        /// The service that was reported.
        srv: Srv,
        /// Since when it is held.
        quarantined_at: UtcTime,
    },
    /// No organisation has the User ID. The row is refused.
    UnknownUserId,
    /// The event is one of this User ID, and the row is not. The row is refused.
    OtherUserId(Eui64),
    /// The event has this breach, and the row has not. The row is refused.
    OtherBreach(Breach),
}

/// A row of a Report File, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnsweredRow {
    /// The line of the file, from 1, on which the row starts.
    pub line: u64,
    /// What becomes of it.
    pub answer: RowAnswer,
}

/// How many rows of a Report File have which answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerCounts {
    /// Held from now on.
    pub new: u64,
    /// Held before.
    pub known: u64,
    /// Decided before.
    pub decided: u64,
    /// Refused, for whatever reason.
    pub refused: u64,
}

impl AnswerCounts {
    /// One more row.
    pub const fn add(&mut self, answer: RowAnswer) {
        match answer {
            RowAnswer::New => self.new += 1,
            RowAnswer::Known => self.known += 1,
            RowAnswer::Decided(_) => self.decided += 1,
            RowAnswer::OtherDetails { .. }
            | RowAnswer::UnknownUserId
            | RowAnswer::OtherUserId(_)
            | RowAnswer::OtherBreach(_) => self.refused += 1,
        }
    }

    /// All rows.
    pub const fn total(&self) -> u64 {
        self.new + self.known + self.decided + self.refused
    }
}
