//! What holds for all bytes: reading never panics, how the bytes are cut makes no difference, and what is written is read.
#![allow(clippy::unwrap_used)]

mod file_support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use sluice_shared::files::{
    Action, AdtReader, AdtReading, AdtRow, ExchangedFile, ExitReader, ExitReading, ExitRow,
    FileKind, LinesAround, ReportReader, ReportReading, ReportRow, write_adt, write_exit,
    write_report,
};
use sluice_shared::identifiers::{Eui64, QuarantineEventRef, RequestId, SrvOrAll};
use sluice_shared::profile::Profile;
use sluice_shared::quarantine::Breach;
use sluice_shared::thresholds::Period;
use time::Duration;

use file_support::{now, read_adt, read_exit, read_report, sender};

/// Pieces of files, good and bad, in any order.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b"UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo",
        b"QuarantineEventRef,RequestID,Action",
        b"90-B3-D5-1F-30-03-00-00,6.15.1,P1D,100,200,,",
        b"90-B3-D5-1F-30-03-00-00,6.15.1,P1D,1,2,2026-12-24T00:00:00Z,2026-12-27T00:00:00Z",
        b"1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:1,Release",
        b"QuarantineEventRef,RequestID,UserID,ServiceReferenceVariant,Breach,QuarantinedAt",
        b"1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:1,90-B3-D5-1F-30-03-00-00,6.15.1,ADUserThresholdBreach,2026-11-21T10:00:00Z",
        b"1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:1,90-B3-D5-1F-30-03-00-00,6.15.1,ADDCCThresholdBreach,2026-11-21T10:00:00.5Z",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\r\r\n",
        b"sep=,\n",
        b"A title,,\n",
        b"|",
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xa0",
        b"7.10",
        b"=1",
        b" ",
    ];
    let soup = vec(
        prop_oneof![9 => select(pieces).prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 0..4)],
        0..40,
    );
    soup.prop_map(|pieces| pieces.concat())
}

/// Limits so low that they are met.
fn profile() -> Profile {
    let mut profile = Profile::standard().clone();
    profile.files.max_rows = 4;
    profile.files.max_record_bytes = 120;
    profile
}

fn adt_in_pieces<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> AdtReading {
    let mut reader = AdtReader::new(&profile(), &sender("network-operator"), now());
    pieces.for_each(|piece| reader.push(piece));
    reader.finish()
}

fn exit_in_pieces<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> ExitReading {
    let mut reader = ExitReader::new(&profile(), &sender("network-operator"));
    pieces.for_each(|piece| reader.push(piece));
    reader.finish()
}

/// With room for a row of a report.
fn report_in_pieces<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> ReportReading {
    let mut profile = profile();
    profile.files.max_record_bytes = 180;
    let mut reader = ReportReader::new(&profile, now());
    pieces.for_each(|piece| reader.push(piece));
    reader.finish()
}

fn adt_rows() -> impl Strategy<Value = Vec<AdtRow>> {
    let day = Duration::days(1);
    vec((0..1_000_000_u64, 0..1_000_000_u64, any::<bool>()), 0..20).prop_map(move |values| {
        let user_id = Eui64::parse("90-B3-D5-1F-30-03-00-00").unwrap();
        let srv = SrvOrAll::parse("6.15.1").unwrap();
        let row = |(index, (a, b, open)): (usize, &(u64, u64, bool))| {
            let start = now().plus(day * u32::try_from(index).unwrap());
            let (from, to) = if index == 0 {
                (open.then_some(start), None)
            } else {
                (Some(start), Some(start.plus(day)))
            };
            let (warning, quarantine) = (*a.min(b), *a.max(b));
            AdtRow {
                line: index as u64 + 2,
                user_id,
                srv,
                period: Period::Day,
                warning,
                quarantine,
                from,
                to,
            }
        };
        values.iter().enumerate().map(row).collect()
    })
}

fn exit_rows() -> impl Strategy<Value = Vec<ExitRow>> {
    let originator = Eui64::parse("90-B3-D5-1F-30-03-00-00").unwrap();
    vec(("[1-9][0-9]{0,14}", any::<u64>(), any::<bool>()), 1..30).prop_map(move |values| {
        let row = |(index, (event, target, release)): (usize, &(String, u64, bool))| ExitRow {
            line: index as u64 + 2,
            event: QuarantineEventRef::parse(event).unwrap(),
            request: RequestId {
                originator,
                target: Eui64::new(*target),
                counter: index as u64,
            },
            action: if *release {
                Action::Release
            } else {
                Action::Delete
            },
        };
        values.iter().enumerate().map(row).collect()
    })
}

fn report_rows() -> impl Strategy<Value = Vec<ReportRow>> {
    let values = (
        ("[1-9][0-9]{0,14}", any::<u64>()),
        select(vec!["6.15.1", "7.2", "7.1"]),
        0..1_000_000_000_u32,
    );
    vec(values, 1..30).prop_map(|values| {
        let row =
            |(index, ((event, target), srv, millis)): (usize, &((String, u64), &str, u32))| {
                ReportRow {
                    line: index as u64 + 2,
                    event: QuarantineEventRef::parse(event).unwrap(),
                    request: RequestId {
                        originator: Eui64::parse("90-B3-D5-1F-30-03-00-00").unwrap(),
                        target: Eui64::new(*target),
                        counter: index as u64,
                    },
                    srv: srv.parse().unwrap(),
                    breach: Breach::DccThreshold,
                    quarantined_at: now().plus(Duration::milliseconds(-i64::from(*millis))),
                }
            };
        values.iter().enumerate().map(row).collect()
    })
}

proptest! {
    #[test]
    fn any_bytes_can_be_read(bytes in vec(any::<u8>(), 0..600)) {
        let reading = read_exit(&bytes, &sender("large-supplier"), Profile::standard());
        prop_assert_eq!(reading.release + reading.delete, reading.rows.len() as u64);
        let reading = read_adt(&bytes, &sender("large-supplier"));
        prop_assert!(reading.rows.len() as u64 <= reading.row_count);
        let reading = read_report(&bytes, Profile::standard(), now());
        prop_assert!(reading.rows.len() as u64 <= reading.row_count);
    }

    #[test]
    fn how_the_bytes_are_cut_makes_no_difference(bytes in soup(), cuts in vec(any::<Index>(), 0..6)) {
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.extend([0, bytes.len()]);
        ends.sort_unstable();
        let pieces = || ends.windows(2).map(|range| &bytes[range[0]..range[1]]);
        prop_assert_eq!(adt_in_pieces(pieces()), adt_in_pieces([&bytes[..]].into_iter()));
        prop_assert_eq!(exit_in_pieces(pieces()), exit_in_pieces([&bytes[..]].into_iter()));
        prop_assert_eq!(report_in_pieces(pieces()), report_in_pieces([&bytes[..]].into_iter()));
    }

    #[test]
    fn byte_by_byte_reads_the_same(bytes in soup()) {
        prop_assert_eq!(adt_in_pieces(bytes.chunks(1)), adt_in_pieces([&bytes[..]].into_iter()));
        prop_assert_eq!(exit_in_pieces(bytes.chunks(1)), exit_in_pieces([&bytes[..]].into_iter()));
        prop_assert_eq!(report_in_pieces(bytes.chunks(1)), report_in_pieces([&bytes[..]].into_iter()));
    }

    #[test]
    fn findings_come_in_the_order_of_lines(bytes in soup()) {
        // These are of the whole file: told at the first place that shows them, or when the end shows them.
        let of_a_line = |code: &str| {
            !["trailing-blank-lines", "carriage-return-only", "doubled-carriage-return"].contains(&code)
        };
        let reading = read_exit(&bytes, &sender("network-operator"), Profile::standard());
        let findings = reading.findings.findings.iter().filter(|finding| of_a_line(&finding.code));
        let lines: Vec<u64> = findings.filter_map(|finding| finding.line).collect();
        prop_assert!(lines.is_sorted(), "{:?}", lines);
    }

    #[test]
    fn the_line_that_is_shown_is_the_one_that_a_finding_names(bytes in soup(), cut in any::<Index>()) {
        let reading = read_exit(&bytes, &sender("network-operator"), Profile::standard());
        let findings = reading.findings.findings.iter().filter(|finding| finding.code == "missing-value");
        for line in findings.filter_map(|finding| finding.line) {
            let mut lines = LinesAround::new(line, 0);
            let (start, end) = bytes.split_at(cut.index(bytes.len() + 1));
            let _ = lines.push(start).is_continue() && lines.push(end).is_continue();
            let shown = lines.finish();
            prop_assert_eq!(shown.len(), 1);
            // A value is missing: two of what separates values stand together, or one at an end.
            let text = &shown[0].text;
            let delimiters = [',', ';', '|', '\t', '␀'];
            prop_assert!(text.contains(delimiters) || text.contains('"'), "{}: {:?}", line, text);
        }
    }

    #[test]
    fn any_start_of_a_file_has_a_kind_or_none(bytes in soup()) {
        let _ = FileKind::guess(&bytes, "");
        let _ = ExchangedFile::suggested_by(&bytes);
    }

    #[test]
    fn an_adt_file_that_is_written_is_read(rows in adt_rows()) {
        let reading = read_adt(write_adt(&rows).as_bytes(), &sender("network-operator"));
        prop_assert_eq!(reading.findings.errors, u64::from(rows.is_empty()));
        prop_assert_eq!(reading.rows, rows);
    }

    #[test]
    fn an_exit_file_that_is_written_is_read(rows in exit_rows()) {
        let reading = read_exit(write_exit(rows.iter().copied()).as_bytes(), &sender("network-operator"), Profile::standard());
        prop_assert!(reading.findings.is_acceptable(), "{:?}", reading.findings);
        prop_assert_eq!(reading.rows.iter().collect::<Vec<_>>(), rows);
    }

    #[test]
    fn a_report_that_is_written_is_read(rows in report_rows()) {
        let reading = read_report(write_report(rows.iter().copied()).as_bytes(), Profile::standard(), now());
        prop_assert!(reading.findings.is_acceptable(), "{:?}", reading.findings);
        prop_assert_eq!(reading.rows.iter().collect::<Vec<_>>(), rows);
    }

    #[test]
    fn rows_by_event_are_the_rows_of_each_event(rows in exit_rows()) {
        let reading = read_exit(write_exit(rows).as_bytes(), &sender("network-operator"), Profile::standard());
        for (event, rows) in reading.rows.by_event().iter() {
            prop_assert_eq!(rows.collect::<Vec<_>>(), reading.rows.of_event(&event).collect::<Vec<_>>());
        }
    }
}
