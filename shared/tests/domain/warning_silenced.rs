//! A warning threshold at the quarantine threshold: nobody is warned before communications are held.

use sluice_shared::profile::Profile;
use sluice_shared::risk::{AdtCase, RaiseAccount, RiskRule, adt_risks};
use sluice_shared::thresholds::{DeclaredException, DeclaredThreshold, compare};

use crate::make::{exception, hour, in_force, standing, statement};

fn with(mut row: DeclaredThreshold, warning: u64) -> DeclaredThreshold {
    row.limits.warning = warning;
    row
}

fn fires(
    old: DeclaredThreshold,
    new: DeclaredThreshold,
    exceptions: Vec<DeclaredException>,
    allow: bool,
) -> Vec<(RiskRule, String)> {
    let current = in_force(vec![old], vec![]);
    let mut rules = Profile::standard().risk.clone();
    rules.allow_warning_at_quarantine = allow;
    let statement = statement(vec![new], exceptions);
    let case = AdtCase {
        comparison: &compare(Some(&current), &statement, hour(1), 2),
        current: Some(&current),
        account: &RaiseAccount::default(),
    };
    let fired = adt_risks(&[case], hour(1), &rules).fired;
    fired
        .into_iter()
        .map(|fired| (fired.rule, fired.message))
        .collect()
}

#[test]
fn it_fires_where_people_were_warned_before() {
    // 100 warned of 200.
    let row = || standing("7.2", 200);
    let fired = fires(row(), with(row(), 200), vec![], false);
    assert_eq!(
        fired,
        [(
            RiskRule::WarningSilenced,
            "User ID 90-B3-D5-1F-30-01-00-00: 1 warning threshold is no longer below the quarantine threshold, so nobody \
             is warned before communications are held. The first: 7.2 in a day, from 100 to 200."
                .to_owned()
        )]
    );
    assert_eq!(fires(row(), with(row(), 199), vec![], false), []);
    assert_eq!(fires(with(row(), 200), with(row(), 200), vec![], false), []);
    assert_eq!(fires(row(), with(row(), 200), vec![], true), []);
}

#[test]
fn lowering_the_quarantine_threshold_to_the_warning_is_the_same() {
    let lowered = with(standing("7.2", 100), 100);
    assert_eq!(fires(standing("7.2", 200), lowered, vec![], false).len(), 1);
}

#[test]
fn an_exception_counts() {
    let mut quiet = exception("7.2", 200, None, 50);
    quiet.limits.warning = 200;
    let row = || standing("7.2", 200);
    assert_eq!(fires(row(), row(), vec![quiet], false).len(), 1);
}

#[test]
fn a_threshold_of_nothing_is_told_as_lowered_alone() {
    let fired = fires(standing("7.2", 200), standing("7.2", 0), vec![], false);
    let rules: Vec<_> = fired.into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, [RiskRule::ThresholdLowered]);
}
