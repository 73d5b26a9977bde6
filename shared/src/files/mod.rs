//! The files that Users send: bytes into typed rows and findings, and rows into bytes.

mod adt_check;
mod adt_reader;
mod adt_statement;
mod adt_values;
mod columns;
mod damage;
mod encoding;
mod exit_check;
mod exit_index;
mod exit_reader;
mod exit_rows;
mod exit_usual;
#[cfg(test)]
mod exit_usual_test;
mod exit_waiting;
mod fields;
mod form;
mod header;
mod instant_meant;
mod kind;
mod line_ends;
mod lines;
mod lost_zero;
mod names;
mod opening;
mod reader;
mod records;
#[cfg(test)]
mod records_test;
mod row_check;
mod rows;
mod sender;
mod table;
mod writers;

pub use crate::identifiers::{Action, ActionError, FileKind, FileKindError};
pub use adt_reader::{AdtReader, AdtReading};
pub use columns::{AdtColumn, ColumnHelp, ExitColumn};
pub use exit_reader::{ExitReader, ExitReading};
pub use exit_rows::{ExitRows, RowsByEvent};
pub use form::{FileForm, inner_name};
pub use lines::{Line, LinesAround};
pub use lost_zero::{MaybeLostZero, lost_zeros};
pub use names::{AdtSubject, adt_file_name, check_file_name, exit_file_name};
pub use reader::{FileReader, Reading};
pub use rows::{AdtRow, ExitRow};
pub use sender::{Sender, UserId};
pub use writers::{write_adt, write_exit};
