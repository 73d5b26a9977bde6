//! Quarantine: what is held and why, pages of held communications, decisions about them, and the check of an
//! Exit Quarantine file against them.

mod deadlines;
mod event;

pub use deadlines::{Deadline, Deadlines, Reminder};
pub use event::{Breach, Counts, HeldCommunication, HeldState, QuarantineEvent, SrvCounts};
