//! What a stranger's file makes the service hold, as a multiple of the file: counted by the allocator, so that no clock and no other
//! thread is in it.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

mod file_support;
mod testkit_files;

use std::fmt::Write as _;

use allocation_counter::measure;
use sluice_shared::files::{ExchangedFile, ExitReader, FileKind, ReportReader, ReportReading};
use sluice_shared::finding::SignatureDefect;
use sluice_shared::identifiers::Eui64;
use sluice_shared::profile::Profile;
use sluice_shared::quarantine::{EventOutcome, HeldEvent, ReportCheck, check_report};
use sluice_shared::signature::Signature;
use sluice_shared::thresholds::{Change, ComparedThreshold, Limits, Period, ThresholdKey};

use file_support::{now, read_adt, sender};
use testkit_files::signature_file;

/// As much as shows a multiple; the limit is twelve times as much.
const SIZE: usize = 16 << 20;
const DATA: [u8; 11] = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const SIGNED_DATA: [u8; 11] = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];

/// A value in BER or DER: of indefinite length, or of one in four bytes.
fn value(tag: u8, indefinite: bool, inside: &[u8]) -> Vec<u8> {
    let mut value = vec![tag];
    if indefinite {
        value.push(0x80);
        value.extend_from_slice(inside);
        value.extend([0, 0]);
    } else {
        value.extend(match inside.len() {
            short @ 0..=0x7f => vec![u8::try_from(short).unwrap()],
            long => {
                let bytes = long.to_be_bytes();
                let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
                let length = &bytes[zeros..];
                [&[0x80 | u8::try_from(length.len()).unwrap()], length].concat()
            }
        });
        value.extend_from_slice(inside);
    }
    value
}

/// A signature of the testkit around another content, which is a whole octet string.
fn enveloping(content: &[u8], indefinite: bool) -> Vec<u8> {
    let detached = signature_file("good-p256.p7s");
    let without = [&[0x30, 11], &DATA[..]].concat();
    let at = detached
        .windows(without.len())
        .position(|window| window == without)
        .unwrap();
    let version = detached
        .windows(5)
        .position(|window| window == [0x02, 1, 1, 0x31, 13])
        .unwrap();
    let value = |tag, inside: &[u8]| value(tag, indefinite, inside);
    let encapsulated = value(0x30, &[&DATA[..], &value(0xa0, content)].concat());
    let signed = value(
        0x30,
        &[
            &detached[version..at],
            &encapsulated,
            &detached[at + without.len()..],
        ]
        .concat(),
    );
    value(0x30, &[&SIGNED_DATA[..], &value(0xa0, &signed)].concat())
}

/// An octet string in pieces of so many bytes.
fn pieces(size: usize) -> Vec<u8> {
    let piece = value(0x04, false, &vec![b'x'; size]);
    value(0x24, true, &piece.repeat(SIZE / size))
}

/// Reads it as `intake` does; the most bytes held at a time, file included, over the file.
fn multiple(file: Vec<u8>) -> (f64, Result<Signature, SignatureDefect>) {
    let length = file.len() as f64;
    let mut signature = None;
    let counted = measure(|| signature = Some(Signature::parse_owned(file)));
    let multiple = (length + counted.bytes_max as f64) / length;
    (multiple, signature.unwrap())
}

#[test]
fn a_file_inside_its_signature_is_held_once_however_it_is_written() {
    for (what, file) in [
        (
            "DER",
            enveloping(&value(0x04, false, &vec![b'x'; SIZE]), false),
        ),
        (
            "BER, one piece",
            enveloping(&value(0x04, false, &vec![b'x'; SIZE]), true),
        ),
        ("BER, pieces of 4 KiB", enveloping(&pieces(4096), true)),
        ("BER, pieces of 16 bytes", enveloping(&pieces(16), true)),
    ] {
        let (multiple, signature) = multiple(file);
        println!("{what}: {multiple:.2} times the file");
        assert!(multiple < 1.1, "{what}: {multiple:.2}");
        let mut content = signature.unwrap();
        assert_eq!(content.content().unwrap(), vec![b'x'; SIZE], "{what}");
        let counted = measure(|| {
            let taken = std::mem::replace(&mut content, Signature::parse(&small()).unwrap());
            assert_eq!(taken.into_content().unwrap().len(), SIZE);
        });
        assert!(counted.bytes_max < 1 << 20, "{what}: taken out in place");
    }
}

fn small() -> Vec<u8> {
    enveloping(&value(0x04, false, b"x"), false)
}

#[test]
fn in_pem_it_takes_no_more_than_text_and_bytes() {
    use base64ct::{Base64, Encoding};
    let der = enveloping(&value(0x04, false, &vec![b'x'; SIZE]), false);
    let body = Base64::encode_string(&der);
    let mut text = "-----BEGIN CMS-----\n".to_owned();
    for line in body.as_bytes().chunks(64) {
        text.push_str(std::str::from_utf8(line).unwrap());
        text.push('\n');
    }
    text.push_str("-----END CMS-----\n");
    let (multiple, signature) = multiple(text.into_bytes());
    println!("PEM: {multiple:.2} times the file");
    assert!(multiple < 2.2, "{multiple:.2}");
    assert_eq!(signature.unwrap().content().unwrap().len(), SIZE);
}

#[test]
fn nested_ber_is_refused_before_it_is_held() {
    let deep = |tag| {
        let mut nested = value(0x04, false, &vec![b'x'; SIZE]);
        for _ in 0..22 {
            nested = value(tag, true, &nested);
        }
        nested
    };
    for (what, file, refused) in [
        ("sequences around a string", deep(0x30), true),
        ("strings around a string", deep(0x24), true),
        (
            "many small values",
            value(0x30, true, &[0x05, 0].repeat(SIZE / 2)),
            true,
        ),
        (
            "many empty strings",
            value(0x30, true, &[0x24, 0x80, 0, 0].repeat(SIZE / 4)),
            true,
        ),
        ("open strings alone", [0x24, 0x80].repeat(SIZE / 2), true),
        ("open sequences alone", [0x30, 0x80].repeat(SIZE / 2), true),
        (
            "content in deep strings",
            enveloping(&deep(0x24), true),
            false,
        ),
    ] {
        let (multiple, signature) = multiple(file);
        println!("{what}: {multiple:.2} times the file");
        assert!(multiple < 1.1, "{what}: {multiple:.2}");
        assert_eq!(signature.is_err(), refused, "{what}");
    }
}

#[test]
fn an_adt_file_of_many_exceptions_is_read_up_to_its_limit() {
    let mut file = FileKind::Adt.header() + "\n";
    let rows = 300_000_u32;
    for row in 0..rows {
        let (day, hour) = (row / 24, row % 24);
        let (year, day) = (2027 + day / 336, day % 336);
        let (month, day) = (1 + day / 28, 1 + day % 28);
        writeln!(
            file,
            "90-B3-D5-1F-30-01-00-00,7.2,PT1H,1,2,{year:04}-{month:02}-{day:02}T{hour:02}:00:00Z,{year:04}-{month:02}-{day:02}T{hour:02}:30:00Z"
        )
        .unwrap();
    }
    let sender = sender("large-supplier");
    let counted = measure(|| {
        let reading = read_adt(file.as_bytes(), &sender);
        assert_eq!(reading.row_count, u64::from(rows));
        assert_eq!(reading.findings.count_of("too-many-rows"), 1);
        let finding = &reading.findings.findings[0];
        assert_eq!(finding.line, Some(20_002));
        assert!(
            finding.remedy.contains("all the rows of the User IDs"),
            "{finding:?}"
        );
    });
    let megabytes = counted.bytes_max as f64 / 1e6;
    println!("300,000 exceptions: {megabytes:.1} MB");
    assert!(megabytes < 40.0, "{megabytes:.1}");
}

/// The number that the limit of rows is reckoned with.
#[test]
fn what_a_row_changes_takes_80_bytes_at_the_least() {
    let least = ComparedThreshold {
        key: ThresholdKey {
            srv: "7.2".parse().unwrap(),
            period: Period::Day,
        },
        old: None,
        new: Some(Limits {
            warning: 0,
            quarantine: 0,
        }),
        change: Change::New,
        factor: None,
        big: false,
        from: None,
    };
    let json = serde_json::to_string(&least).unwrap();
    assert!(json.len() >= 80, "{json}");
}

/// A file at the limit of rows, in the form that costs most: inside its signature, in pieces.
#[test]
fn a_million_rows_inside_their_signature_take_little_more_than_themselves() {
    let mut file = FileKind::ExitQuarantine.header() + "\r\n";
    for row in 0..1_000_000_u64 {
        let [a, b, c] = [row >> 16 & 0xff, row >> 8 & 0xff, row & 0xff];
        write!(
            file,
            "1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-{a:02X}-{b:02X}-{c:02X}:{row},Release\r\n"
        )
        .unwrap();
    }
    let pieces: Vec<u8> = file
        .as_bytes()
        .chunks(4096)
        .flat_map(|piece| value(0x04, false, piece))
        .collect();
    let object = enveloping(&value(0x24, true, &pieces), true);
    drop((file, pieces));
    let length = object.len();
    let sender = sender("network-operator");
    let counted = measure(|| {
        let signature = Signature::parse_owned(object).unwrap();
        let mut reader = ExitReader::new(Profile::standard(), &sender).expecting(length as u64);
        let content = signature.content().unwrap();
        content.chunks(1 << 16).for_each(|piece| reader.push(piece));
        let reading = reader.finish();
        assert_eq!(
            (reading.row_count, reading.findings.total()),
            (1_000_000, 0)
        );
    });
    let beside = counted.bytes_max as f64 / 1e6;
    println!(
        "1,000,000 rows in {:.0} MB: {beside:.0} MB beside it",
        length as f64 / 1e6
    );
    assert!(beside < 120.0, "{beside:.0}");
}

/// A report of these rows of one event, in pieces that are dropped once they are read.
fn read_long_report(rows: std::ops::Range<u64>) -> ReportReading {
    let mut reader = ReportReader::new(Profile::standard(), now()).expecting(150 * rows.end);
    reader.push((ExchangedFile::Report.header() + "\r\n").as_bytes());
    for row in rows {
        let [a, b, c] = [row >> 16 & 0xff, row >> 8 & 0xff, row & 0xff];
        let (second, milli) = (row / 1000 % 60, row % 1000);
        let line = format!(
            "1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-{c:02X}-{b:02X}-{a:02X}:{row},90-B3-D5-1F-30-03-00-00,6.15.1,\
             ADUserThresholdBreach,2026-11-21T10:00:{second:02}.{milli:03}Z\r\n"
        );
        reader.push(line.as_bytes());
    }
    reader.finish()
}

fn check_long_report(reading: &ReportReading, held: &[HeldEvent]) -> ReportCheck {
    let owner: Eui64 = "90-B3-D5-1F-30-03-00-00".parse().unwrap();
    let owners = std::collections::HashMap::from([(owner, "network-operator".parse().unwrap())]);
    check_report(&reading.rows, held, &owners, 1_000).unwrap()
}

/// At the limit of rows, of one event, half of which is held already.
#[test]
fn a_report_of_a_million_rows_is_judged_in_half_of_what_is_allowed() {
    let first = read_long_report(0..500_000);
    let mut held = Vec::new();
    for event in check_long_report(&first, &[]).events {
        if let EventOutcome::Opened(growth) = event.outcome {
            held.push(HeldEvent {
                event: growth.event,
                pages: growth.pages,
            });
        }
    }
    drop(first);
    let counted = measure(|| {
        let reading = read_long_report(0..1_000_000);
        assert_eq!(
            (reading.row_count, reading.findings.total()),
            (1_000_000, 0)
        );
        let check = check_long_report(&reading, &held);
        assert_eq!((check.counts.known, check.counts.new), (500_000, 500_000));
    });
    let megabytes = counted.bytes_max as f64 / 1e6;
    println!("1,000,000 reported rows: {megabytes:.0} MB");
    assert!(megabytes < 300.0, "{megabytes:.0}");
}
