//! The files that Users and the DCC send each other: bytes into typed rows and findings, and rows into bytes.

mod adt_check;
mod adt_reader;
mod adt_statement;
mod adt_values;
mod columns;
mod communication_index;
mod communication_row;
mod communication_rows;
mod communication_usual;
mod communication_values;
mod communication_waiting;
mod communications_once;
mod counted_services;
mod damage;
mod encoding;
mod exit_check;
mod exit_reader;
mod exit_usual;
#[cfg(test)]
mod exit_usual_test;
mod fields;
mod form;
mod header;
mod instant_meant;
mod instant_value;
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
mod report_check;
mod report_events;
mod report_reader;
mod report_row;
mod report_usual;
#[cfg(test)]
mod report_usual_test;
mod row_check;
mod rows;
mod sender;
mod service_value;
mod table;
mod writers;

pub use crate::identifiers::{Action, ActionError, ExchangedFile, FileKind, FileKindError};
pub use adt_reader::{AdtReader, AdtReading};
pub use columns::{AdtColumn, ColumnHelp, ExitColumn, ReportColumn};
pub use communication_row::CommunicationRow;
pub use communication_rows::{CommunicationRows, RowsByEvent};
pub use exit_reader::{ExitReader, ExitReading};
pub use form::{FileForm, inner_name};
pub use lines::{Line, LinesAround};
pub use lost_zero::{MaybeLostZero, lost_zeros};
pub use names::{AdtSubject, adt_file_name, check_file_name, exit_file_name};
pub use reader::{FileReader, Reading};
pub use report_reader::{ReportReader, ReportReading};
pub use report_row::{ReportRow, ReportRows};
pub use rows::{AdtRow, ExitRow, ExitRows};
pub use sender::{Sender, UserId};
pub use writers::{write_adt, write_exit, write_report};
