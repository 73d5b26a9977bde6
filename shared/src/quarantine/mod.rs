//! Quarantine: what is held and why, pages of held communications, decisions about them, and the checks of Exit Quarantine Files and Report
//! Files against them.

mod deadlines;
mod decisions;
mod event;
mod event_growth;
mod exit_check;
mod exit_faults;
mod held_event;
mod held_json;
mod page;
mod page_codec;
mod page_walk;
mod report_answer;
mod report_check;
mod report_warnings;
mod srv_tally;
mod user_id_owners;

pub use deadlines::{Deadline, Deadlines, Reminder};
pub use decisions::{CannotDecide, Deciding, DecisionsDamage, PageDecisions, PageShare};
pub use event::{
    Breach, BreachError, Counts, HeldCommunication, HeldState, QuarantineEvent, SrvCounts,
};
pub use event_growth::EventGrowth;
pub use exit_check::{EventCheck, ExitCheck, PageChange, check_exit};
pub use held_event::{DecidedPage, HeldEvent, HeldEvents};
pub use page::{HeldPage, HeldPageError, PAGE_ROWS};
pub use page_codec::HeldPageDamage;
pub use report_answer::{AnswerCounts, AnsweredRow, RowAnswer};
pub use report_check::{EventOutcome, ReportCheck, ReportedEvent, check_report};
pub use user_id_owners::UserIdOwners;
