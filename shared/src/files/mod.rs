//! The files that Users send: bytes into typed rows and findings, and rows into bytes.

mod adt_reader;
mod exit_reader;
mod exit_rows;
mod kind;
mod rows;
mod sender;

pub use adt_reader::{AdtReader, AdtReading};
pub use exit_reader::{ExitReader, ExitReading};
pub use exit_rows::ExitRows;
pub use kind::{FileKind, FileKindError};
pub use rows::{Action, ActionError, AdtRow, ExitRow};
pub use sender::{Sender, UserId};
