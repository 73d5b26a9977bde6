//! Quarantine: the events, and deciding on the communications that an event holds.

mod bar;
mod event;
mod filters;
mod in_view;
mod keys;
mod list;
mod listed;
mod loading;
mod plain;
mod review;
mod row;
mod table;
mod title;
mod which;
mod work;
mod written;

pub(super) use event::event_page;
pub(super) use list::{due_at, quarantine_page};
pub(super) use loading::no_such_event_page;
pub(super) use review::decisions_page;
