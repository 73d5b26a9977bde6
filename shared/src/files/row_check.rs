//! What is particular to the rows of one kind of file.

use super::fields::Fields;
use crate::finding::Findings;
use crate::identifiers::ExchangedFile;

/// Checks the rows of one kind of file.
pub(super) trait RowCheck {
    /// The kind of file.
    const FILE: ExchangedFile;

    /// No row that can be read at once is longer, line end not counted.
    const LONGEST_USUAL_ROW: usize;

    /// Whether the values are those of a row, in the usual order of the columns.
    fn looks_like_row(fields: &Fields<'_>) -> bool;

    /// Whether the values stand one column too far to the right, since one of them has a delimiter in it.
    fn is_shifted(_fields: &Fields<'_>) -> bool {
        false
    }

    /// Takes a row that has as many values as the header has columns.
    fn row(&mut self, line: u64, fields: &Fields<'_>, findings: &mut Findings);

    /// Takes the row that `data` starts with, if it can be read at once and there is nothing to say about it by itself; asked only where
    /// the columns are in their usual order, with commas between them. Answers its length, line end included.
    fn usual_row(&mut self, line: u64, data: &[u8], findings: &mut Findings) -> Option<usize>;

    /// Says what is still to be said about the rows so far, so that what is said next stands after it.
    fn settle(&mut self, _findings: &mut Findings) {}
}
