//! Quarantine: what is held and why, pages of held communications, decisions about them, and the check of an
//! Exit Quarantine file against them.

mod deadlines;
mod decisions;
mod event;
mod exit_check;
mod exit_faults;
mod held_event;
mod held_json;
mod page;
mod page_codec;
mod page_walk;
mod srv_tally;

pub use deadlines::{Deadline, Deadlines, Reminder};
pub use decisions::{CannotDecide, Deciding, DecisionsDamage, PageDecisions, PageShare};
pub use event::{
    Breach, BreachError, Counts, HeldCommunication, HeldState, QuarantineEvent, SrvCounts,
};
pub use exit_check::{EventCheck, ExitCheck, PageChange, check_exit};
pub use held_event::{DecidedPage, HeldEvent, HeldEvents};
pub use page::{HeldPage, HeldPageError, PAGE_ROWS};
pub use page_codec::HeldPageDamage;
