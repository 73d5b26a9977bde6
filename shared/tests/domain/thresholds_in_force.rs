//! What is in force at an instant, after any number of statements.

use proptest::prelude::*;
use sluice_shared::files::AdtRow;
use sluice_shared::identifiers::{Eui64, PersonId, SrvOrAll, SubmissionId};
use sluice_shared::instant::UtcTime;
use sluice_shared::thresholds::{
    DeclaredException, DeclaredThreshold, Limits, Period, Statement, StatementOrigin, ThresholdKey,
    UserThresholds,
};
use time::Duration;

fn hour(hours: i64) -> UtcTime {
    UtcTime::parse("2026-11-03T00:00:00Z")
        .unwrap()
        .plus(Duration::hours(hours))
}

fn key(srv: &str) -> ThresholdKey {
    ThresholdKey {
        srv: SrvOrAll::parse(srv).unwrap(),
        period: Period::Day,
    }
}

const fn limits(quarantine: u64) -> Limits {
    Limits {
        warning: quarantine / 2,
        quarantine,
    }
}

fn standing(srv: &str, quarantine: u64, from: Option<i64>) -> DeclaredThreshold {
    DeclaredThreshold {
        key: key(srv),
        limits: limits(quarantine),
        from: from.map(hour),
    }
}

fn exception(srv: &str, quarantine: u64, from: Option<i64>, to: i64) -> DeclaredException {
    DeclaredException {
        key: key(srv),
        limits: limits(quarantine),
        from: from.map(hour),
        to: hour(to),
    }
}

fn statement(standing: Vec<DeclaredThreshold>, exceptions: Vec<DeclaredException>) -> Statement {
    Statement {
        user_id: Eui64::parse("90-B3-D5-1F-30-01-00-00").unwrap(),
        standing,
        exceptions,
    }
}

/// Signed and accepted at this hour.
fn origin(hours: i64) -> StatementOrigin {
    StatementOrigin {
        submission: SubmissionId::from_random([u8::try_from(hours.rem_euclid(251)).unwrap(); 10]),
        signed_at: hour(hours),
        accepted_at: hour(hours),
        signer: PersonId::parse("supplier-aro-1").unwrap(),
        uploader: PersonId::parse("supplier-submitter").unwrap(),
        reviewer: None,
    }
}

fn in_force(thresholds: &UserThresholds, srv: &str, hours: i64) -> Option<u64> {
    thresholds
        .limits_at(&key(srv), hour(hours))
        .map(|level| level.limits.quarantine)
}

#[test]
fn a_statement_counts_from_its_acceptance() {
    let first = UserThresholds::first(
        &statement(vec![standing("7.2", 200, None)], vec![]),
        origin(10),
    );
    assert_eq!(in_force(&first, "7.2", 9), None);
    assert_eq!(in_force(&first, "7.2", 10), Some(200));
    assert_eq!(in_force(&first, "7.1", 10), None);
}

#[test]
fn the_earlier_row_stands_until_a_later_one_starts() {
    let first = UserThresholds::first(
        &statement(vec![standing("7.2", 200, None)], vec![]),
        origin(0),
    );
    let second = first
        .succeed(
            &statement(vec![standing("7.2", 300, Some(48))], vec![]),
            origin(24),
        )
        .unwrap();
    assert_eq!(in_force(&second, "7.2", 24), Some(200));
    assert_eq!(in_force(&second, "7.2", 47), Some(200));
    assert_eq!(in_force(&second, "7.2", 48), Some(300));
}

#[test]
fn a_planned_row_is_replaced_by_the_plan_of_the_next_statement() {
    let first = UserThresholds::first(
        &statement(vec![standing("7.2", 100, None)], vec![]),
        origin(0),
    );
    let second = first
        .succeed(
            &statement(vec![standing("7.2", 200, Some(20))], vec![]),
            origin(1),
        )
        .unwrap();
    let third = second
        .succeed(
            &statement(vec![standing("7.2", 300, Some(40))], vec![]),
            origin(2),
        )
        .unwrap();
    let at = |hours| in_force(&third, "7.2", hours);
    assert_eq!(
        [at(19), at(20), at(39), at(40)],
        [Some(100), Some(200), Some(200), Some(300)]
    );
    let fourth = third
        .succeed(
            &statement(vec![standing("7.2", 400, Some(10))], vec![]),
            origin(3),
        )
        .unwrap();
    let at = |hours| in_force(&fourth, "7.2", hours);
    assert_eq!(
        [at(9), at(10), at(20), at(40)],
        [Some(100), Some(400), Some(400), Some(400)]
    );
}

#[test]
fn what_a_statement_does_not_name_ends_on_its_acceptance() {
    let both = statement(
        vec![standing("7.2", 200, None), standing("7.1", 50, None)],
        vec![exception("7.2", 900, None, 90)],
    );
    let first = UserThresholds::first(&both, origin(0));
    assert_eq!(in_force(&first, "7.2", 5), Some(900));
    let second = first
        .succeed(
            &statement(vec![standing("7.2", 200, None)], vec![]),
            origin(5),
        )
        .unwrap();
    assert_eq!(in_force(&second, "7.1", 5), None);
    assert_eq!(in_force(&second, "7.2", 5), Some(200));
}

#[test]
fn an_exception_counts_in_its_interval_only() {
    let declared = statement(
        vec![standing("7.2", 200, None)],
        vec![exception("7.2", 500, Some(10), 20)],
    );
    let thresholds = UserThresholds::first(&declared, origin(0));
    let at = |hours| in_force(&thresholds, "7.2", hours);
    assert_eq!(
        [at(9), at(10), at(19), at(20)],
        [Some(200), Some(500), Some(500), Some(200)]
    );
    let level = thresholds.limits_at(&key("7.2"), hour(12)).unwrap();
    assert_eq!(level.exception_until, Some(hour(20)));
}

#[test]
fn a_start_that_passed_during_the_review_means_on_acceptance() {
    let declared = statement(
        vec![standing("7.2", 200, Some(3))],
        vec![exception("7.2", 500, Some(2), 20)],
    );
    let thresholds = UserThresholds::first(
        &declared,
        StatementOrigin {
            signed_at: hour(0),
            ..origin(10)
        },
    );
    assert_eq!(in_force(&thresholds, "7.2", 9), None);
    assert_eq!(in_force(&thresholds, "7.2", 10), Some(500));
}

#[test]
fn a_statement_signed_no_later_than_the_one_in_force_is_refused() {
    let first = UserThresholds::first(
        &statement(vec![standing("7.2", 200, None)], vec![]),
        origin(10),
    );
    let again = statement(vec![standing("7.2", 900, None)], vec![]);
    for signed in [9, 10] {
        let late = StatementOrigin {
            signed_at: hour(signed),
            ..origin(20)
        };
        assert_eq!(first.succeed(&again, late).unwrap_err().latest, hour(10));
    }
    let newer = StatementOrigin {
        signed_at: hour(11),
        ..origin(20)
    };
    assert!(first.succeed(&again, newer).is_ok());
}

#[test]
fn rows_of_a_file_make_one_statement_for_each_user_id_and_come_back() {
    let row = |user: &str, srv: &str, to: Option<i64>| AdtRow {
        line: 2,
        user_id: Eui64::parse(user).unwrap(),
        srv: SrvOrAll::parse(srv).unwrap(),
        period: Period::Day,
        warning: 1,
        quarantine: 2,
        from: None,
        to: to.map(hour),
    };
    let (is, gs) = ("90-B3-D5-1F-30-01-00-00", "90-B3-D5-1F-30-02-00-00");
    let statements = Statement::of_rows(&[
        row(is, "7.2", None),
        row(gs, "7.1", None),
        row(is, "7.2", Some(4)),
    ]);
    assert_eq!(statements.len(), 2);
    assert_eq!(
        (statements[0].standing.len(), statements[0].exceptions.len()),
        (1, 1)
    );
    assert_eq!(statements[1].user_id, Eui64::parse(gs).unwrap());
    assert_eq!(
        Statement::of_rows(&statements[0].to_rows()),
        statements[..1]
    );
}

proptest! {
    /// The record that is kept says at every later hour what reading all statements afresh says.
    #[test]
    fn succession_agrees_with_reading_all_statements(
        rows in prop::collection::vec((1..30_i64, prop::option::of(0..120_i64), 1..999_u64), 1..8),
    ) {
        let mut accepted = 0;
        let mut history = Vec::new();
        let mut record: Option<UserThresholds> = None;
        for (gap, from, quarantine) in rows {
            accepted += gap;
            let declared = statement(vec![standing("7.2", quarantine, from)], vec![]);
            let next = match &record {
                None => UserThresholds::first(&declared, origin(accepted)),
                Some(record) => record.succeed(&declared, origin(accepted)).unwrap(),
            };
            history.push((from.map_or(accepted, |from| from.max(accepted)), quarantine));
            record = Some(next);
        }
        let record = record.unwrap();
        for hours in accepted..accepted + 150 {
            // The latest statement whose row has started by then.
            let expected = history.iter().rev().find(|(from, _)| *from <= hours).map(|(_, quarantine)| *quarantine);
            prop_assert_eq!(in_force(&record, "7.2", hours), expected, "hour {}", hours);
        }
        let text = serde_json::to_string(&record).unwrap();
        prop_assert_eq!(serde_json::from_str::<UserThresholds>(&text).unwrap(), record);
    }
}
