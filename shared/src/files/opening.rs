//! The first lines of a file: which of them is the header, what stands above it, and what separates the values.

use super::fields::FieldSplitter;
use super::header::{self, Named};
use super::line_ends::{LineEnd, line_end};
use super::row_check::RowCheck;

/// As many lines below the first one as are looked at for a header: titles and notes are short.
const NOTES: u64 = 20;

/// What the first lines of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// The line of the header, from 1; where there is none, the first line that is not blank.
    pub(super) header: u64,
    /// What separates the values.
    pub(super) delimiter: u8,
    /// How many columns the header names; 0: there is no header.
    pub(super) columns: usize,
    /// Whether the first line holds values already.
    pub(super) is_row: bool,
    /// The line `sep=…`, by which Excel is told what separates the values.
    pub(super) separator: Option<u64>,
    /// The first line of a title or a note above the header.
    pub(super) above: Option<u64>,
    /// A line end whose CR follows its LF, by its name.
    pub(super) reversed_end: Option<&'static str>,
}

/// Looks at the first lines. `None`: more bytes are needed, or, after the `last`, there are none but blanks. No more than `limit` bytes are
/// looked at, so that how the bytes are cut makes no difference.
pub(super) fn read_opening<C: RowCheck>(data: &[u8], last: bool, limit: usize) -> Option<Opening> {
    let is_enough = last || data.len() > limit;
    let known = C::FILE.columns().len();
    let (mut separator, mut first, mut best): (_, Option<Opening>, Option<Opening>) =
        (None, None, None);
    let mut lines = Lines::from_start(&data[..data.len().min(limit + 1)]);
    while let Some((number, line)) = lines.next(is_enough) {
        if first.is_none() && is_blank(line) {
            continue;
        }
        if first.is_none() && separator.is_none() && is_separator_line(line) {
            separator = Some(number);
            continue;
        }
        let Named { delimiter, columns } = header::named(line, C::FILE);
        let here = Opening {
            header: number,
            delimiter,
            columns,
            is_row: false,
            separator,
            above: first.map(|first| first.header),
            reversed_end: lines.reversed_end,
        };
        if first.is_none() {
            let is_row = columns == 0 && is_row::<C>(line);
            // Few lines are looked at twice: mostly the first one is the header.
            if is_row || columns * 2 > known {
                return Some(Opening { is_row, ..here });
            }
        }
        let first = *first.get_or_insert(here);
        let enough_columns = if number == first.header { 1 } else { 2 };
        if columns >= enough_columns && best.is_none_or(|best| columns > best.columns) {
            best = Some(here);
        }
        if number >= first.header + NOTES || columns == known {
            return best.or(Some(first));
        }
    }
    if !is_enough {
        return None;
    }
    // Nothing but blanks, as far as one looks: the reader finds the first line that has something.
    let blanks = (data.len() > limit).then_some(Opening {
        header: 1,
        delimiter: b',',
        columns: 0,
        is_row: false,
        separator,
        above: None,
        reversed_end: None,
    });
    best.or(first).or(blanks)
}

/// The lines of some bytes, with their numbers.
struct Lines<'a> {
    rest: Option<&'a [u8]>,
    number: u64,
    reversed_end: Option<&'static str>,
}

impl<'a> Lines<'a> {
    fn from_start(data: &'a [u8]) -> Self {
        Self {
            rest: Some(data),
            number: 0,
            reversed_end: None,
        }
    }

    /// The next line; one whose end is not there only when it `is_enough` as it is.
    fn next(&mut self, is_enough: bool) -> Option<(u64, &'a [u8])> {
        let rest = self.rest?;
        let (line, next) = match line_end(rest, is_enough) {
            LineEnd::At { begins, next } => {
                let after = &rest[next..];
                if rest[next - 1] == b'\n' {
                    if after.len() < 2 && !is_enough {
                        return None;
                    }
                    if after.first() == Some(&b'\r') && after.get(1) != Some(&b'\n') {
                        let name = if rest[begins] == b'\n' {
                            "LF CR, the wrong way round"
                        } else {
                            "CR LF CR"
                        };
                        self.reversed_end.get_or_insert(name);
                    }
                }
                (&rest[..begins], Some(after))
            }
            LineEnd::Open(begins) if is_enough => (&rest[..begins], None),
            LineEnd::None if is_enough => (rest, None),
            LineEnd::Open(_) | LineEnd::None => return None,
        };
        self.rest = next;
        self.number += 1;
        Some((self.number, line))
    }
}

/// `sep=;`, in quotation marks or not, and with the separators that a program adds to make all lines alike.
fn is_separator_line(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let Some((start, rest)) = line.split_at_checked(4) else {
        return false;
    };
    start.eq_ignore_ascii_case(b"sep=") && !rest.iter().any(u8::is_ascii_alphanumeric)
}

/// Nothing but what may separate values, and quotation marks around no value.
fn is_blank(line: &[u8]) -> bool {
    line.iter()
        .all(|byte| byte.is_ascii_whitespace() || b",;|\"".contains(byte))
}

/// Whether a line holds values in the usual order of the columns.
fn is_row<C: RowCheck>(line: &[u8]) -> bool {
    let mut splitter = FieldSplitter::new(b',');
    let fields = if line.contains(&b'"') {
        splitter.quoted(line, &[])
    } else {
        splitter.plain(line, &[])
    };
    fields.ends.len() == C::FILE.columns().len() && C::looks_like_row(&fields)
}
