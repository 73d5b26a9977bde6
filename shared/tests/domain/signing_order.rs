//! Replay: an old signed file cannot be sent again.

use sluice_shared::finding::Findings;
use sluice_shared::thresholds::{UserThresholds, check_signing_order};

use crate::make::{hour, in_force, standing, statement};

/// What is found for a file signed at an hour; hour 0 is when the one in force was signed.
fn found(signed: i64, in_force: &[UserThresholds]) -> Findings {
    let statements = [statement(vec![standing("7.2", 200)], vec![])];
    check_signing_order(&statements, &in_force.iter(), hour(signed))
}

fn codes(signed: i64) -> Vec<String> {
    let current = [in_force(vec![standing("7.2", 200)], vec![])];
    let found = found(signed, &current).findings;
    found.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn a_file_signed_later_is_fine() {
    assert!(codes(1).is_empty());
}

#[test]
fn a_file_signed_no_later_than_the_one_in_force_is_refused() {
    assert_eq!(codes(0), ["statement-not-newer"]);
    assert_eq!(codes(-1), ["statement-not-newer"]);
}

#[test]
fn the_refusal_names_the_submission_in_force_and_when_to_sign_again() {
    let current = [in_force(vec![standing("7.2", 200)], vec![])];
    let found = found(-1, &current);
    let (message, remedy) = (&found.findings[0].message, &found.findings[0].remedy);
    let submission = current[0].origin.submission.to_string();
    assert!(message.contains(&submission), "{message}");
    assert!(
        remedy.contains(&hour(0).in_words_with_seconds()),
        "{remedy}"
    );
}

#[test]
fn the_first_statement_of_a_user_id_follows_nothing() {
    assert!(found(0, &[]).is_empty());
}
