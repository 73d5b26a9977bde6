//! Adapters to DynamoDB, one for each aggregate, each with its own table. What belongs to an organisation lies in partitions whose keys begin
//! with it (`partition.rs`).
//!
//! Every state change is a conditional write; a change of several items is one transaction. Reads that a decision rests
//! on are strongly consistent; lists come from indexes and may be a moment behind.
mod activity;
mod announcements;
mod chunks;
mod create;
mod cursor;
mod decisions;
mod directory;
mod directory_beginning;
mod directory_changes;
mod error;
mod history_place;
mod item;
mod listed_at;
mod not_written;
mod owner;
mod page;
mod partition;
mod pause;
mod quarantine;
mod requests;
mod reviewing;
mod submissions;
mod thresholds;
mod transaction;
mod visits;

pub(crate) use activity::NEEDS as ACTIVITY_NEEDS;
pub use activity::{Activity, ActivityPage, ActivityPlace, RecordKey};
pub(crate) use announcements::NEEDS as ANNOUNCEMENTS_NEEDS;
pub use announcements::{
    Announcement, Announcements, Changes, Correction, Spender, StartKeys, Started,
};
pub use create::create_missing;
pub use cursor::{Cursor, List, Listed};
pub(crate) use decisions::NEEDS as DECISIONS_NEEDS;
pub use decisions::{Decisions, TakenDecision};
pub(crate) use directory::NEEDS as DIRECTORY_NEEDS;
pub use directory::{Directory, OrganisationRecord};
pub use directory_changes::{SignedChange, Standing};
pub use error::{StoreError, Unreadable};
pub use history_place::HistoryPlace;
pub(crate) use listed_at::listed_at;
pub use not_written::NotWritten;
pub use page::Page;
pub(crate) use partition::Partition;
pub(crate) use pause::pause_before;
pub(crate) use quarantine::NEEDS as QUARANTINE_NEEDS;
pub use quarantine::{PageWrite, Quarantine};
pub(crate) use requests::NEEDS as REQUESTS_NEEDS;
pub use requests::{Asked, Requests, TakenAnswer, TakenRequest};
pub(crate) use reviewing::NEEDS as REVIEWING_NEEDS;
pub use reviewing::{Held, Reviewing};
pub(crate) use submissions::NEEDS as SUBMISSIONS_NEEDS;
pub use submissions::{Judged, SignedForm, SubmissionRecord, Submissions};
pub(crate) use thresholds::NEEDS as THRESHOLDS_NEEDS;
pub use thresholds::{Accepted, Thresholds};
pub use transaction::Transaction;
pub use visits::{Visited, Visits};
