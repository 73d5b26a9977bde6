//! What rows have in common that each name a held communication.

use crate::finding::RowsDiffer;
use crate::identifiers::{QuarantineEventRef, RequestId};

/// A row that says something of one held communication.
pub trait CommunicationRow: Copy + PartialEq {
    /// What it says beside the communication's name, as small as it can be kept: there may be a million.
    type Details: Copy + std::fmt::Debug;

    /// The quarantine event.
    fn event(&self) -> QuarantineEventRef;

    /// The communication.
    fn request(&self) -> RequestId;

    /// The line of the file, from 1, on which the row starts.
    fn line(&self) -> u64;

    /// What it says of the communication.
    fn details(&self) -> Self::Details;

    /// The row that says this of a communication.
    fn unpack(event: QuarantineEventRef, request: RequestId, details: Self::Details) -> Self;

    /// How it differs from another row of the same communication.
    fn difference(&self, other: &Self) -> RowsDiffer;
}
