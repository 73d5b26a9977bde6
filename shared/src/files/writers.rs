//! Writing the files: what the page makes is read by the same rules as what a spreadsheet makes.
//!
//! No value of these rows has a comma, a quotation mark or a line end in its text, so nothing needs quoting.

use std::fmt::{Display, Write};

use crate::instant::UtcTime;

use super::{AdtRow, ExchangedFile, ExitRow, FileKind, ReportRow};

/// An ADT file with these rows: header, CR LF, all columns.
pub fn write_adt<'a>(rows: impl IntoIterator<Item = &'a AdtRow>) -> String {
    let mut text = FileKind::Adt.header() + "\r\n";
    for row in rows {
        let instant = |instant: Option<UtcTime>| {
            instant
                .map(|instant| instant.to_string())
                .unwrap_or_default()
        };
        let values: [&dyn Display; 7] = [
            &row.user_id,
            &row.srv,
            &row.period,
            &row.warning,
            &row.quarantine,
            &instant(row.from),
            &instant(row.to),
        ];
        line(&mut text, &values);
    }
    text
}

/// An Exit Quarantine file with these rows: header, CR LF, all columns.
pub fn write_exit(rows: impl IntoIterator<Item = ExitRow>) -> String {
    let mut text = FileKind::ExitQuarantine.header() + "\r\n";
    for row in rows {
        line(
            &mut text,
            &[&row.event, &row.request, &row.action.in_file()],
        );
    }
    text
}

/// A Report File with these rows: header, CR LF, all columns.
pub fn write_report(rows: impl IntoIterator<Item = ReportRow>) -> String {
    let mut text = ExchangedFile::Report.header() + "\r\n";
    for row in rows {
        let values: [&dyn Display; 6] = [
            &row.event,
            &row.request,
            &row.user_id(),
            &row.srv,
            &row.breach,
            &row.quarantined_at,
        ];
        line(&mut text, &values);
    }
    text
}

fn line(text: &mut String, values: &[&dyn Display]) {
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        write!(text, "{value}").expect("a String takes all that is written to it");
    }
    text.push_str("\r\n");
}
