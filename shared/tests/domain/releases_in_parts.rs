//! A release that is split over files is judged as the one that it is.

use std::collections::BTreeMap;

use sluice_shared::identifiers::SrvOrAll;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::risk::{
    ReleaseCounts, Released, Releaser, Releases, RiskRule, RuleFired, exit_risks,
};
use sluice_shared::thresholds::{DeclaredThreshold, Period};

use crate::make::{IS, eui, hour, in_force, key, limits, organisation, standing};

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
    fn ask(&self, count: u64, now: UtcTime) -> Vec<RuleFired> {
        let rules = &Profile::standard().risk;
        let in_force = [in_force(self.standing.clone(), vec![])];
        exit_risks(&file(count), &self.released, &in_force, now, rules)
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
    let all = ReleaseCounts::from([(SrvOrAll::All, count)]);
    let by_srv = ReleaseCounts::from([(SrvOrAll::All, count), (srv, count)]);
    Releases::from([
        (Releaser::User(eui(IS)), by_srv),
        (Releaser::Organisation(organisation()), all),
    ])
}

fn rules(fired: &[RuleFired]) -> Vec<RiskRule> {
    fired.iter().map(|fired| fired.rule).collect()
}

#[test]
fn two_files_of_one_window_count_together() {
    let mut accounts = Accounts::with(vec![standing("7.2", 200)]);
    assert_eq!(rules(&accounts.ask(120, hour(10))), []);
    accounts.count(120, hour(10));
    assert_eq!(rules(&accounts.ask(80, hour(11))), []);
    let fired = accounts.ask(81, hour(11));
    assert_eq!(rules(&fired), [RiskRule::ReleaseOverThreshold]);
    assert_eq!(
        fired[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: this file releases 81 communications of 7.2, and earlier files released 120 \
         since 2026-11-03T00:00:00Z; the quarantine threshold in force allows 200 in a day."
    );
    let facts = ["released", "earlier", "since", "allowed"].map(|name| fired[0].fact(name));
    assert_eq!(
        facts.map(Option::unwrap),
        ["81", "120", "2026-11-03T00:00:00Z", "200"]
    );
}

#[test]
fn a_file_that_stands_alone_is_not_told_of_earlier_ones() {
    let accounts = Accounts::with(vec![standing("7.2", 200)]);
    assert_eq!(
        accounts.ask(201, hour(10))[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: this file releases 201 communications of 7.2; the quarantine threshold in \
         force allows 200 in a day."
    );
}

#[test]
fn each_period_counts_in_its_own_window() {
    // 3 November 2026 is a Tuesday: its week ends with Sunday, the 8th.
    let monday = 6 * 24;
    let cases = [
        (
            Period::Hour,
            hour(10).plus(time::Duration::minutes(59)),
            hour(11),
        ),
        (Period::Day, hour(23), hour(24)),
        (Period::Week, hour(monday - 1), hour(monday)),
    ];
    for (period, inside, after) in cases {
        let level = DeclaredThreshold {
            key: key("7.2", period),
            limits: limits(200),
            from: None,
        };
        let mut accounts = Accounts::with(vec![level]);
        accounts.count(150, hour(10));
        let fired = rules(&accounts.ask(51, inside));
        assert_eq!(fired, [RiskRule::ReleaseOverThreshold], "{period} inside");
        assert_eq!(rules(&accounts.ask(51, after)), [], "{period} after");
    }
}

#[test]
fn a_window_that_is_over_leaves_the_account() {
    let counts = &file(5)[&Releaser::User(eui(IS))];
    let account = Released::default()
        .plus(counts, hour(10))
        .plus(counts, hour(11));
    let count = |period: Period| account.window(period, hour(11)).count(SrvOrAll::All);
    assert_eq!(Period::ALL.map(count), [5, 10, 10]);
    let json = serde_json::to_string(&account).unwrap();
    assert_eq!(json.matches("start").count(), 3, "{json}");
    assert_eq!(serde_json::from_str::<Released>(&json).unwrap(), account);
}

#[test]
fn a_clock_that_is_behind_opens_no_window_anew() {
    let mut accounts = Accounts::with(vec![standing("7.2", 200)]);
    accounts.count(150, hour(24));
    let behind = hour(24).plus(time::Duration::milliseconds(-1));
    assert_eq!(
        rules(&accounts.ask(51, behind)),
        [RiskRule::ReleaseOverThreshold]
    );
    accounts.count(50, behind);
    assert_eq!(
        rules(&accounts.ask(1, hour(25))),
        [RiskRule::ReleaseOverThreshold]
    );
}

#[test]
fn all_services_together_count_too() {
    let mut accounts = Accounts::with(vec![standing("ALL", 200)]);
    accounts.count(150, hour(10));
    let fired = accounts.ask(51, hour(10));
    assert_eq!(rules(&fired), [RiskRule::ReleaseOverThreshold]);
    assert!(
        fired[0].message.contains("releases 51 communications, and"),
        "{}",
        fired[0].message
    );
}

#[test]
fn the_organisations_number_counts_over_a_day() {
    let mut accounts = Accounts::with(vec![]);
    accounts.count(6_000, hour(1));
    assert_eq!(rules(&accounts.ask(4_000, hour(23))), []);
    let fired = accounts.ask(4_001, hour(23));
    assert_eq!(rules(&fired), [RiskRule::ReleaseOverCap]);
    assert_eq!(
        fired[0].message,
        "This file releases 4,001 communications, and earlier files released 6,000 since 2026-11-03T00:00:00Z; an \
         organisation may release 10,000 in a day without a review."
    );
    assert_eq!(rules(&accounts.ask(10_000, hour(24))), []);
}
