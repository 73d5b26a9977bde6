//! What the tests of files share: who sends, and reading in one piece.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test takes what it needs"
)]

use std::collections::BTreeSet;

use sluice_shared::files::{
    AdtReader, AdtReading, ExitReader, ExitReading, ReportReader, ReportReading, Sender, UserId,
    lost_zeros,
};
use sluice_shared::identifiers::{Eui64, OrganisationId, SrvOrAll, UserRole};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::thresholds::Period;

/// The organisations of the demonstration, by name.
pub(crate) fn sender(organisation: &str) -> Sender {
    let user_id = |id: &str, role| UserId {
        id: Eui64::parse(id).unwrap(),
        roles: vec![role],
    };
    let user_ids = match organisation {
        "large-supplier" => vec![
            user_id("90-B3-D5-1F-30-01-00-00", UserRole::ImportSupplier),
            user_id("90-B3-D5-1F-30-02-00-00", UserRole::GasSupplier),
        ],
        "network-operator" => vec![user_id(
            "90-B3-D5-1F-30-03-00-00",
            UserRole::ElectricityDistributor,
        )],
        other => panic!("no organisation {other}"),
    };
    Sender {
        organisation: OrganisationId::parse(organisation).unwrap(),
        user_ids,
    }
}

/// The instant at which the testkit's files arrive.
pub(crate) fn now() -> UtcTime {
    UtcTime::parse("2026-11-21T12:00:00Z").unwrap()
}

pub(crate) fn read_adt(bytes: &[u8], sender: &Sender) -> AdtReading {
    read_adt_after(bytes, sender, now(), &BTreeSet::new())
}

pub(crate) fn read_adt_after(
    bytes: &[u8],
    sender: &Sender,
    now: UtcTime,
    previous: &BTreeSet<(Eui64, SrvOrAll, Period)>,
) -> AdtReading {
    let profile = Profile::standard();
    let mut reader = AdtReader::new(profile, sender, now);
    reader.push(bytes);
    let mut reading = reader.finish();
    let in_force = |user_id, srv| {
        previous
            .iter()
            .any(|known| (known.0, known.1) == (user_id, SrvOrAll::One(srv)))
    };
    lost_zeros(&reading.maybe_lost_zeros, in_force, &mut reading.findings);
    reading
}

pub(crate) fn read_exit(bytes: &[u8], sender: &Sender, profile: &Profile) -> ExitReading {
    let mut reader = ExitReader::new(profile, sender);
    reader.push(bytes);
    reader.finish()
}

/// A report that was received then.
pub(crate) fn read_report(bytes: &[u8], profile: &Profile, received_at: UtcTime) -> ReportReading {
    let mut reader = ReportReader::new(profile, received_at);
    reader.push(bytes);
    reader.finish()
}
