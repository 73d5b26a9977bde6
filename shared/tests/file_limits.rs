//! Files at the limits of the profile, made here since they are too large to keep.
#![allow(clippy::unwrap_used)]

mod file_support;

use std::fmt::Write;

use sluice_shared::files::{ExitReader, FileKind, Sender, UserId};
use sluice_shared::identifiers::{Eui64, UserRole};
use sluice_shared::profile::Profile;

use file_support::{read_adt, read_exit, sender};

fn header(kind: FileKind) -> String {
    kind.header() + "\n"
}

fn exit_file(rows: u64) -> String {
    let mut text = header(FileKind::ExitQuarantine);
    for row in 0..rows {
        writeln!(
            text,
            "1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:{row},Release"
        )
        .unwrap();
    }
    text
}

fn small_profile() -> Profile {
    let mut profile = Profile::standard().clone();
    profile.files.max_rows = 1_000;
    profile
}

#[test]
fn a_file_with_as_many_rows_as_allowed_is_good() {
    let reading = read_exit(
        exit_file(1_000).as_bytes(),
        &sender("network-operator"),
        &small_profile(),
    );
    assert!(reading.findings.is_empty());
    assert_eq!((reading.row_count, reading.release), (1_000, 1_000));
}

#[test]
fn one_row_more_is_told_once_at_its_line_and_the_rest_is_counted() {
    let reading = read_exit(
        exit_file(1_005).as_bytes(),
        &sender("network-operator"),
        &small_profile(),
    );
    let [finding] = &reading.findings.findings[..] else {
        panic!("{:?}", reading.findings)
    };
    assert_eq!(
        (finding.code.as_str(), finding.line),
        ("too-many-rows", Some(1_002))
    );
    assert_eq!(finding.message, "The file has more than 1,000 rows.");
    assert_eq!((reading.row_count, reading.rows.len()), (1_005, 1_000));
}

#[test]
fn the_standard_limit_is_a_million_rows() {
    let reading = read_exit(
        exit_file(1_000_001).as_bytes(),
        &sender("network-operator"),
        Profile::standard(),
    );
    assert_eq!(reading.findings.findings[0].line, Some(1_000_002));
    assert_eq!(
        (reading.findings.total(), reading.row_count),
        (1, 1_000_001)
    );
}

#[test]
fn a_row_of_a_megabyte_is_passed_over_and_the_next_is_read() {
    let long = "x".repeat(1_000_000);
    let text = format!(
        "{}{long}\n1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:9,Hold\n",
        exit_file(1)
    );
    let reading = read_exit(
        text.as_bytes(),
        &sender("network-operator"),
        Profile::standard(),
    );
    let found: Vec<_> = reading
        .findings
        .findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.line))
        .collect();
    assert_eq!(
        found,
        [("row-too-long", Some(3)), ("unknown-action", Some(4))]
    );
    assert_eq!((reading.rows.len(), reading.row_count), (1, 3));
}

#[test]
fn a_quoted_row_of_a_megabyte_of_lines_is_an_unclosed_quote() {
    let text = header(FileKind::ExitQuarantine) + "\"1301\n" + &"\n".repeat(1_000_000);
    let reading = read_exit(
        text.as_bytes(),
        &sender("network-operator"),
        Profile::standard(),
    );
    assert_eq!(reading.findings.findings[0].code, "unclosed-quote");
    assert_eq!(reading.findings.findings[0].line, Some(2));
}

#[test]
fn a_header_that_is_too_long_stops_the_reading() {
    let reading = read_adt(
        "x".repeat(1_000_000).as_bytes(),
        &sender("network-operator"),
    );
    assert_eq!(reading.findings.findings[0].code, "row-too-long");
    assert_eq!(reading.findings.total(), 1);
}

#[test]
fn a_file_of_too_many_bytes_is_told_once() {
    let mut profile = Profile::standard().clone();
    profile.files.max_file_bytes = 100;
    let mut reader = ExitReader::new(&profile, &sender("network-operator"));
    for piece in exit_file(3).as_bytes().chunks(40) {
        reader.push(piece);
    }
    let findings = reader.finish().findings;
    assert_eq!(
        (findings.total(), findings.count_of("file-too-large")),
        (1, 1)
    );
}

#[test]
fn findings_past_the_thousandth_are_counted_and_not_kept() {
    let row = "1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:9,Hold\n";
    let text = header(FileKind::ExitQuarantine) + &row.repeat(1_500);
    let findings = read_exit(
        text.as_bytes(),
        &sender("network-operator"),
        Profile::standard(),
    )
    .findings;
    assert_eq!(
        (
            findings.findings.len(),
            findings.count_of("unknown-action"),
            findings.errors
        ),
        (1_000, 1_500, 1_500)
    );
    assert_eq!(findings.findings[999].line, Some(1_001));
}

#[test]
fn more_user_ids_than_allowed_are_told_at_the_first_that_is_too_many() {
    let id = |n: u64| Eui64::new(0x90B3_D51F_3003_0000 + n);
    let user_ids = (0..50)
        .map(|n| UserId {
            id: id(n),
            roles: vec![UserRole::ElectricityDistributor],
        })
        .collect();
    let sender = Sender {
        user_ids,
        ..sender("network-operator")
    };
    let mut text = header(FileKind::Adt);
    for n in 0..45 {
        writeln!(text, "{},6.15.1,P1D,1,2,,", id(n)).unwrap();
    }
    let findings = read_adt(text.as_bytes(), &sender).findings;
    assert_eq!((findings.total(), findings.findings[0].line), (1, Some(42)));
    assert_eq!(findings.findings[0].code, "too-many-user-ids");
}
