//! What a new statement changes, and which changes are big.

use sluice_shared::thresholds::{
    Change, Comparison, DeclaredException, DeclaredThreshold, ExceptionChange, UserThresholds,
    compare,
};

use crate::make::{exception, hour, in_force, limits, origin, standing, statement};

fn compared(
    current: Option<&UserThresholds>,
    rows: Vec<DeclaredThreshold>,
    exceptions: Vec<DeclaredException>,
) -> Comparison {
    compare(current, &statement(rows, exceptions), hour(10), 2)
}

/// The change of one standing threshold from `old` to `new`, and whether it is big.
fn one(old: u64, new: u64) -> (Change, Option<f64>, bool) {
    let comparison = compared(
        Some(&in_force(vec![standing("7.2", old)], vec![])),
        vec![standing("7.2", new)],
        vec![],
    );
    let row = &comparison.thresholds[0];
    (row.change, row.factor, row.big)
}

#[test]
fn each_change_has_its_kind_and_its_factor() {
    assert_eq!(one(200, 200), (Change::Same, Some(1.0), false));
    assert_eq!(one(200, 100), (Change::Lowered, Some(0.5), false));
    assert_eq!(one(200, 400), (Change::Raised, Some(2.0), false));
    assert_eq!(one(200, 401), (Change::Raised, Some(2.005), true));
    assert_eq!(one(0, 1), (Change::Raised, None, true));
    assert_eq!(one(0, 0), (Change::Same, None, false));
    assert!(one(u64::MAX / 2, u64::MAX).2);
}

#[test]
fn a_warning_alone_counts_when_the_quarantine_threshold_stays() {
    let mut row = standing("7.2", 200);
    row.limits.warning = 150;
    let comparison = compared(
        Some(&in_force(vec![standing("7.2", 200)], vec![])),
        vec![row],
        vec![],
    );
    assert_eq!(
        (
            comparison.thresholds[0].change,
            comparison.thresholds[0].big
        ),
        (Change::Raised, false)
    );
}

#[test]
fn a_first_statement_has_only_new_rows() {
    let comparison = compared(None, vec![standing("7.2", 200)], vec![]);
    assert!(comparison.first);
    assert_eq!(
        (
            comparison.thresholds[0].change,
            comparison.thresholds[0].big
        ),
        (Change::New, false)
    );
}

#[test]
fn a_threshold_that_is_not_named_any_more_is_dropped_and_big() {
    let current = in_force(vec![standing("7.2", 200), standing("ALL", 900)], vec![]);
    let comparison = compared(Some(&current), vec![standing("7.2", 200)], vec![]);
    let dropped: Vec<_> = comparison
        .thresholds
        .iter()
        .filter(|row| row.change == Change::Dropped)
        .collect();
    assert_eq!(dropped.len(), 1);
    assert_eq!(
        (dropped[0].old, dropped[0].new, dropped[0].big),
        (Some(limits(900)), None, true)
    );
}

#[test]
fn a_planned_lowering_cannot_be_undone_unseen() {
    let mut lower = standing("7.2", 100);
    lower.from = Some(hour(48));
    let planned = in_force(vec![standing("7.2", 500)], vec![])
        .succeed(&statement(vec![lower], vec![]), origin(5))
        .unwrap();
    let comparison = compared(Some(&planned), vec![standing("7.2", 500)], vec![]);
    let row = &comparison.thresholds[0];
    assert_eq!(
        (row.old, row.change, row.big),
        (Some(limits(100)), Change::Raised, true)
    );
}

#[test]
fn exceptions_are_added_kept_changed_or_dropped() {
    let current = in_force(
        vec![standing("7.2", 200)],
        vec![
            exception("7.2", 300, Some(1), 20),
            exception("7.2", 300, Some(30), 40),
            exception("7.2", 300, Some(50), 60),
        ],
    );
    let declared = vec![
        // The running one, for the time that is left of it.
        exception("7.2", 300, None, 20),
        exception("7.2", 350, Some(30), 40),
        exception("7.2", 300, Some(50), 55),
        exception("7.2", 900, Some(70), 80),
    ];
    let comparison = compared(Some(&current), vec![standing("7.2", 200)], declared);
    let of = |change| {
        comparison
            .exceptions
            .iter()
            .filter(|row| row.change == change)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(ExceptionChange::Kept).len(), 1);
    assert_eq!(of(ExceptionChange::Changed).len(), 1);
    let dropped: Vec<_> = of(ExceptionChange::Dropped)
        .iter()
        .map(|row| row.to)
        .collect();
    assert_eq!(
        dropped,
        [hour(60)],
        "five of its hours are no longer covered"
    );
    let added: Vec<_> = of(ExceptionChange::Added)
        .iter()
        .map(|row| (row.to, row.old, row.big))
        .collect();
    assert_eq!(
        added,
        [
            (hour(55), Some(limits(200)), false),
            (hour(80), Some(limits(200)), true)
        ]
    );
}

#[test]
fn an_exception_that_is_over_is_not_missed() {
    let current = in_force(
        vec![standing("7.2", 200)],
        vec![exception("7.2", 300, None, 10)],
    );
    assert!(
        compared(Some(&current), vec![standing("7.2", 200)], vec![])
            .exceptions
            .is_empty()
    );
}
