//! A usual row is exactly what Sluice writes, and is read as the long way reads it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::communication_rows::RowKey;
use super::exit_usual::UsualRows;
use super::{Action, ExitReader, ExitReading, ExitRow, FileKind, Sender, UserId, write_exit};
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId, UserRole};
use crate::profile::Profile;

const EVENT: &str = "1203";
const OWN: &str = "90-B3-D5-1F-30-01-00-00";
/// Another User ID of the sender, of which only the end is another.
const OTHER: &str = "90-B3-D5-1F-30-01-00-01";

/// A row as Sluice writes it, line end included, and without its header.
fn written(target: u64, counter: u64, action: Action) -> String {
    let row = ExitRow {
        line: 2,
        event: EVENT.parse().expect("an event"),
        request: RequestId {
            originator: OWN.parse().expect("an EUI-64"),
            target: Eui64::new(target),
            counter,
        },
        action,
    };
    write_exit([row]).split_off(FileKind::ExitQuarantine.header().len() + 2)
}

/// Of rows with this event and this originator.
fn usual_rows() -> UsualRows {
    let key = RowKey {
        target: 0,
        counter: 0,
        event: 0,
        originator: 0,
    };
    let event: QuarantineEventRef = EVENT.parse().expect("an event");
    let originator: Eui64 = OWN.parse().expect("an EUI-64");
    let mut usual = UsualRows::default();
    usual.follow(&key, event, originator);
    usual
}

/// Mostly what Sluice writes, some of it otherwise.
fn column(usual: &'static str, otherwise: &[&'static str]) -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(usual), 1 => select(otherwise.to_vec())]
}

fn row() -> impl Strategy<Value = String> {
    let columns = (
        column(EVENT, &["1204", "01203", "", "12000000000000000"]),
        column(
            OWN,
            &[
                OTHER,
                "90-b3-d5-1f-30-01-00-00",
                "90-B3-D5-1F-30-03-00-00",
                "90B3D51F30010000",
            ],
        ),
        column(
            "00-DB-12-34-56-78-90-A0",
            &[
                "00-DB-12-34-56-78-90-A1",
                "00-db-12-34-56-78-90-a0",
                "00-DB-12-34-56-78-90-AG",
                "00DB1234567890A0",
            ],
        ),
        prop_oneof![
            2 => select(vec!["0", "1", "2", "9999999999999999"]),
            1 => select(vec!["00", "01", "10000000000000000", "x", ""]),
        ],
        column("Release", &["Delete", "delete", "Releases", "\"Delete\""]),
        column("\r\n", &["\n", "\r", "\r\r\n", "\n\n", ",\n", ";\n"]),
    );
    let row = columns.prop_map(|(event, originator, target, counter, action, end)| {
        format!("{event},{originator}:{target}:{counter},{action}{end}")
    });
    // None is as long as the limit by which usual rows are not looked for.
    row.prop_filter("short enough", |row| row.len() < UsualRows::LONGEST)
}

/// Files by their header and a first row that is good below it.
const BEGINNINGS: [&str; 5] = [
    "QuarantineEventRef,RequestID,Action\r\n",
    "QuarantineEventRef,RequestID,Action\r\n1203,90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7,Delete\r\n",
    "QuarantineEventRef,Action,RequestID\r\n1203,Delete,90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7\r\n",
    "QuarantineEventRef;RequestID;Action\r\n1203;90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:7;Delete\r\n",
    "Note\r\n",
];

/// A reader with so long a limit of records, which decides whether usual rows are read at once.
fn reader(longest: usize) -> ExitReader {
    let user_id = |id: &str| UserId {
        id: id.parse().expect("an EUI-64"),
        roles: vec![UserRole::ImportSupplier],
    };
    let sender = Sender {
        organisation: "large-supplier".parse().expect("an organisation"),
        user_ids: vec![user_id(OWN), user_id(OTHER)],
    };
    let mut profile = Profile::standard().clone();
    profile.files.max_record_bytes = longest;
    profile.files.max_rows = 12;
    ExitReader::new(&profile, &sender)
}

fn check_pieces<'a>(longest: usize, pieces: impl Iterator<Item = &'a [u8]>) -> ExitReading {
    let mut reader = reader(longest);
    pieces.for_each(|piece| reader.push(piece));
    reader.finish()
}

/// A piece may end within a line that is given up, and the next one begin with what looks like a row.
#[test]
fn the_rest_of_a_line_that_was_given_up_is_no_row() {
    let row = written(7, 8, Action::Delete);
    let too_long = "x".repeat(UsualRows::LONGEST + 1);
    let pieces = [BEGINNINGS[1], &too_long, &row, &row];
    let reading = check_pieces(
        UsualRows::LONGEST,
        pieces.iter().map(|piece| piece.as_bytes()),
    );
    assert_eq!(reading.rows.len(), 2);
    assert_eq!(reading.findings.count_of("duplicate-communication"), 0);
}

proptest! {
    #[test]
    fn what_sluice_writes_is_usual(target: u64, counter in 0..10_000_000_000_000_000_u64, release: bool) {
        let action = if release { Action::Release } else { Action::Delete };
        let text = written(target, counter, action);
        let row = usual_rows().usual_row(text.as_bytes());
        prop_assert_eq!(row.map(|row| (row.key.target, row.key.counter, row.action, row.length)), Some((target, counter, action, text.len())));
        prop_assert!(text.len() <= UsualRows::LONGEST + 2);
    }

    #[test]
    fn what_is_usual_is_what_sluice_writes(text in row()) {
        if let Some(row) = usual_rows().usual_row(text.as_bytes()) {
            let written = written(row.key.target, row.key.counter, row.action);
            prop_assert_eq!(text[..row.length].replace("\r\n", "\n"), written.replace("\r\n", "\n"));
        }
    }

    #[test]
    fn part_of_a_row_is_none(cut in 0..60_usize) {
        let text = written(7, 8, Action::Delete);
        prop_assert!(usual_rows().usual_row(&text.as_bytes()[..cut.min(text.len() - 1)]).is_none());
    }

    #[test]
    fn read_at_once_or_the_long_way_a_file_says_the_same(rows in vec(row(), 0..16), pieces in 1..200_usize) {
        for beginning in BEGINNINGS {
            let file = [beginning, &rows.concat()].concat();
            let whole = || std::iter::once(file.as_bytes());
            let long_way = check_pieces(UsualRows::LONGEST - 1, whole());
            prop_assert_eq!(&check_pieces(UsualRows::LONGEST, whole()), &long_way);
            prop_assert_eq!(&check_pieces(UsualRows::LONGEST, file.as_bytes().chunks(pieces)), &long_way);
        }
    }
}
