//! The header row: which column is where.

use crate::finding::{FileDefect, Findings, OtherFormat, Place};
use crate::identifiers::ExchangedFile;

use super::damage;
use super::fields::Fields;

/// As many characters as are taken for what separates two names.
const MOST_BETWEEN: usize = 4;

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
    /// How many columns the header lacks. A row may have their values all the same.
    pub(super) missing: usize,
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
    file: ExchangedFile,
    looks_like_row: impl Fn(&Fields<'_>) -> bool,
    findings: &mut Findings,
) -> Header {
    let known = file.columns();
    let names: Vec<&[u8]> = fields.iter().collect();
    if !names.iter().any(|name| meant(name, known).is_some()) {
        return without_columns(line, &names, fields, file, looks_like_row, findings);
    }
    if let Some(found) = other_file(&names, file) {
        findings.add(Place::line(line), wrong_file(found, file));
        return Header::Unusable;
    }
    if let Some(what) = other_line_end(&names, known) {
        findings.add(Place::line(line), FileDefect::OtherLineEnd(what));
        return Header::Unusable;
    }
    let mut missing = known.iter().copied().filter(|column| {
        let is_there = |name: &&[u8]| meant(name, &[*column]).is_some();
        !names.iter().any(is_there)
    });
    let mut positions = vec![None; known.len()];
    for (index, name) in names.iter().enumerate() {
        let place = Place::line(line);
        let Some((column, exact)) = meant(name, known) else {
            let name = String::from_utf8_lossy(name).into_owned();
            findings.add(
                place.value(&name.clone()),
                FileDefect::UnknownColumn {
                    name,
                    meant: None,
                    missing: missing.next(),
                },
            );
            continue;
        };
        let place = place.column(known[column]).bytes(name);
        if positions[column].is_some() {
            findings.add(place, FileDefect::DoubledColumn(known[column]));
            continue;
        }
        positions[column] = Some(index);
        if exact {
            continue;
        }
        if let Some(defect) = damage::that_cannot_be_seen(name) {
            findings.add(place, defect);
        } else {
            let name = String::from_utf8_lossy(name).into_owned();
            findings.add(
                place,
                FileDefect::UnknownColumn {
                    name,
                    meant: Some(known[column]),
                    missing: None,
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
        missing: positions.iter().filter(|place| place.is_none()).count(),
        positions,
        width: names.len(),
    })
}

/// The other file whose header this is, although it names columns of `file`.
fn other_file(names: &[&[u8]], file: ExchangedFile) -> Option<ExchangedFile> {
    match file {
        // A Report File has columns of both files that Users send, and these two of its own.
        ExchangedFile::Adt | ExchangedFile::ExitQuarantine => {
            let is_report = ["breach", "quarantinedat"].iter().all(|column| {
                names
                    .iter()
                    .any(|name| letters(&String::from_utf8_lossy(name)) == **column)
            });
            is_report.then_some(ExchangedFile::Report)
        }
        ExchangedFile::Report => {
            file_of_names(&names.iter().copied()).filter(|found| *found != file)
        }
    }
}

/// What is said of a header of another file than the one that is wanted.
fn wrong_file(found: ExchangedFile, wanted: ExchangedFile) -> FileDefect {
    match found {
        ExchangedFile::Report => FileDefect::ReportFile,
        ExchangedFile::Adt | ExchangedFile::ExitQuarantine => {
            FileDefect::WrongKind { found, wanted }
        }
    }
}

/// What stands between two columns' names, where the line begins with one of them.
fn other_delimiter(line: &[u8], known: &[&str]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let rest = known.iter().find_map(|name| text.strip_prefix(name))?;
    let next = known.iter().filter_map(|name| rest.find(name)).min()?;
    let between = &rest[..next];
    (!between.is_empty() && between.chars().count() <= MOST_BETWEEN).then(|| between.to_owned())
}

/// What stands between the last name and what another program would show on the next line.
fn other_line_end(names: &[&[u8]], known: &[&str]) -> Option<String> {
    const OTHERS: [(&[u8], &str); 9] = [
        ("\u{85}".as_bytes(), "NEL (U+0085)"),
        (b"\x85", "the byte 85, which is NEL in Latin-1"),
        (b"\x15", "the byte 15, which is NEL in EBCDIC"),
        ("\u{2028}".as_bytes(), "the line separator (U+2028)"),
        ("\u{2029}".as_bytes(), "the paragraph separator (U+2029)"),
        (b"\x0b", "a vertical tab (U+000B)"),
        (b"\x0c", "a form feed (U+000C)"),
        (b"\x1e", "the record separator (U+001E)"),
        (b"\0", "NUL (U+0000)"),
    ];
    // What stands for a line end in another language; there may be a true one behind it.
    const LETTERS: [&str; 9] = [
        "\\r\\n", "\\n", "<br>", "<br/>", "<br />", "&#10;", "%0a", "_x000d_", "=0d=0a",
    ];
    let goes_on_with = |letters: &&str| {
        let is_it = |name: &&[u8], column: &&str| {
            let rest = name.strip_prefix(column.as_bytes()).unwrap_or_default();
            let next = rest.get(..letters.len()).unwrap_or_default();
            next.eq_ignore_ascii_case(letters.as_bytes())
        };
        names
            .iter()
            .any(|name| known.iter().any(|column| is_it(name, column)))
    };
    if let Some(letters) = LETTERS.into_iter().find(goes_on_with) {
        return Some(format!("the letters {letters}"));
    }
    OTHERS.into_iter().find_map(|(end, what)| {
        names
            .iter()
            .filter_map(|name| {
                let at = memchr::memmem::find(name, end)?;
                Some((&name[..at], &name[at + end.len()..]))
            })
            .any(|(before, after)| {
                !trimmed(after).is_empty() && known.iter().any(|column| column.as_bytes() == before)
            })
            .then(|| what.to_owned())
    })
}

fn without_columns(
    line: u64,
    names: &[&[u8]],
    fields: &Fields<'_>,
    file: ExchangedFile,
    looks_like_row: impl Fn(&Fields<'_>) -> bool,
    findings: &mut Findings,
) -> Header {
    let place = Place::line(line);
    let text = names.concat();
    let line_of_names = names.join(&b',');
    // Some columns are in several files; in quotation marks as a whole the line may still be a header of this one.
    let own = named(&line_of_names, file).columns;
    let other = ExchangedFile::ALL
        .into_iter()
        .find(|other| *other != file && named(&line_of_names, *other).columns > own);
    if let Some(found) = other {
        findings.add(place, wrong_file(found, file));
    } else if names.len() == file.columns().len() && looks_like_row(fields) {
        findings.add(place, FileDefect::HeaderMissing);
        let positions = (0..names.len()).map(Some).collect();
        return Header::Missing(Columns {
            positions,
            width: names.len(),
            missing: 0,
        });
    } else {
        let first = names.first().copied().unwrap_or_default();
        let others = names.get(1..).unwrap_or_default();
        let is_one_value =
            others.iter().all(|name| name.is_empty()) && named(first, file).columns > 1;
        let is_text = !text.iter().any(|byte| *byte < b' ' && *byte != b'\t');
        let defect = match other_delimiter(&line_of_names, file.columns()) {
            _ if is_one_value => FileDefect::RowsInQuotes,
            Some(delimiter) => FileDefect::OtherDelimiter(delimiter),
            None if is_text => FileDefect::NoKnownColumns,
            None => FileDefect::NotCsv(OtherFormat::Other("something else than text")),
        };
        findings.add(place.bytes(first), defect);
    }
    Header::Unusable
}

/// What a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// What separates the names.
    pub(super) delimiter: u8,
    /// How many of them are columns.
    pub(super) columns: usize,
}

/// How many columns of a kind a line names: separated by commas, unless something else shows more of them.
pub(super) fn named(line: &[u8], file: ExchangedFile) -> Named {
    let mut best = Named {
        delimiter: b',',
        columns: 0,
    };
    for delimiter in *b",;\t|^~" {
        let names = line.split(|byte| *byte == delimiter);
        let columns = names
            .filter(|name| meant(name, file.columns()).is_some())
            .count();
        if columns > best.columns {
            best = Named { delimiter, columns };
        }
    }
    best
}

/// The file whose header these values are: all of its columns are named.
pub(super) fn header_of(fields: &Fields<'_>) -> Option<ExchangedFile> {
    let first = trimmed(fields.at(0)?);
    // Asked of many rows: mostly the first value tells that it is none.
    let may_be = |file: &ExchangedFile| {
        file.columns()
            .iter()
            .any(|name| name.as_bytes().eq_ignore_ascii_case(first))
    };
    ExchangedFile::ALL
        .iter()
        .any(may_be)
        .then(|| file_of_names(&fields.iter()))
        .flatten()
}

/// The file all of whose columns are named.
fn file_of_names<'a>(names: &(impl Iterator<Item = &'a [u8]> + Clone)) -> Option<ExchangedFile> {
    ExchangedFile::ALL.into_iter().find(|file| {
        let known = file.columns();
        (0..known.len()).all(|column| {
            names
                .clone()
                .any(|name| meant(name, known).is_some_and(|(found, _)| found == column))
        })
    })
}

/// A name without what surrounds it, such as a byte-order mark.
fn trimmed(name: &[u8]) -> &[u8] {
    let is_sign = |byte: &u8| !byte.is_ascii_alphanumeric();
    let start = name.iter().take_while(|byte| is_sign(byte)).count();
    let end = name.iter().rev().take_while(|byte| is_sign(byte)).count();
    name.get(start..name.len() - end).unwrap_or_default()
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
