//! An event stays with the organisation that it was opened for, whoever has its User ID since.

use std::collections::HashMap;

use sluice_shared::identifiers::{Eui64, OrganisationId};
use sluice_shared::quarantine::{EventOutcome, ReportCheck, check_report};

use crate::make::{IS, eui, event, organisation};
use crate::make_reports::{report, reported};

fn moved() -> HashMap<Eui64, OrganisationId> {
    HashMap::from([(eui(IS), "network-operator".parse().unwrap())])
}

fn check_moved(rows: impl IntoIterator<Item = u64>) -> ReportCheck {
    let rows = rows.into_iter().map(|number| reported("1203", number));
    let held = [event("1203", 10)];
    check_report(&report(rows), &held[..], &moved(), 1_000).unwrap()
}

#[test]
fn what_is_added_goes_where_the_event_is_and_that_is_said() {
    let check = check_moved([3, 10, 11]);
    let reported = &check.events[0];
    let EventOutcome::Grown(growth) = &reported.outcome else {
        panic!("{:?}", reported.outcome)
    };
    assert_eq!(growth.event.organisation, organisation());
    assert_eq!(
        reported
            .moved_to
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("network-operator")
    );
    let [finding] = &check.findings.findings[..] else {
        panic!("{:?}", check.findings)
    };
    assert_eq!(
        (
            finding.code.as_str(),
            finding.line,
            finding.value.as_deref()
        ),
        ("event-of-moved-user-id", Some(2), Some(IS))
    );
    assert!(
        finding.message.contains("belongs to network-operator now")
            && finding.message.contains("stays with large-supplier"),
        "{}",
        finding.message
    );
}

#[test]
fn a_mere_repeat_says_nothing_of_it() {
    let check = check_moved([3, 4]);
    assert!(check.findings.is_empty(), "{:?}", check.findings);
    assert_eq!(check.events[0].outcome, EventOutcome::Unchanged);
}

#[test]
fn a_new_event_is_opened_for_whoever_has_the_user_id_now() {
    let held = [event("1203", 10)];
    let rows = report([reported("1204", 1)]);
    let check = check_report(&rows, &held[..], &moved(), 1_000).unwrap();
    let EventOutcome::Opened(growth) = &check.events[0].outcome else {
        panic!("{:?}", check.events[0].outcome)
    };
    assert_eq!(growth.event.organisation.to_string(), "network-operator");
    assert_eq!(check.events[0].moved_to, None);
}
