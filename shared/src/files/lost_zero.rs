//! Services that a spreadsheet has shortened: `7.10` read as a number is `7.1`.

use crate::finding::{Findings, Place, ServiceDefect};
use crate::identifiers::{Eui64, Srv};

use super::AdtColumn;

/// A row whose service is another known one without the zero at its end. It may be meant; beside what is in force one can
/// tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeLostZero {
    /// The line of the file, from 1, on which the row starts.
    pub line: u64,
    /// Whose row it is.
    pub user_id: Eui64,
    /// The service as it stands in the file.
    pub written: Srv,
    /// The service with the zero.
    pub meant: Srv,
    /// Whether the file has the shorter one before: then it was reported as there twice.
    pub duplicate: bool,
}

/// Reports the rows that have lost a zero: the longer service has a threshold in force. Either the file does not name it,
/// and the shorter one has none in force; or the file has the shorter one twice, and what was reported as a duplicate is
/// the longer one.
pub fn lost_zeros(
    rows: &[MaybeLostZero],
    in_force: impl Fn(Eui64, Srv) -> bool,
    findings: &mut Findings,
) {
    for row in rows.iter().filter(|row| in_force(row.user_id, row.meant)) {
        let text = row.written.to_string();
        let place = Place::line(row.line)
            .column(AdtColumn::Service.name())
            .value(&text);
        let lost = ServiceDefect::TrailingZeroLost {
            written: row.written,
            meant: row.meant,
        };
        if row.duplicate {
            findings.replace("duplicate-threshold", place, lost);
        } else if !in_force(row.user_id, row.written) {
            findings.add(place, lost);
        }
    }
}
