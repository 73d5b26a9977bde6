//! An Exit Quarantine File beside what is held: each fault by name, everything else counted.

use proptest::prelude::*;
use sluice_shared::files::Action::{Delete, Release};
use sluice_shared::files::{Action, ExitRows};
use sluice_shared::finding::Finding;
use sluice_shared::identifiers::RequestId;
use sluice_shared::quarantine::{Counts, ExitCheck, HeldEvent, HeldState, check_exit};

use crate::make::{GS, IS, decide, event, exit_rows, request, submission};

fn check(rows: &[(&str, RequestId, Action)], held: &[HeldEvent]) -> ExitCheck {
    check_exit(&exit_rows(rows), held, Some(submission(1)), 1_000)
}

fn only(check: &ExitCheck) -> &Finding {
    assert_eq!(check.findings.total(), 1, "{:?}", check.findings);
    &check.findings.findings[0]
}

#[test]
fn rows_that_are_held_are_counted_by_event_and_service() {
    let held = [event("1203", 240), event("1201", 3)];
    // Even numbers are 7.2, odd ones 7.1.
    let rows = [
        ("1201", request(IS, 0), Release),
        ("1203", request(IS, 7), Delete),
        ("1203", request(IS, 2), Release),
        ("1203", request(IS, 4), Release),
    ];
    let check = check(&rows, &held);
    assert!(check.findings.is_empty());
    assert_eq!(
        check.counts,
        Counts {
            held: 2 + 237,
            release: 3,
            delete: 1
        }
    );
    let events: Vec<_> = check
        .events
        .iter()
        .map(|event| (event.event.as_str(), event.counts.held))
        .collect();
    assert_eq!(events, [("1201", 2), ("1203", 237)]);
    let by_srv: Vec<_> = check.events[1]
        .by_srv
        .iter()
        .map(|srv| (srv.srv.to_string(), srv.counts))
        .collect();
    let expected = [
        (
            "7.1",
            Counts {
                held: 119,
                release: 0,
                delete: 1,
            },
        ),
        (
            "7.2",
            Counts {
                held: 118,
                release: 2,
                delete: 0,
            },
        ),
    ];
    assert_eq!(
        by_srv,
        expected.map(|(srv, counts)| (srv.to_owned(), counts))
    );
}

#[test]
fn an_event_that_the_sender_has_not_is_unknown() {
    let found = check(&[("9999", request(IS, 0), Release)], &[event("1203", 240)]);
    let finding = only(&found);
    assert_eq!(
        (finding.code.as_str(), finding.line),
        ("unknown-event", Some(2))
    );
    assert_eq!(
        (finding.column.as_deref(), finding.value.as_deref()),
        (Some("QuarantineEventRef"), Some("9999"))
    );
    assert!(found.events.is_empty());
}

#[test]
fn references_beyond_64_bits_are_told_apart() {
    let held = [event("18446744073709551617", 3)];
    assert!(
        check(&[("18446744073709551617", request(IS, 0), Release)], &held)
            .findings
            .is_empty()
    );
    assert_eq!(
        only(&check(&[("1", request(IS, 0), Release)], &held)).code,
        "unknown-event"
    );
}

#[test]
fn a_communication_that_is_not_in_the_event_is_not_held() {
    let finding = check(
        &[("1203", request(IS, 240), Release)],
        &[event("1203", 240)],
    );
    assert_eq!(only(&finding).code, "not-held");
}

#[test]
fn a_communication_of_another_user_id_is_named_so() {
    let found = check(&[("1203", request(GS, 1), Release)], &[event("1203", 240)]);
    let finding = only(&found);
    assert_eq!(finding.code, "communication-of-another-user");
    assert!(
        finding.message.contains(IS) && finding.message.contains(GS),
        "{}",
        finding.message
    );
}

#[test]
fn what_is_decided_says_by_which_submission_and_when() {
    let mut held = event("1203", 240);
    decide(&mut held, 5, HeldState::Delete, submission(9));
    let found = check(
        &[
            ("1203", request(IS, 5), Release),
            ("1203", request(IS, 6), Release),
        ],
        &[held],
    );
    let finding = only(&found);
    assert_eq!(
        (finding.code.as_str(), finding.line),
        ("already-decided", Some(2))
    );
    let expected = format!(
        "was deleted by submission {} on 3 November 2026, 05:00 UTC.",
        submission(9)
    );
    assert!(finding.message.ends_with(&expected), "{}", finding.message);
    assert_eq!(
        found.counts,
        Counts {
            held: 238,
            release: 1,
            delete: 0
        }
    );
}

#[test]
fn a_try_after_a_crash_comes_to_the_same_as_the_first() {
    let rows = [
        ("1203", request(IS, 5), Release),
        ("1203", request(IS, 9_000), Delete),
    ];
    let fresh = event("1203", 10_000);
    let first = check(&rows, std::slice::from_ref(&fresh));
    // The crash came after the first page was recorded.
    let mut half = fresh;
    decide(&mut half, 5, HeldState::Release, submission(1));
    assert_eq!(check(&rows, std::slice::from_ref(&half)), first);
    // For anybody else the row is taken.
    let other = check_exit(
        &exit_rows(&rows),
        [half].as_slice(),
        Some(submission(2)),
        1_000,
    );
    assert_eq!(other.findings.count_of("already-decided"), 1);
}

#[test]
fn findings_come_in_the_order_of_the_file_and_are_bounded() {
    let rows: Vec<_> = (0..500)
        .rev()
        .map(|number| ("1203", request(IS, number), Release))
        .collect();
    let found = check_exit(&exit_rows(&rows), [event("1203", 100)].as_slice(), None, 50);
    assert_eq!(found.findings.count_of("not-held"), 400);
    let lines: Vec<_> = found
        .findings
        .findings
        .iter()
        .map(|finding| finding.line.unwrap())
        .collect();
    assert_eq!(lines, (2..52).collect::<Vec<_>>());
    assert_eq!(found.counts.release, 100);
}

#[test]
fn no_other_organisations_event_is_given_away() {
    // The caller hands over the sender's events only; the words are the same whether or not the reference exists.
    let found = check(&[("1301", request(IS, 0), Release)], &[]);
    assert_eq!(
        only(&found).message,
        "Your organisation has no quarantine event 1301."
    );
}

proptest! {
    // Each case makes three pages anew.
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Against the plain way of doing it: look every row up, one by one.
    #[test]
    fn the_walk_finds_what_looking_up_finds(
        rows in prop::collection::btree_map(0..20_000_u64, any::<bool>(), 0..200),
        decided in prop::collection::btree_set(0..18_000_u64, 0..20),
    ) {
        let mut held = event("1203", 18_000);
        for number in &decided {
            decide(&mut held, *number, HeldState::Delete, submission(9));
        }
        let file: Vec<_> = rows
            .iter()
            .map(|(number, release)| ("1203", request(IS, *number), if *release { Release } else { Delete }))
            .collect();
        let file: ExitRows = exit_rows(&file);
        let check = check_exit(&file, std::slice::from_ref(&held), None, 1_000);
        let open = |number: &u64| *number < 18_000 && !decided.contains(number);
        let count = |wanted: bool| rows.iter().filter(|(number, release)| **release == wanted && open(number)).count() as u64;
        prop_assert_eq!(check.counts.release, count(true));
        prop_assert_eq!(check.counts.delete, count(false));
        if !rows.is_empty() {
            prop_assert_eq!(check.counts.total() + decided.len() as u64, 18_000);
        }
        prop_assert_eq!(check.findings.total(), rows.keys().filter(|number| !open(number)).count() as u64);
        let changed: Counts = check.events.iter().flat_map(|event| &event.pages).fold(Counts::default(), |sum, page| {
            sum.plus(Counts { held: 0, ..page.decisions.counts() })
        });
        prop_assert_eq!((changed.release, changed.delete), (check.counts.release, check.counts.delete));
    }
}
