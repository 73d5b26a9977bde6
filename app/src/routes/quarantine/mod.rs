//! Quarantine: the events, and deciding on the communications that an event holds.

mod bar;
mod event;
mod filters;
mod keys;
mod list;
mod loading;
mod plain;
mod review;
mod row;
mod table;
mod work;

pub(super) use event::page as event_page;
pub(super) use list::{due_at, page as list_page};
pub(super) use review::page as review_page;
