//! The thresholds that the demo's User IDs declared: a first statement, and a second one that changed a little.

use sluice_shared::files::UserId;
use sluice_shared::identifiers::{Srv, SrvOrAll};
use sluice_shared::instant::UtcTime;
use sluice_shared::services::ServiceTable;
use sluice_shared::thresholds::{
    DeclaredException, DeclaredThreshold, Limits, Period, Statement, ThresholdKey,
};
use time::Duration;

use super::directory::SUPPLIER_IMPORT;

/// Which of a User ID's two statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    /// Long ago.
    First,
    /// Some levels raised by a quarter, and an exception for a campaign.
    Second,
}

/// Quarantine thresholds of a day, by how much a service is used. `7.2` is the one that the story turns on.
const LEVELS: [u64; 6] = [50, 100, 150, 400, 1_000, 2_500];
const DISABLE_SUPPLY: u64 = 200;

/// A complete statement: a standing row for each required service, and one for all together.
pub(super) fn statement(user: &UserId, edition: Edition, began: UtcTime) -> Statement {
    let services = ServiceTable::standard().required_for(&user.roles);
    let mut standing: Vec<_> = services
        .iter()
        .enumerate()
        .map(|(position, service)| row(service.srv.into(), level(position, service.srv, edition)))
        .collect();
    let all = standing.iter().map(|row| row.limits.quarantine).sum();
    standing.push(row(SrvOrAll::All, all));
    let with_campaign = edition == Edition::Second && user.id == SUPPLIER_IMPORT;
    let exceptions = with_campaign.then(|| campaign(began)).into_iter().collect();
    Statement {
        user_id: user.id,
        standing,
        exceptions,
    }
}

/// A week, a month from the first start, in which more meters than usual are to be disabled.
fn campaign(began: UtcTime) -> DeclaredException {
    let from = Period::Day.window(began.plus(Duration::days(30))).start;
    DeclaredException {
        key: ThresholdKey {
            srv: disable_supply().into(),
            period: Period::Day,
        },
        limits: limits(DISABLE_SUPPLY * 3 / 2),
        from: Some(from),
        to: from.plus(Duration::days(7)),
    }
}

pub(super) fn disable_supply() -> Srv {
    srv("7.2")
}

pub(super) fn srv(text: &str) -> Srv {
    Srv::parse(text).expect("a reference out of the table of services")
}

pub(super) fn limits(quarantine: u64) -> Limits {
    Limits {
        warning: quarantine * 4 / 5,
        quarantine,
    }
}

fn level(position: usize, srv: Srv, edition: Edition) -> u64 {
    if srv == disable_supply() {
        return DISABLE_SUPPLY;
    }
    let first = LEVELS[position % LEVELS.len()];
    if edition == Edition::Second && position.is_multiple_of(5) {
        first * 5 / 4
    } else {
        first
    }
}

fn row(srv: SrvOrAll, quarantine: u64) -> DeclaredThreshold {
    DeclaredThreshold {
        key: ThresholdKey {
            srv,
            period: Period::Day,
        },
        limits: limits(quarantine),
        from: None,
    }
}
