//! The header row: which column is where.

use crate::finding::{FileDefect, Findings, Place};

use super::FileKind;
use super::fields::Fields;

/// What the first line turned out to be.
#[derive(Debug)]
pub(super) enum Header {
    /// Column names; for each column of the file's kind the index of its value.
    Columns(Columns),
    /// Values already, in the usual order: the header is missing.
    Missing(Columns),
    /// Nothing that the rows below could be read by.
    Unusable,
}

#[derive(Debug)]
pub(super) struct Columns {
    pub(super) positions: Vec<Option<usize>>,
    /// How many values each row should have.
    pub(super) width: usize,
}

impl Columns {
    /// Whether they are the kind's own, in their usual order.
    pub(super) fn are_usual(&self) -> bool {
        self.width == self.positions.len()
            && self
                .positions
                .iter()
                .zip(0..)
                .all(|(position, place)| *position == Some(place))
    }
}

/// Reads the first record as a header, and reports what is wrong with it.
pub(super) fn read_header(
    line: u64,
    fields: &Fields<'_>,
    kind: FileKind,
    looks_like_row: impl Fn(&Fields<'_>) -> bool,
    findings: &mut Findings,
) -> Header {
    let known = kind.columns();
    let names: Vec<&[u8]> = fields.iter().collect();
    if !names.iter().any(|name| meant(name, known).is_some()) {
        return without_columns(line, &names, fields, kind, looks_like_row, findings);
    }
    let mut positions = vec![None; known.len()];
    for (index, name) in names.iter().enumerate() {
        let place = Place::line(line);
        let Some((column, exact)) = meant(name, known) else {
            let name = String::from_utf8_lossy(name).into_owned();
            findings.add(
                place.value(&name.clone()),
                FileDefect::UnknownColumn { name, meant: None },
            );
            continue;
        };
        let place = place.column(known[column]).bytes(name);
        if positions[column].is_some() {
            findings.add(place, FileDefect::DoubledColumn(known[column]));
            continue;
        }
        positions[column] = Some(index);
        if !exact {
            let name = String::from_utf8_lossy(name).into_owned();
            findings.add(
                place,
                FileDefect::UnknownColumn {
                    name,
                    meant: Some(known[column]),
                },
            );
        }
    }
    for (name, _) in known
        .iter()
        .zip(&positions)
        .filter(|(_, position)| position.is_none())
    {
        findings.add(
            Place::line(line).column(name),
            FileDefect::MissingColumn(name),
        );
    }
    Header::Columns(Columns {
        positions,
        width: names.len(),
    })
}

fn without_columns(
    line: u64,
    names: &[&[u8]],
    fields: &Fields<'_>,
    kind: FileKind,
    looks_like_row: impl Fn(&Fields<'_>) -> bool,
    findings: &mut Findings,
) -> Header {
    let place = Place::line(line);
    let text = names.concat();
    if let Some(found) = FileKind::guess(&text, "").filter(|found| *found != kind) {
        findings.add(
            place,
            FileDefect::WrongKind {
                found,
                wanted: kind,
            },
        );
    } else if names.len() == kind.columns().len() && looks_like_row(fields) {
        findings.add(place, FileDefect::HeaderMissing);
        let positions = (0..names.len()).map(Some).collect();
        return Header::Missing(Columns {
            positions,
            width: names.len(),
        });
    } else if text.iter().any(|byte| *byte < b' ' && *byte != b'\t') {
        findings.add(
            place.bytes(&text),
            FileDefect::NotCsv("something else than text"),
        );
    } else {
        findings.add(
            place.bytes(names.first().copied().unwrap_or_default()),
            FileDefect::NoKnownColumns,
        );
    }
    Header::Unusable
}

/// What separates the names of a header, when it is something else than a comma.
pub(super) fn unusual_delimiter(header: &[u8], kind: FileKind) -> Option<u8> {
    let names_column = |delimiter: u8| {
        let mut names = header.split(|byte| *byte == delimiter);
        names.any(|name| name.len() < header.len() && meant(name, kind.columns()).is_some())
    };
    if names_column(b',') {
        None
    } else {
        [b';', b'\t']
            .into_iter()
            .find(|delimiter| names_column(*delimiter))
    }
}

/// The column that a name stands for, and whether it is written exactly so.
fn meant(name: &[u8], known: &[&str]) -> Option<(usize, bool)> {
    if let Some(column) = known.iter().position(|column| column.as_bytes() == name) {
        return Some((column, true));
    }
    let plain = letters(&String::from_utf8_lossy(name));
    known
        .iter()
        .position(|column| letters(column) == plain)
        .map(|column| (column, false))
}

/// What is left of a name when capitals, spaces and signs do not count.
fn letters(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}
