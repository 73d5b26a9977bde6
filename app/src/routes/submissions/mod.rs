//! Submissions: what was sent, and what became of it.

mod detail;
mod list;
mod parts;

pub use detail::page as detail_page;
pub use list::page as list_page;
pub use parts::{decision, facts, findings, outcome_words, receipt, rules};
