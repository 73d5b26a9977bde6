//! A usual row of a report is what Sluice writes, and is read as the long way reads it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::report_usual::UsualReportRows;
use super::{ExchangedFile, ReportReader, ReportReading};
use crate::instant::UtcTime;
use crate::profile::Profile;

/// Mostly what Sluice writes, some of it otherwise.
fn column(usual: &'static str, otherwise: &[&'static str]) -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(usual), 1 => select(otherwise.to_vec())]
}

fn row() -> impl Strategy<Value = String> {
    const OWN: &str = "90-B3-D5-1F-30-01-00-00";
    const OTHER: &str = "90-B3-D5-1F-30-03-00-00";
    let columns = (
        column("1203", &["1204", "", "12000000000000000"]),
        column(OWN, &[OTHER, "90-b3-d5-1f-30-01-00-00"]),
        select(vec!["0", "1", "2", "3", "4", "9999999999999999", "01", "x"]),
        column(OWN, &[OTHER, "90B3D51F30010000", ""]),
        column("7.2", &["7.1", "7.10", "07.2", "ALL", ""]),
        column(
            "ADUserThresholdBreach",
            &["ADDCCThresholdBreach", "\"ADUserThresholdBreach\"", "AD"],
        ),
        column(
            "2026-11-20T10:00:00Z",
            &[
                "2026-11-20T10:00:00.125Z",
                "2026-11-20t10:00:00z",
                "2026-11-20T10:00:00.5Z",
                "2026-11-20T10:00:00.0001Z",
                "2026-11-21T12:30:00Z",
                "2026-11-31T10:00:00Z",
                "",
            ],
        ),
        column("\r\n", &["\n", "\r", "\r\r\n", "\n\n", ",\n", ";\n"]),
    );
    columns.prop_map(
        |(event, originator, counter, user_id, srv, breach, at, end)| {
            format!(
                "{event},{originator}:00-DB-12-34-56-78-90-A0:{counter},{user_id},{srv},{breach},{at}{end}"
            )
        },
    )
}

/// A reader with so long a limit of records, which decides whether usual rows are read at once.
fn read_pieces<'a>(longest: usize, pieces: impl Iterator<Item = &'a [u8]>) -> ReportReading {
    let mut profile = Profile::standard().clone();
    profile.files.max_record_bytes = longest;
    profile.files.max_rows = 12;
    let received_at = UtcTime::parse("2026-11-21T12:00:00Z").expect("an instant");
    let mut reader = ReportReader::new(&profile, received_at);
    pieces.for_each(|piece| reader.push(piece));
    reader.finish()
}

proptest! {
    #[test]
    fn read_at_once_or_the_long_way_a_report_says_the_same(rows in vec(row(), 0..16), pieces in 1..200_usize) {
        let header = ExchangedFile::Report.header();
        for beginning in [header.clone() + "\r\n", header.replace(',', ";") + "\n"] {
            let file = [beginning, rows.concat()].concat();
            let whole = || std::iter::once(file.as_bytes());
            let long_way = read_pieces(UsualReportRows::LONGEST - 1, whole());
            prop_assert_eq!(&read_pieces(UsualReportRows::LONGEST, whole()), &long_way);
            prop_assert_eq!(&read_pieces(UsualReportRows::LONGEST, file.as_bytes().chunks(pieces)), &long_way);
        }
    }
}
