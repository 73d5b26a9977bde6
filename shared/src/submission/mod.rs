//! The life of a submission: its states, what may happen to it, and nothing else.

mod event;
mod review;
mod state;
mod transition;

pub use event::SubmissionEvent;
pub use review::{Decision, ReviewDecision, ReviewReason, ReviewReasonError, VoidDecision};
pub use state::{StateName, SubmissionState, UPLOAD_WAIT, WouldBe};
pub use transition::{WrongEvent, transition};
