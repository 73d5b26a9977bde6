//! Figures of a Report File: one of 1,000,000 rows is read, and compared with what is held, beside an Exit Quarantine file of as many.
//!
//! `cargo run --release -p sluice-shared --example report_a_million -- [ROWS]` prints them, one a line, as `check_a_million` does.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use std::collections::HashMap;
use std::time::Instant;

use sluice_shared::files::{
    Action, ExitReader, ExitRow, ReportReader, ReportRow, Sender, UserId, write_exit, write_report,
};
use sluice_shared::identifiers::{Eui64, RequestId, UserRole};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::quarantine::{
    Breach, EventOutcome, HeldEvent, ReportCheck, check_exit, check_report,
};
use time::Duration;

/// As a worker of a function reads a stream.
const PIECE: usize = 1 << 16;
/// Odd, so that one of them is in the middle.
const RUNS: usize = 5;
const USER_ID: &str = "90-B3-D5-1F-30-01-00-00";

fn main() {
    let rows: u64 = std::env::args()
        .nth(1)
        .map_or(1_000_000, |text| text.parse().unwrap());
    let report = write_report((0..rows).map(reported));
    let exit = write_exit((0..rows).map(|row| ExitRow {
        line: row + 2,
        event: reported(row).event,
        request: reported(row).request,
        action: Action::Release,
    }));
    let opened = held(judge_report(&report, &[]));
    // Half of what is held is new to the second report.
    let half = write_report((0..rows).step_by(2).map(reported));
    let half_held = held(judge_report(&half, &[]));
    let (mut reports, mut exits) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        reports.push(seconds(|| {
            let check = judge_report(&report, &half_held);
            assert_eq!(check.counts.new, rows - rows.div_ceil(2));
        }));
        exits.push(seconds(|| judge_exit(&exit, &opened, rows)));
    }
    let [report, exit] = [reports, exits].map(|mut seconds| {
        seconds.sort_by(f64::total_cmp);
        seconds[RUNS / 2]
    });
    let times = report / exit;
    println!(
        "A report of {rows} rows beside an exit file of as many\t{report:.2} s, {times:.2} times the exit file's {exit:.2} s\tat most twice\t{}\t",
        if times <= 2.0 { "yes" } else { "no" }
    );
}

fn seconds(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

fn reported(row: u64) -> ReportRow {
    // Spread over devices as real ones are, not in the order of the file.
    let target = 0x00DB_1234_0000_0000 | (row.wrapping_mul(2_654_435_761) & 0xFFFF_FFFF);
    let at = UtcTime::parse("2026-11-01T00:00:00Z").unwrap();
    ReportRow {
        line: row + 2,
        event: "18446744073709551617".parse().unwrap(),
        request: RequestId {
            originator: USER_ID.parse().unwrap(),
            target: Eui64::new(target),
            counter: 1_000_000 + row,
        },
        srv: ["7.2", "7.1"][usize::from(row.is_multiple_of(3))]
            .parse()
            .unwrap(),
        breach: Breach::UserThreshold,
        quarantined_at: at.plus(Duration::milliseconds(i64::try_from(row).unwrap())),
    }
}

fn judge_report(file: &str, held: &[HeldEvent]) -> ReportCheck {
    let received_at = UtcTime::parse("2026-11-01T12:00:00Z").unwrap();
    let mut reader =
        ReportReader::new(Profile::standard(), received_at).expecting(file.len() as u64);
    for piece in file.as_bytes().chunks(PIECE) {
        reader.push(piece);
    }
    let reading = reader.finish();
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let owner: Eui64 = USER_ID.parse().unwrap();
    let owners = HashMap::from([(owner, "large-supplier".parse().unwrap())]);
    check_report(&reading.rows, held, &owners, 1_000).unwrap()
}

fn judge_exit(file: &str, held: &[HeldEvent], rows: u64) {
    let sender = Sender {
        organisation: "large-supplier".parse().unwrap(),
        user_ids: vec![UserId {
            id: USER_ID.parse().unwrap(),
            roles: vec![UserRole::ImportSupplier],
        }],
    };
    let mut reader = ExitReader::new(Profile::standard(), &sender).expecting(file.len() as u64);
    for piece in file.as_bytes().chunks(PIECE) {
        reader.push(piece);
    }
    let reading = reader.finish();
    let check = check_exit(&reading.rows, held, None, 1_000);
    assert_eq!((check.findings.total(), check.counts.release), (0, rows));
}

fn held(check: ReportCheck) -> Vec<HeldEvent> {
    let events = check.events.into_iter();
    events
        .filter_map(|event| match event.outcome {
            EventOutcome::Opened(growth) => Some(HeldEvent {
                event: growth.event,
                pages: growth.pages,
            }),
            EventOutcome::Grown(_) | EventOutcome::Unchanged => None,
        })
        .collect()
}
