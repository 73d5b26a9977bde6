//! What the tests of files share: who sends, and reading in one piece.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test takes what it needs"
)]

use std::collections::BTreeSet;

use sluice_shared::files::{AdtReader, AdtReading, ExitReader, ExitReading, Sender, UserId};
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
    read_adt_after(bytes, sender, now(), BTreeSet::new())
}

pub(crate) fn read_adt_after(
    bytes: &[u8],
    sender: &Sender,
    now: UtcTime,
    previous: BTreeSet<(Eui64, SrvOrAll, Period)>,
) -> AdtReading {
    let mut reader = AdtReader::new(Profile::standard(), sender, now).with_previous(previous);
    reader.push(bytes);
    reader.finish()
}

pub(crate) fn read_exit(bytes: &[u8], sender: &Sender, profile: &Profile) -> ExitReading {
    let mut reader = ExitReader::new(profile, sender);
    reader.push(bytes);
    reader.finish()
}
