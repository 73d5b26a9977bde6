//! How long checking an Exit Quarantine file takes: `cargo run --release -p sluice-shared --example read_exit_rows -- 1000000`.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::time::Instant;

use sluice_shared::files::{ExitReader, Sender, UserId};
use sluice_shared::identifiers::{Eui64, OrganisationId, UserRole};
use sluice_shared::profile::Profile;

fn main() {
    let rows: u64 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000);
    let originator = Eui64::parse("90-B3-D5-1F-30-02-00-00").unwrap();
    let mut text = "QuarantineEventRef,RequestID,Action\r\n".to_owned();
    for row in 0..rows {
        // An odd factor spreads the devices over all values, as real ones are spread.
        let target = Eui64::new(row.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let action = if row % 3 == 0 { "Delete" } else { "Release" };
        write!(
            text,
            "18446744073709551617,{originator}:{target}:{},{action}\r\n",
            1_000 + row
        )
        .unwrap();
    }
    let sender = Sender {
        organisation: OrganisationId::parse("large-supplier").unwrap(),
        user_ids: vec![UserId {
            id: originator,
            roles: vec![UserRole::GasSupplier],
        }],
    };
    for piece in [64 * 1024, usize::MAX] {
        let start = Instant::now();
        let mut reader = ExitReader::new(Profile::standard(), &sender);
        text.as_bytes()
            .chunks(piece)
            .for_each(|piece| reader.push(piece));
        let reading = reader.finish();
        println!(
            "{} rows, {} bytes, {} findings, {} ms",
            reading.rows.len(),
            text.len(),
            reading.findings.total(),
            start.elapsed().as_millis()
        );
    }
}
