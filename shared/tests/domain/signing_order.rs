//! Replay: an old signed file cannot be sent again.

use sluice_shared::profile::Profile;
use sluice_shared::thresholds::check_signing_order;

use crate::make::{hour, in_force, standing, statement};

/// The codes found for a file signed at one hour and checked at another; hour 0 is when the one in force was signed.
fn codes(signed: i64, now: i64) -> Vec<String> {
    let statements = [statement(vec![standing("7.2", 200)], vec![])];
    let current = [in_force(vec![standing("7.2", 200)], vec![])];
    let rules = &Profile::standard().signing;
    let found = check_signing_order(&statements, &current, hour(signed), hour(now), rules);
    found
        .findings
        .into_iter()
        .map(|finding| finding.code)
        .collect()
}

#[test]
fn a_file_signed_later_is_fine() {
    assert!(codes(1, 2).is_empty());
}

#[test]
fn a_file_signed_no_later_than_the_one_in_force_is_refused() {
    assert_eq!(codes(0, 2), ["statement-not-newer"]);
    assert_eq!(codes(-1, 2), ["statement-not-newer"]);
}

#[test]
fn a_signing_time_more_than_seven_days_off_is_refused() {
    assert!(codes(1, 1 + 7 * 24).is_empty());
    assert_eq!(codes(1, 2 + 7 * 24), ["signed-too-long-ago"]);
    assert!(codes(8 * 24, 24).is_empty());
    assert_eq!(codes(8 * 24 + 1, 24), ["signed-in-the-future"]);
}

#[test]
fn the_first_statement_of_a_user_id_follows_nothing() {
    let statements = [statement(vec![standing("7.2", 200)], vec![])];
    let found = check_signing_order(
        &statements,
        &[],
        hour(0),
        hour(1),
        &Profile::standard().signing,
    );
    assert!(found.is_empty());
}
