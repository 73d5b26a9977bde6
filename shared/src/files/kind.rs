//! What the content of a file says of its kind.

use std::cmp::Reverse;

use super::adt_check::AdtCheck;
use super::columns::{AdtColumn, ExitColumn, ReportColumn};
use super::encoding::Decoder;
use super::exit_check::ExitRowCheck;
use super::opening::read_opening;
use super::report_check::ReportRowCheck;
use crate::identifiers::{ExchangedFile, FileKind};

impl ExchangedFile {
    /// The names of its columns, in the usual order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Adt => AdtColumn::NAMES,
            Self::ExitQuarantine => ExitColumn::NAMES,
            Self::Report => ReportColumn::NAMES,
        }
    }

    /// The first line of a file, without its end.
    pub fn header(self) -> String {
        self.columns().join(",")
    }

    /// The file that the first bytes suggest: the one whose columns the header names, wherever the readers find the header; without one,
    /// the one whose values the first line holds.
    pub fn suggested_by(start: &[u8]) -> Option<Self> {
        let text = Decoder::new().decode(start, true).bytes;
        let limit = text.len();
        let exit = read_opening::<ExitRowCheck>(&text, true, limit)?;
        let adt = read_opening::<AdtCheck>(&text, true, limit)?;
        let report = read_opening::<ReportRowCheck>(&text, true, limit)?;
        let mut found = [
            (Self::ExitQuarantine, exit),
            (Self::Adt, adt),
            (Self::Report, report),
        ];
        // A header before a line that happens to name a column; then the first one, since files may have been joined; then the one of which
        // no column is missing, since a Report File has columns of both others.
        found.sort_by_key(|(file, opening)| {
            let all = file.columns().len();
            let is_header = opening.columns * 2 > all;
            let is_whole = opening.columns == all;
            (
                !is_header,
                opening.header,
                !is_whole,
                Reverse(opening.columns),
            )
        });
        if let Some((file, _)) = found.iter().find(|(_, opening)| opening.columns > 0) {
            return Some(*file);
        }
        // A row of a report looks like one of an exit file as well.
        let is_row = |file: &Self| found.iter().any(|(of, found)| of == file && found.is_row);
        [Self::Report, Self::ExitQuarantine, Self::Adt]
            .into_iter()
            .find(is_row)
    }
}

impl FileKind {
    /// The names of its columns, in the usual order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Adt => AdtColumn::NAMES,
            Self::ExitQuarantine => ExitColumn::NAMES,
        }
    }

    /// The first line of a file, without its end.
    pub fn header(self) -> String {
        self.columns().join(",")
    }

    /// The kind that a file's first bytes and name suggest. The content decides; the name helps when that says nothing.
    pub fn guess(start: &[u8], file_name: &str) -> Option<Self> {
        let file = ExchangedFile::suggested_by(start);
        file.map(Self::reading).or_else(|| Self::of_name(file_name))
    }

    /// As what a file is read.
    const fn reading(file: ExchangedFile) -> Self {
        match file {
            ExchangedFile::Adt => Self::Adt,
            // With its references a report is nearer to an exit file, of which its sender may have taken it for one: the reader says that
            // it is a report.
            ExchangedFile::ExitQuarantine | ExchangedFile::Report => Self::ExitQuarantine,
        }
    }

    fn of_name(file_name: &str) -> Option<Self> {
        let name = file_name.to_ascii_lowercase();
        if name.starts_with("exitq") {
            Some(Self::ExitQuarantine)
        } else if name.starts_with("adt") {
            Some(Self::Adt)
        } else {
            None
        }
    }
}
