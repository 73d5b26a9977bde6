//! An organisation that deletes more than a set number.

use std::collections::BTreeMap;

use sluice_shared::files::Action;
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::quarantine::check_exit;
use sluice_shared::risk::{
    ExitCounts, JudgedAt, Released, Releaser, Releases, RiskRule, RuleFired, exit_risks, releases,
};

use crate::make::{IS, event, exit_rows, hour, in_force, organisation, request, standing};

fn deletes(count: u64) -> Releases {
    let counts = ExitCounts {
        deleted: count,
        ..ExitCounts::default()
    };
    Releases::from([(Releaser::Organisation(organisation()), counts)])
}

fn after(earlier: &Released, count: u64, now: UtcTime) -> Vec<RuleFired> {
    let accounts = BTreeMap::from([(Releaser::Organisation(organisation()), earlier.clone())]);
    let rules = &Profile::standard().risk;
    exit_risks(&deletes(count), &accounts, &[], JudgedAt::now(now), rules).fired
}

#[test]
fn a_whole_file_a_day_is_everyday_work() {
    assert_eq!(after(&Released::default(), 1_000_000, hour(0)), []);
    let fired = after(&Released::default(), 1_000_001, hour(0));
    assert_eq!(fired[0].rule, RiskRule::DeleteOverNumber);
    assert_eq!(
        fired[0].message,
        "This file deletes 1,000,001 communications; an organisation may delete 1,000,000 within a day without a review."
    );
}

#[test]
fn files_of_any_span_count_together() {
    let counts = &deletes(600_000)[&Releaser::Organisation(organisation())];
    let earlier = Released::default().plus(counts, hour(23));
    assert_eq!(after(&earlier, 400_000, hour(25)), []);
    let fired = after(&earlier, 400_001, hour(25));
    assert_eq!(
        fired[0].message,
        "This file deletes 400,001 communications, after those of earlier files; an organisation may delete 1,000,000 \
         within a day without a review."
    );
    assert_eq!(after(&earlier, 400_001, hour(47)), []);
}

#[test]
fn deletions_are_the_organisations_and_exceed_no_threshold() {
    let rows: Vec<_> = (0..12_000)
        .map(|number| ("1203", request(IS, number), Action::Delete))
        .collect();
    let held = [event("1203", 12_000)];
    let check = check_exit(&exit_rows(&rows), held.as_slice(), None, 1_000);
    let releases = releases(&check, &organisation());
    assert_eq!(releases, deletes(12_000));
    let current = [in_force(vec![standing("7.2", 1)], vec![])];
    let rules = &Profile::standard().risk;
    let risks = exit_risks(
        &releases,
        &BTreeMap::new(),
        &current,
        JudgedAt::now(hour(10)),
        rules,
    );
    assert!(risks.fired.is_empty());
}
