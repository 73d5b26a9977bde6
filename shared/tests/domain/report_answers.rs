//! A Report File beside what is held: each row has its answer, and the others go on.

use sluice_shared::files::ReportRow;
use sluice_shared::finding::Severity;
use sluice_shared::identifiers::Action;
use sluice_shared::quarantine::{
    Breach, Counts, EventOutcome, HeldState, ReportCheck, RowAnswer, check_report,
};

use crate::make::{GS, IS, decide, eui, event, event_ref, hour, organisation, request, submission};
use crate::make_reports::{check, owners, report, reported};

fn answers(check: &ReportCheck, event: usize) -> Vec<RowAnswer> {
    let rows = check.events[event].rows.iter();
    rows.map(|row| row.answer).collect()
}

/// Code, line and column of each finding.
fn told(check: &ReportCheck) -> Vec<(&str, u64, &str)> {
    let findings = check.findings.findings.iter();
    findings
        .map(|finding| {
            assert_eq!(finding.severity, Severity::Warning, "others go on");
            let column = finding.column.as_deref().unwrap();
            (finding.code.as_str(), finding.line.unwrap(), column)
        })
        .collect()
}

#[test]
fn an_event_that_is_not_there_is_opened_for_the_organisation_of_its_user_id() {
    // Out of order, and of two events.
    let rows = [
        reported("1203", 4),
        reported("1201", 1),
        reported("1203", 3),
    ];
    let check = check(&report(rows), &[]);
    assert!(check.findings.is_empty(), "{:?}", check.findings);
    assert_eq!((check.counts.new, check.counts.total()), (3, 3));
    let names: Vec<_> = check.events.iter().map(|event| event.event).collect();
    assert_eq!(names, [event_ref("1203"), event_ref("1201")]);
    assert_eq!(answers(&check, 0), [RowAnswer::New, RowAnswer::New]);
    let EventOutcome::Opened(growth) = &check.events[0].outcome else {
        panic!("{:?}", check.events[0].outcome)
    };
    assert_eq!(growth.added, 2);
    let opened = &growth.event;
    assert_eq!(
        (opened.user_id, opened.breach),
        (eui(IS), Breach::UserThreshold)
    );
    assert_eq!(opened.organisation, organisation());
    assert_eq!((opened.pages, opened.counts.held), (1, 2));
    assert_eq!(opened.quarantined_at, reported("1203", 3).quarantined_at);
    let by_srv: Vec<_> = opened
        .by_srv
        .iter()
        .map(|srv| (srv.srv.to_string(), srv.counts.held))
        .collect();
    assert_eq!(by_srv, [("7.1".to_owned(), 1), ("7.2".to_owned(), 1)]);
}

#[test]
fn what_is_added_lies_on_pages_of_its_own() {
    let mut held = event("1203", 10_000);
    decide(&mut held, 7, HeldState::Delete, submission(9));
    held.event.counts = held.event.counts.decided(0, 1);
    held.event.by_srv = held.count_by_srv();
    // One of each is between those that are held, as their order goes.
    let earlier = ReportRow {
        request: sluice_shared::identifiers::RequestId {
            counter: 70_000,
            ..request(IS, 3)
        },
        quarantined_at: hour(-1),
        ..reported("1203", 0)
    };
    let check = check(
        &report([reported("1203", 10_000), earlier, reported("1203", 5)]),
        std::slice::from_ref(&held),
    );
    let EventOutcome::Grown(growth) = &check.events[0].outcome else {
        panic!("{:?}", check.events[0].outcome)
    };
    assert_eq!(
        answers(&check, 0),
        [RowAnswer::New, RowAnswer::New, RowAnswer::Known]
    );
    let numbers: Vec<_> = growth.pages.iter().map(|page| page.number).collect();
    assert_eq!((numbers, growth.added), (vec![2], 2));
    assert_eq!(growth.event.pages, 3);
    assert_eq!(
        growth.event.counts,
        Counts {
            held: 10_001,
            release: 0,
            delete: 1
        }
    );
    assert_eq!(
        growth.event.quarantined_at,
        hour(-1),
        "deadlines run from the first"
    );
    held.pages.extend(growth.pages.clone());
    assert_eq!(held.count_by_srv(), growth.event.by_srv);
}

#[test]
fn a_repeat_changes_nothing_and_is_nothing_to_talk_about() {
    let held = [event("1203", 10)];
    let check = check(&report((0..10).rev().map(|n| reported("1203", n))), &held);
    assert_eq!(check.counts.known, 10);
    assert!(check.findings.is_empty());
    assert_eq!(check.events[0].outcome, EventOutcome::Unchanged);
}

#[test]
fn other_details_are_refused_with_what_differs() {
    let later = ReportRow {
        quarantined_at: hour(2),
        ..reported("1203", 2)
    };
    let other = ReportRow {
        srv: "1.1.1".parse().unwrap(),
        ..reported("1203", 3)
    };
    let both = ReportRow {
        srv: "1.1.1".parse().unwrap(),
        ..later
    };
    let rows = report([
        later,
        other,
        ReportRow {
            request: request(IS, 4),
            ..both
        },
        reported("1203", 11),
    ]);
    let check = check(&rows, &[event("1203", 10)]);
    assert_eq!((check.counts.refused, check.counts.new), (3, 1));
    assert_eq!(
        answers(&check, 0)[0],
        RowAnswer::OtherDetails {
            srv: "7.2".parse().unwrap(),
            quarantined_at: reported("1203", 2).quarantined_at
        }
    );
    assert_eq!(
        told(&check),
        [2, 3, 4].map(|line| ("reported-otherwise", line, "RequestID"))
    );
    let words = |index: usize| check.findings.findings[index].message.as_str();
    assert_eq!(
        words(0),
        "Event 1203 has the communication since 2026-11-03T00:00:00.002Z, and the row has it since 2026-11-03T02:00:00Z. \
         The row was left out."
    );
    assert_eq!(
        words(1),
        "Event 1203 has the communication as 7.1, and the row has it as 1.1.1. The row was left out."
    );
    assert!(
        words(2).contains("as 1.1.1 since 2026-11-03T02:00:00Z"),
        "{}",
        words(2)
    );
}

#[test]
fn what_is_decided_is_named_and_stays_so() {
    let mut held = event("1203", 10);
    decide(&mut held, 5, HeldState::Delete, submission(9));
    decide(&mut held, 6, HeldState::Release, submission(9));
    let otherwise = ReportRow {
        quarantined_at: hour(1),
        ..reported("1203", 6)
    };
    let rows = report([reported("1203", 5), otherwise, reported("1203", 7)]);
    let check = check(&rows, &[held]);
    assert_eq!(answers(&check, 0)[0], RowAnswer::Decided(Action::Delete));
    assert!(matches!(
        answers(&check, 0)[1],
        RowAnswer::OtherDetails { .. }
    ));
    assert_eq!(answers(&check, 0)[2], RowAnswer::Known);
    assert_eq!(check.events[0].outcome, EventOutcome::Unchanged);
    assert_eq!(told(&check)[0], ("reported-after-decision", 2, "RequestID"));
    let said = &check.findings.findings[0].message;
    assert!(
        said.ends_with("of event 1203 was deleted already. Nothing changes."),
        "{said}"
    );
}

#[test]
fn a_user_id_that_nobody_has_keeps_only_its_own_rows_out() {
    let nobodys = ReportRow {
        request: request("90-B3-D5-1F-30-09-00-00", 1),
        ..reported("1209", 1)
    };
    let check = check(&report([nobodys, reported("1203", 1)]), &[]);
    assert_eq!(answers(&check, 0), [RowAnswer::UnknownUserId]);
    assert_eq!(check.events[0].outcome, EventOutcome::Unchanged);
    assert_eq!(answers(&check, 1), [RowAnswer::New]);
    assert_eq!(told(&check), [("unknown-user-id", 2, "UserID")]);
}

#[test]
fn an_event_whose_user_id_nobody_has_any_more_does_not_grow() {
    let rows = report([reported("1203", 1), reported("1203", 10)]);
    let mut owners = owners();
    owners.remove(&eui(IS));
    let held = [event("1203", 10)];
    let check = check_report(&rows, &held[..], &owners, 1_000).unwrap();
    assert_eq!(
        answers(&check, 0),
        [RowAnswer::Known, RowAnswer::UnknownUserId]
    );
    assert_eq!(check.events[0].outcome, EventOutcome::Unchanged);
}

#[test]
fn an_event_is_of_its_user_id_and_its_breach_for_good() {
    let other_user = ReportRow {
        request: request(GS, 1),
        ..reported("1203", 1)
    };
    let other_breach = ReportRow {
        breach: Breach::DccThreshold,
        ..reported("1203", 11)
    };
    let rows = report([
        other_user,
        other_breach,
        reported("1203", 12),
        reported("1204", 1),
    ]);
    let check = check(&rows, &[event("1203", 10)]);
    assert_eq!(
        answers(&check, 0),
        [
            RowAnswer::OtherUserId(eui(IS)),
            RowAnswer::OtherBreach(Breach::UserThreshold),
            RowAnswer::New
        ]
    );
    assert_eq!(answers(&check, 1), [RowAnswer::New]);
    assert_eq!(
        told(&check),
        [
            ("event-of-another-user-id", 2, "UserID"),
            ("event-of-another-breach", 3, "Breach")
        ]
    );
    let values: Vec<_> = check
        .findings
        .findings
        .iter()
        .map(|finding| finding.value.as_deref().unwrap())
        .collect();
    assert_eq!(values, [GS, "ADDCCThresholdBreach"]);
}

/// No reader lets such rows through; the rule holds all the same.
#[test]
fn of_two_rows_of_one_communication_the_first_counts() {
    let otherwise = ReportRow {
        quarantined_at: hour(3),
        ..reported("1203", 1)
    };
    let check = check(
        &report([reported("1203", 1), reported("1203", 1), otherwise]),
        &[],
    );
    assert_eq!(answers(&check, 0)[..2], [RowAnswer::New, RowAnswer::Known]);
    assert!(matches!(
        answers(&check, 0)[2],
        RowAnswer::OtherDetails { .. }
    ));
}

#[test]
fn warnings_are_bounded_and_counted() {
    let rows = (0..100).rev().map(|number| ReportRow {
        quarantined_at: hour(5),
        ..reported("1203", number)
    });
    let held = [event("1203", 100)];
    let check = check_report(&report(rows), &held[..], &owners(), 30).unwrap();
    assert_eq!(check.findings.warnings, 100);
    let lines: Vec<_> = told(&check).iter().map(|told| told.1).collect();
    assert_eq!(lines, (2..32).collect::<Vec<_>>());
}
