//! The usual row of a Report File, read at once.

use super::ReportRow;
use super::communication_rows::RowKey;
use super::communication_usual::{UsualStart, after, after_line_end};
use super::counted_services::CountedServices;
use super::report_row::ReportDetails;
use crate::identifiers::HYPHENATED;
use crate::instant::UtcTime;
use crate::quarantine::Breach;

/// Bytes of an instant as Sluice writes it, without a fraction and with one.
const WHOLE_SECONDS: usize = 20;
const MILLISECONDS: usize = 24;

/// The longest name of a breach, and the longest service.
const BREACH: usize = 23;
const SERVICE: usize = 8;

/// What usual rows are.
#[derive(Debug, Default)]
pub(super) struct UsualReportRows {
    start: UsualStart,
    /// The User ID between two commas.
    user_id: Vec<u8>,
    /// The breach of the event, and as text between two commas.
    breach: Option<(Breach, Vec<u8>)>,
}

/// A usual row.
#[derive(Clone, Copy, Debug)]
pub(super) struct UsualReportRow {
    pub(super) key: RowKey,
    pub(super) details: ReportDetails,
    /// Its bytes, with its line end.
    pub(super) length: usize,
}

impl UsualReportRows {
    /// The longest usual row, without its line end.
    pub(super) const LONGEST: usize =
        UsualStart::LONGEST + 1 + HYPHENATED + 1 + SERVICE + 1 + BREACH + 1 + MILLISECONDS;

    /// From now on a usual row has the event, and with it the User ID and the breach, of this one, which was read the long way and has
    /// nothing odd.
    pub(super) fn follow(&mut self, key: &RowKey, row: &ReportRow) {
        if self.start.follow(key, row.event, row.user_id()) {
            self.user_id = format!(",{},", row.user_id()).into_bytes();
            self.breach = Some((row.breach, format!(",{},", row.breach).into_bytes()));
        }
    }

    /// The row that `data` starts with, if it is a usual one, held by `latest` at the latest, and all of it is there.
    pub(super) fn usual_row(
        &self,
        line: u64,
        data: &[u8],
        services: &CountedServices,
        latest: UtcTime,
    ) -> Option<UsualReportRow> {
        let (breach, between) = self.breach.as_ref()?;
        let (key, rest) = self.start.communication(data)?;
        let rest = after(rest, &self.user_id)?;
        let comma = rest
            .iter()
            .take(SERVICE + 1)
            .position(|byte| *byte == b',')?;
        let (srv, rest) = rest.split_at(comma);
        let srv = services.named(srv)?;
        let (quarantined_at, rest) = instant(after(rest, between)?)?;
        let rest = after_line_end(rest)?;
        (quarantined_at <= latest).then_some(UsualReportRow {
            key,
            details: ReportDetails {
                line,
                quarantined_at,
                srv,
                breach: *breach,
            },
            length: data.len() - rest.len(),
        })
    }
}

/// The instant that `data` starts with, in one of the two lengths, and what follows it.
fn instant(data: &[u8]) -> Option<(UtcTime, &[u8])> {
    let length = match data.get(WHOLE_SECONDS - 1)? {
        b'Z' => WHOLE_SECONDS,
        b'.' => MILLISECONDS,
        _ => return None,
    };
    let (text, rest) = data.split_at_checked(length)?;
    let instant = UtcTime::parse(std::str::from_utf8(text).ok()?).ok()?;
    Some((instant, rest))
}
