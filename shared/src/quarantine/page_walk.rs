//! Rows of a file beside a page: which of them the page holds.

use std::cmp::Ordering;

use super::HeldPage;
use super::page::PackedRow;
use crate::identifiers::RequestId;

/// Finds the rows that a page holds: for each the row's place in `rows`, and its position on the page.
///
/// `rows` stand in order of Request ID, and all are of the page's originator. An event's pages are each in that order, and not one after the
/// other: those that a later report brought begin anew. So every page is held against all rows; what lies between two that meet is
/// skipped at once, and a million rows against a million communications take a fraction of a second.
pub(super) fn rows_on_page<'a, R>(
    rows: &'a [R],
    request: impl Fn(&R) -> RequestId + 'a,
    page: &'a HeldPage,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let held: &[PackedRow] = &page.rows;
    let key = move |row: &R| {
        let request = request(row);
        (request.target.value(), request.counter)
    };
    let (mut place, mut position) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (row, on_page) = (key(rows.get(place)?), held.get(position)?.key());
            match row.cmp(&on_page) {
                Ordering::Less => place += leading(&rows[place..], |row| key(row) < on_page),
                Ordering::Greater => {
                    position += leading(&held[position..], |held| held.key() < row);
                }
                Ordering::Equal => {
                    // The next row may be of the same communication.
                    place += 1;
                    return Some((place - 1, position));
                }
            }
        }
    })
}

/// How many leading items come before something, where the first one does. Files mostly name whole runs, so it is mostly one.
fn leading<T>(items: &[T], comes_before: impl Fn(&T) -> bool) -> usize {
    if items.get(1).is_some_and(&comes_before) {
        items.partition_point(comes_before)
    } else {
        1
    }
}
