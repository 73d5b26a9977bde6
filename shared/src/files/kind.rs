//! What the content of a file says of its kind.

use std::cmp::Reverse;

use super::adt_check::AdtCheck;
use super::columns::{AdtColumn, ExitColumn};
use super::encoding::Decoder;
use super::exit_check::ExitRowCheck;
use super::opening::read_opening;
use crate::identifiers::FileKind;

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
        Self::of_content(start).or_else(|| Self::of_name(file_name))
    }

    /// The kind whose columns the header names, wherever the readers find the header; without one, the kind whose values the first line
    /// holds.
    fn of_content(start: &[u8]) -> Option<Self> {
        let text = Decoder::new().decode(start, true).bytes;
        let limit = text.len();
        let exit = read_opening::<ExitRowCheck>(&text, true, limit)?;
        let adt = read_opening::<AdtCheck>(&text, true, limit)?;
        let mut found = [(Self::ExitQuarantine, exit), (Self::Adt, adt)];
        // A header before a line that happens to name a column; then the first one, since files may have been joined. A report of held
        // communications has columns of both; with its references it is nearer to an exit file.
        found.sort_by_key(|(kind, opening)| {
            let is_whole = opening.columns * 2 > kind.columns().len();
            (!is_whole, opening.header, Reverse(opening.columns))
        });
        let named = found.iter().find(|(_, opening)| opening.columns > 0);
        let held = found.iter().find(|(_, opening)| opening.is_row);
        named.or(held).map(|(kind, _)| *kind)
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
