//! What a reviewer is told of a verdict that is not what it was: the threshold that differs is the one that is named.

use sluice_shared::risk::{RiskRule, RuleFired};
use sluice_shared::thresholds::compare;
use sluice_shared::verdict::{Evidence, ReviewedVerdict, differences};

use crate::make::{hour, in_force, standing, statement};

/// The evidence of a file that raises 7.2 to 400, over this warning and quarantine threshold.
fn over(warning: u64, quarantine: u64) -> Evidence {
    let mut row = standing("7.2", quarantine);
    row.limits.warning = warning;
    let current = in_force(vec![row], vec![]);
    let new = statement(vec![standing("7.2", 400)], vec![]);
    Evidence {
        comparisons: vec![compare(Some(&current), &new, hour(10), 2)],
        ..Evidence::default()
    }
}

fn told(old: &Evidence, new: &Evidence) -> Vec<String> {
    let reviewed = |evidence| ReviewedVerdict {
        rules: &[],
        effect: None,
        evidence,
    };
    differences(reviewed(old), reviewed(new))
}

#[test]
fn another_quarantine_threshold_is_named_as_what_is_in_force() {
    let told = told(&over(10, 200), &over(10, 100));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].ends_with("is 100 now, and was 200 before."),
        "{told:?}"
    );
    assert!(!told[0].contains("warning"), "{told:?}");
}

#[test]
fn another_warning_threshold_is_named_as_such() {
    let told = told(&over(10, 200), &over(9, 200));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("the warning threshold in force")
            && told[0].ends_with("is 9 now, and was 10 before."),
        "{told:?}"
    );
}

#[test]
fn both_are_named_where_both_differ() {
    assert_eq!(told(&over(10, 200), &over(9, 100)).len(), 2);
}

fn rules_told(old: &[RuleFired], new: &[RuleFired]) -> Vec<String> {
    let evidence = Evidence::default();
    let reviewed = |rules| ReviewedVerdict {
        rules,
        effect: None,
        evidence: &evidence,
    };
    differences(reviewed(old), reviewed(new))
}

fn fired(rule: RiskRule, message: &str) -> RuleFired {
    RuleFired {
        rule,
        message: message.to_owned(),
        facts: Vec::new(),
    }
}

#[test]
fn a_rule_that_says_something_else_now_is_one_change() {
    let raised = |message| [fired(RiskRule::RaiseOverFactor, message)];
    assert_eq!(
        rules_told(&raised("From 62 to 186."), &raised("From 31 to 186.")),
        ["Now: From 31 to 186. Before: From 62 to 186."]
    );
}

#[test]
fn a_rule_that_is_over_and_another_that_is_new_are_two() {
    let old = [fired(RiskRule::RaiseOverFactor, "From 62 to 186.")];
    let new = [fired(RiskRule::RefusedBefore, "Refused.")];
    assert_eq!(
        rules_told(&old, &new),
        ["New: Refused.", "No longer: From 62 to 186."]
    );
}
