//! Submissions: what was sent, and what became of it.

mod changes;
mod detail;
mod facts;
mod filter;
mod list;
mod parts;
mod questions;
mod receipt_page;
mod sent_files;
mod typed;
mod words;

pub use changes::{changes_title, exit};
pub use detail::submission_page;
pub use facts::facts;
pub use list::{organisation_field, submissions_page};
pub use parts::{
    decision, effect, findings, not_sent, receipt, rules, stopped, superseded, void_decisions,
};
pub(crate) use questions::questions_of_staff;
pub use receipt_page::receipt_page;
pub(crate) use sent_files::download_here;
pub(crate) use typed::{forget_typed, typed_text};
pub use words::{outcome_words, threshold_changes};
