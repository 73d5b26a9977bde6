//! Figures of the intake without storage: a signed Exit Quarantine file of 1,000,000 rows is read from disk piece by
//! piece, hashed, its signature and certificate path verified, each row checked, and all rows compared with what is held.
//!
//! `cargo run --release -p sluice-shared --example check_a_million -- [ROWS]` prints its figures, one a line; `cargo xtask figures`
//! puts them into its table.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use std::fs::{self, File};
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::time::Instant;

use sluice_shared::files::{ExitReader, Sender, UserId};
use sluice_shared::identifiers::{Eui64, QuarantineEventRef, RequestId, Srv, UserRole};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::quarantine::{
    Breach, Counts, DecidedPage, HeldCommunication, HeldEvent, HeldPage, QuarantineEvent,
    check_exit,
};
use sluice_shared::signature::{
    Certificate, ContentDigests, Crls, P256Key, Signature, SignedAttributes, TrustAnchors,
    VerificationContext, verify,
};

/// As a worker of a function reads a stream.
const PIECE: usize = 1 << 16;
/// Odd, so that one of them is in the middle.
const RUNS: usize = 5;
const NOW: &str = "2026-11-01T12:00:00Z";

fn main() {
    let rows: u64 = std::env::args()
        .nth(1)
        .map_or(1_000_000, |text| text.parse().unwrap());
    let user_id = Eui64::parse("90-B3-D5-1F-30-01-00-00").unwrap();
    let event = QuarantineEventRef::parse("18446744073709551617").unwrap();
    let path = std::env::temp_dir().join(format!("sluice-{rows}-{}.csv", std::process::id()));
    write_file(&path, user_id, event, rows);
    let signature = sign(&path);
    let held = [held_event(user_id, event, rows)];
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            let counts = intake(&path, &signature, user_id, &held);
            assert_eq!(counts.release + counts.delete, rows);
            began.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let times = peak_kib() as f64 * 1024.0 / fs::metadata(&path).unwrap().len() as f64;
    fs::remove_file(&path).unwrap();

    let (least, middle, most) = (seconds[0], seconds[RUNS / 2], seconds[RUNS - 1]);
    figure(
        "Intake of 1,000,000 rows natively, without storage",
        &format!("{middle:.2} s ({least:.2} s to {most:.2} s)"),
        ("under 1.5 s", middle < 1.5),
    );
    figure(
        "… most memory, with what is held",
        &format!("{times:.2} times the file"),
        ("under 4 times", times < 4.0),
    );
}

/// A line of values that tabs separate: what, measured, aim, reached.
fn figure(what: &str, measured: &str, (aim, reached): (&str, bool)) {
    let reached = if reached { "yes" } else { "no" };
    println!("{what}\t{measured}\t{aim}\t{reached}\t");
}

/// What `intake` does between reading the object and writing to the tables.
fn intake(path: &Path, signature: &[u8], user_id: Eui64, held: &[HeldEvent]) -> Counts {
    let sender = Sender {
        organisation: "large-supplier".parse().unwrap(),
        user_ids: vec![UserId {
            id: user_id,
            roles: vec![UserRole::ImportSupplier],
        }],
    };
    let profile = Profile::standard();
    let mut digests = ContentDigests::new();
    let mut reader = ExitReader::new(profile, &sender).expecting(fs::metadata(path).unwrap().len());
    let mut file = File::open(path).unwrap();
    let mut piece = vec![0; PIECE];
    while let Ok(read @ 1..) = file.read(&mut piece) {
        digests.push(&piece[..read]);
        reader.push(&piece[..read]);
    }
    let anchors = TrustAnchors::parse(&testkit("root.pem")).unwrap();
    let crls = Crls::parse(&testkit("crls.pem")).unwrap();
    let context = VerificationContext {
        anchors: &anchors,
        crls: &crls,
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at: NOW.parse().unwrap(),
        now: NOW.parse().unwrap(),
    };
    verify(
        &context,
        &Signature::parse(signature).unwrap(),
        &digests.finish(),
    )
    .unwrap();
    let reading = reader.finish();
    assert!(reading.findings.is_acceptable(), "{:?}", reading.findings);
    let check = check_exit(&reading.rows, held, None, profile.files.max_findings);
    assert!(check.findings.is_acceptable());
    check.counts
}

fn request(user_id: Eui64, index: u64) -> RequestId {
    // Spread over devices as real ones are, not in the order of the file.
    let target =
        Eui64::new(0x00DB_1234_0000_0000 | (index.wrapping_mul(2_654_435_761) & 0xFFFF_FFFF));
    RequestId {
        originator: user_id,
        target,
        counter: 1_000_000 + index,
    }
}

fn write_file(path: &Path, user_id: Eui64, event: QuarantineEventRef, rows: u64) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    file.write_all(b"QuarantineEventRef,RequestID,Action\r\n")
        .unwrap();
    for index in 0..rows {
        let action = if index % 9 == 0 { "Delete" } else { "Release" };
        write!(file, "{event},{},{action}\r\n", request(user_id, index)).unwrap();
    }
}

fn sign(path: &Path) -> Vec<u8> {
    let mut digests = ContentDigests::new();
    let mut file = File::open(path).unwrap();
    let mut piece = vec![0; PIECE];
    while let Ok(read @ 1..) = file.read(&mut piece) {
        digests.push(&piece[..read]);
    }
    let certificates = [
        Certificate::parse(&testkit("aro.pem")).unwrap(),
        Certificate::parse(&testkit("issuing.pem")).unwrap(),
    ];
    let key = P256Key::from_pem(&String::from_utf8(testkit("aro.test-only.key")).unwrap()).unwrap();
    let attributes = SignedAttributes::new(
        &digests.finish().exact,
        &certificates[0],
        NOW.parse::<UtcTime>().unwrap(),
    );
    attributes
        .assemble(&certificates, &key.sign(&attributes.to_be_signed()))
        .unwrap()
}

fn held_event(user_id: Eui64, reference: QuarantineEventRef, rows: u64) -> HeldEvent {
    let quarantined_at: UtcTime = "2026-11-01T08:00:00Z".parse().unwrap();
    let srv = Srv::parse("7.2").unwrap();
    let held = (0..rows)
        .map(|index| HeldCommunication {
            request: request(user_id, index),
            srv,
            quarantined_at,
        })
        .collect();
    let pages = HeldPage::paginate(user_id, held).unwrap();
    HeldEvent {
        event: QuarantineEvent {
            reference,
            user_id,
            organisation: "large-supplier".parse().unwrap(),
            breach: Breach::UserThreshold,
            quarantined_at,
            pages: u32::try_from(pages.len()).unwrap(),
            counts: Counts {
                held: rows,
                ..Counts::default()
            },
            by_srv: Vec::new(),
            deciding_for: None,
        },
        pages: pages
            .into_iter()
            .zip(0..)
            .map(|(page, number)| DecidedPage::held(number, page))
            .collect(),
    }
}

fn testkit(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("testkit/signatures")
            .join(name),
    )
    .unwrap()
}

/// The largest resident size so far, in KiB, as Linux tells it; what is held in memory for the comparison is part of it.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
