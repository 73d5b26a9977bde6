//! A backup of a deployment's tables: a folder with a file for each table, one item a line in `DynamoDB`'s own JSON.
//!
//! Uploads are not in it: the inbox keeps every version of them locked. A restored table knows less than happened since; what the
//! inbox shows to have happened is taken up again by [`announce()`].

mod announce;
mod error;
mod export;
mod folder;
mod line;
mod restore;
mod table;
mod verify;

pub use announce::{Announced, Inbox, announce};
pub use error::BackupError;
pub use export::export;
pub use restore::{Others, Restored, restore};
pub use verify::{Difference, verify};
