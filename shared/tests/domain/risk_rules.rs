//! Which files wait for a second pair of eyes.

use std::collections::BTreeMap;

use sluice_shared::files::Action;
use sluice_shared::profile::Profile;
use sluice_shared::quarantine::check_exit;
use sluice_shared::risk::{
    AdtCase, JudgedAt, RaiseAccount, RiskRule, RuleFired, adt_risks, exit_risks, releases,
};
use sluice_shared::thresholds::{DeclaredException, DeclaredThreshold, UserThresholds, compare};

use crate::make::{
    IS, event, exception, exit_rows, hour, in_force, organisation, request, standing, statement,
};

fn adt(
    current: Option<&UserThresholds>,
    rows: Vec<DeclaredThreshold>,
    exceptions: Vec<DeclaredException>,
) -> Vec<RuleFired> {
    let rules = &Profile::standard().risk;
    let comparison = compare(
        current,
        &statement(rows, exceptions),
        hour(10),
        rules.max_increase_factor,
    );
    let case = AdtCase {
        comparison: &comparison,
        current,
        account: &RaiseAccount::default(),
    };
    adt_risks(&[case], hour(10), rules).fired
}

/// Releases the first `count` communications of an event of `held`, with a daily threshold for 7.2 in force.
fn exit(held: u64, count: u64, threshold: u64) -> Vec<RuleFired> {
    let rows: Vec<_> = (0..count)
        .map(|number| ("1203", request(IS, number), Action::Release))
        .collect();
    let check = check_exit(
        &exit_rows(&rows),
        [event("1203", held)].as_slice(),
        None,
        1_000,
    );
    assert!(check.findings.is_empty());
    exit_risks(
        &releases(&check, &organisation()),
        &BTreeMap::new(),
        &[in_force(vec![standing("7.2", threshold)], vec![])],
        JudgedAt::now(hour(10)),
        &Profile::standard().risk,
    )
    .fired
}

fn rules(fired: &[RuleFired]) -> Vec<RiskRule> {
    fired.iter().map(|fired| fired.rule).collect()
}

/// A name, what is in force, the new rows and exceptions, the rules that fire.
type Case<'a> = (
    &'a str,
    Option<&'a UserThresholds>,
    Vec<DeclaredThreshold>,
    Vec<DeclaredException>,
    Vec<RiskRule>,
);

#[test]
fn an_adt_file_fires_what_it_should_and_no_more() {
    use RiskRule as R;
    let current = in_force(
        vec![standing("7.2", 200)],
        vec![exception("7.2", 300, None, 50)],
    );
    let kept = || exception("7.2", 300, None, 50);
    let cases: [Case<'_>; 9] = [
        (
            "the same again",
            Some(&current),
            vec![standing("7.2", 200)],
            vec![kept()],
            vec![],
        ),
        (
            "doubled",
            Some(&current),
            vec![standing("7.2", 400)],
            vec![kept()],
            vec![],
        ),
        (
            "more than doubled",
            Some(&current),
            vec![standing("7.2", 401)],
            vec![kept()],
            vec![R::RaiseOverFactor],
        ),
        (
            "lowered",
            Some(&current),
            vec![standing("7.2", 20)],
            vec![kept()],
            vec![],
        ),
        (
            "lowered to nothing",
            Some(&current),
            vec![standing("7.2", 0)],
            vec![kept()],
            vec![R::ThresholdLowered],
        ),
        (
            "exception dropped",
            Some(&current),
            vec![standing("7.2", 200)],
            vec![],
            vec![R::ExceptionDropped],
        ),
        (
            "high exception added",
            Some(&current),
            vec![standing("7.2", 200)],
            vec![kept(), exception("7.2", 401, Some(60), 70)],
            vec![R::RaiseOverFactor],
        ),
        (
            "first",
            None,
            vec![standing("7.2", 1)],
            vec![],
            vec![R::FirstStatement],
        ),
        (
            "everything dropped",
            Some(&current),
            vec![],
            vec![],
            vec![R::ThresholdDropped, R::ExceptionDropped],
        ),
    ];
    for (name, current, rows, exceptions, expected) in cases {
        assert_eq!(rules(&adt(current, rows, exceptions)), expected, "{name}");
    }
}

#[test]
fn an_exit_file_fires_what_it_should_and_no_more() {
    use RiskRule as R;
    // Every second communication is of 7.2.
    let cases = [
        (
            "as much as the threshold allows",
            exit(1_000, 400, 200),
            vec![],
        ),
        (
            "one more",
            exit(1_000, 401, 200),
            vec![R::ReleaseOverThreshold],
        ),
        ("as many as the cap", exit(20_000, 10_000, 9_000), vec![]),
        (
            "one over the cap",
            exit(20_000, 10_001, 9_000),
            vec![R::ReleaseOverCap],
        ),
        (
            "both",
            exit(20_000, 10_001, 200),
            vec![R::ReleaseOverThreshold, R::ReleaseOverCap],
        ),
    ];
    for (name, fired, expected) in cases {
        assert_eq!(rules(&fired), expected, "{name}");
    }
}

#[test]
fn a_rule_says_what_it_saw() {
    let current = in_force(vec![standing("7.2", 200), standing("7.1", 10)], vec![]);
    let fired = adt(
        Some(&current),
        vec![standing("7.2", 1_000), standing("7.1", 500)],
        vec![],
    );
    assert_eq!(
        fired[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: 2 quarantine thresholds are raised to more than 2 times the old one. \
         The largest: 7.1 in a day, from 10 to 500."
    );
    assert_eq!(
        (fired[0].fact("srv"), fired[0].fact("new")),
        (Some("7.1"), Some("500"))
    );
}

#[test]
fn titles_hold_no_number() {
    for rule in RiskRule::ALL {
        assert!(
            !rule.title().bytes().any(|byte| byte.is_ascii_digit()),
            "{rule}"
        );
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str());
    }
    assert!(RiskRule::ALL.is_sorted());
}
