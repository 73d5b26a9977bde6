//! Thresholds: what is in force for each User ID, its exceptions and history, and writing new ones.

mod history;
mod in_force;
mod list;
mod user;
mod write;

pub(super) use list::page as list_page;
pub(super) use user::page as user_page;
pub(super) use write::page as write_page;
