//! Thresholds: what is in force for each User ID, its exceptions and history, and writing new ones.

mod dated;
mod history;
mod in_force;
mod list;
mod user;
mod write;

pub(crate) use write::RowChecks;

pub(super) use list::thresholds_page;
pub(super) use user::user_thresholds_page;
pub(super) use write::write_thresholds_page;
