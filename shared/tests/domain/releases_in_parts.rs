//! A release that is split over files is judged as the one that it is, in any span as long as the period.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sluice_shared::identifiers::SrvOrAll;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::risk::{
    ExitCounts, ExitRisks, JudgedAt, ReleaseCounts, Released, Releaser, Releases, RiskRule,
    exit_risks,
};
use sluice_shared::thresholds::{DeclaredThreshold, Period};
use time::Duration;

use crate::make::{IS, eui, hour, in_force, organisation, standing};
use crate::story::of_72;

/// Accounts, and the thresholds that files are held to.
struct Accounts {
    released: BTreeMap<Releaser, Released>,
    standing: Vec<DeclaredThreshold>,
}

impl Accounts {
    fn with(standing: Vec<DeclaredThreshold>) -> Self {
        Self {
            released: BTreeMap::new(),
            standing,
        }
    }

    /// What a file that releases so many of 7.2 fires, without counting it.
    fn ask(&self, count: u64, now: UtcTime) -> ExitRisks {
        let rules = &Profile::standard().risk;
        let in_force = [in_force(self.standing.clone(), vec![])];
        exit_risks(
            &file(count),
            &self.released,
            &in_force,
            JudgedAt::now(now),
            rules,
        )
    }

    fn fires(&self, count: u64, now: UtcTime) -> Vec<RiskRule> {
        let fired = self.ask(count, now).fired;
        fired.iter().map(|fired| fired.rule).collect()
    }

    /// Counts a file, whether or not it had to wait for a reviewer.
    fn count(&mut self, count: u64, now: UtcTime) {
        for (releaser, counts) in file(count) {
            let account = self.released.entry(releaser).or_default();
            *account = account.plus(&counts, now);
        }
    }
}

fn file(count: u64) -> Releases {
    let srv: SrvOrAll = "7.2".parse().unwrap();
    let counts = |released| ExitCounts {
        released,
        deleted: 0,
    };
    let all = ReleaseCounts::from([(SrvOrAll::All, count)]);
    let by_srv = ReleaseCounts::from([(SrvOrAll::All, count), (srv, count)]);
    Releases::from([
        (Releaser::User(eui(IS)), counts(by_srv)),
        (Releaser::Organisation(organisation()), counts(all)),
    ])
}

const OVER_THRESHOLD: [RiskRule; 1] = [RiskRule::ReleaseOverThreshold];
const OVER_NUMBER: [RiskRule; 1] = [RiskRule::ReleaseOverCap];

fn minutes(minutes: i64) -> UtcTime {
    hour(0).plus(Duration::minutes(minutes))
}

#[test]
fn two_files_of_one_span_count_together() {
    let mut accounts = Accounts::with(vec![standing("7.2", 200)]);
    assert_eq!(accounts.fires(120, hour(10)), []);
    accounts.count(120, hour(10));
    assert_eq!(accounts.fires(80, hour(11)), []);
    let risks = accounts.ask(81, hour(11));
    assert_eq!(risks.fired.len(), 1);
    assert_eq!(
        risks.fired[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: this file releases 81 communications of 7.2, with earlier files more than 200 \
         within a day, which is what the quarantine threshold in force allows."
    );
    let facts = ["released", "allowed", "period"].map(|name| risks.fired[0].fact(name));
    assert_eq!(facts.map(Option::unwrap), ["81", "200", "P1D"]);
    let seen = &risks.seen[0];
    assert_eq!((seen.count, seen.earlier, seen.allowed), (81, 120, 200));
}

#[test]
fn a_file_that_is_over_by_itself_is_told_the_same_whatever_was_before() {
    let mut accounts = Accounts::with(vec![standing("7.2", 200)]);
    let alone = accounts.ask(201, hour(10)).fired;
    assert_eq!(
        alone[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: this file releases 201 communications of 7.2; the quarantine threshold in \
         force allows 200 in a day."
    );
    accounts.count(120, hour(10));
    assert_eq!(accounts.ask(201, hour(11)).fired, alone);
}

#[test]
fn what_the_clock_changes_is_in_no_sentence() {
    let mut accounts = Accounts::with(vec![standing("7.2", 200)]);
    accounts.count(120, hour(0));
    accounts.count(120, hour(10));
    let before = accounts.ask(81, hour(11));
    let after = accounts.ask(81, hour(25));
    assert_eq!(before.fired, after.fired);
    assert_eq!((before.seen[0].earlier, after.seen[0].earlier), (240, 120));
}

#[test]
fn twice_the_number_does_not_pass_around_midnight() {
    let mut accounts = Accounts::with(vec![standing("7.2", 10_000)]);
    let (before, after) = (minutes(24 * 60 - 1), minutes(24 * 60 + 1));
    assert_eq!(accounts.fires(10_000, before), []);
    accounts.count(10_000, before);
    assert_eq!(
        accounts.fires(10_000, after),
        [RiskRule::ReleaseOverThreshold, RiskRule::ReleaseOverCap]
    );
    assert_eq!(accounts.fires(10_000, minutes(2 * 24 * 60 - 2)).len(), 2);
    assert_eq!(accounts.fires(10_000, minutes(2 * 24 * 60 - 1)), []);
}

#[test]
fn each_period_counts_in_its_own_span() {
    for period in Period::ALL {
        let mut accounts = Accounts::with(vec![of_72(period, 200)]);
        accounts.count(150, hour(10));
        let over = hour(10).plus(period.length());
        let inside = over.plus(Duration::milliseconds(-1));
        assert_eq!(accounts.fires(51, inside), OVER_THRESHOLD, "{period}");
        assert_eq!(accounts.fires(51, over), [], "{period}");
    }
}

#[test]
fn a_clock_that_is_behind_sees_what_was_counted() {
    let mut accounts = Accounts::with(vec![standing("7.2", 200)]);
    accounts.count(150, hour(24));
    assert_eq!(accounts.fires(51, hour(22)), OVER_THRESHOLD);
    accounts.count(50, hour(22));
    assert_eq!(accounts.fires(1, hour(25)), OVER_THRESHOLD);
}

#[test]
fn all_services_together_count_too() {
    let mut accounts = Accounts::with(vec![standing("ALL", 200)]);
    accounts.count(150, hour(10));
    let fired = accounts.ask(51, hour(10)).fired;
    assert_eq!(fired[0].rule, RiskRule::ReleaseOverThreshold);
    let message = &fired[0].message;
    assert!(
        message.contains("releases 51 communications, with"),
        "{message}"
    );
}

#[test]
fn the_organisations_number_counts_over_a_day() {
    let mut accounts = Accounts::with(vec![]);
    accounts.count(6_000, hour(20));
    assert_eq!(accounts.fires(4_000, hour(43)), []);
    let fired = accounts.ask(4_001, hour(43)).fired;
    assert_eq!(fired[0].rule, RiskRule::ReleaseOverCap);
    assert_eq!(
        fired[0].message,
        "This file releases 4,001 communications, after those of earlier files; an organisation may release 10,000 \
         within a day without a review."
    );
    assert_eq!(accounts.fires(10_001, hour(44)), OVER_NUMBER);
    assert_eq!(accounts.fires(10_000, hour(44)), []);
}

proptest! {
    /// Files that pass unseen, beside a list of all releases ever: no span as long as the period holds more than is
    /// allowed, unless a reviewer looked at the last file in it, and nobody has to look at less.
    #[test]
    fn no_span_holds_more_than_is_allowed_without_a_review(
        period in prop::sample::select(Period::ALL.to_vec()),
        files in prop::collection::vec((1..120_u64, 1..2_000_i64, any::<bool>()), 1..60),
    ) {
        let mut accounts = Accounts::with(vec![of_72(period, 200)]);
        let mut all: Vec<(UtcTime, u64)> = Vec::new();
        let mut now = hour(0);
        for (count, gap, accept) in files {
            // About 6 in a period.
            let gap = period.length().whole_seconds() * gap / 6_000;
            now = now.plus(Duration::seconds(gap));
            let in_span = all.iter().filter(|(at, _)| now.since(*at) < period.length());
            let sum: u64 = in_span.map(|(_, count)| count).sum();
            let over = sum + count > 200;
            prop_assert_eq!(!accounts.fires(count, now).is_empty(), over);
            if !over || accept {
                accounts.count(count, now);
                all.push((now, count));
            }
        }
    }
}
