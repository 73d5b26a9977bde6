//! The life of a submission: its states, what may happen to it, and nothing else.

mod event;
mod review;
mod same_file;
mod state;
mod state_fields;
mod transition;

pub use crate::identifiers::{ReviewReason, ReviewReasonError};
pub use event::SubmissionEvent;
pub use review::{Decision, ReviewDecision, VoidDecision};
pub use same_file::is_same_submission;
pub use state::{StateName, SubmissionState, UPLOAD_WAIT, WouldBe};
pub use transition::{WrongEvent, transition};
