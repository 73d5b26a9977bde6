//! What the changes that are kept tell of somebody's access, and nothing that they do not tell.

use super::directory_world::*;
use sluice_shared::api::PersonRef;
use sluice_shared::directory::{
    AccessHistory, RegisteredBefore, confirmed_on_the_day_of, is_dormant, is_review_overdue,
};
use time::Duration;

const WHO: &str = "large-supplier-submitter";

fn at(text: &str) -> UtcTime {
    UtcTime::parse(text).unwrap()
}

fn made(
    change: &DirectoryChange,
    before: &[R],
    when: &str,
    approved_by: Option<&str>,
) -> ChangeRecord {
    let named = |text: &str| PersonRef {
        id: id(text),
        name: text.to_owned(),
    };
    ChangeRecord {
        before: (!before.is_empty()).then(|| RegisteredBefore::Person {
            name: WHO.to_owned(),
            roles: before.to_vec(),
            signer_subject: None,
        }),
        state: ChangeState::Made {
            at: at(when),
            approved_by: approved_by.map(named),
            approval: None,
        },
        ..recorded(LARGE, change)
    }
}

fn invited(given: &[R], when: &str) -> ChangeRecord {
    let change = match invite(given) {
        DirectoryChange::Invite {
            name,
            roles,
            signer_subject,
            ..
        } => DirectoryChange::Invite {
            person: id(WHO),
            name,
            roles,
            signer_subject,
        },
        other => other,
    };
    made(&change, &[], when, None)
}

fn confirmed(of: &Person, when: &str) -> ChangeRecord {
    let change = DirectoryChange::ConfirmAccess {
        person: of.id.clone(),
        access: Access::of(of),
    };
    made(&change, &of.roles, when, None)
}

#[test]
fn each_role_is_since_the_last_change_that_gave_it_by_whoever_asked_and_approved() {
    let now = person(WHO, LARGE, &[R::Submitter, R::Aro]);
    let changes = [
        // Latest first, as they are listed.
        made(
            &gives(WHO, &[R::Submitter, R::Aro]),
            &[R::Submitter],
            "2026-03-01T09:00:00Z",
            Some("dcc-admin-2"),
        ),
        invited(&[R::Submitter], "2026-02-01T09:00:00Z"),
        made(&remove(WHO), &[R::Submitter], "2026-01-15T09:00:00Z", None),
        invited(&[R::Submitter], "2026-01-01T09:00:00Z"),
    ];
    let history = AccessHistory::of(&now, &changes);
    let held = history.roles();
    let told: Vec<_> = held
        .iter()
        .map(|held| {
            let given = held.given.as_ref().unwrap();
            let approved = given.approved_by.as_ref().map(|by| by.name.as_str());
            (held.role, given.at, approved)
        })
        .collect();
    assert_eq!(
        told,
        [
            (R::Submitter, at("2026-02-01T09:00:00Z"), None),
            (R::Aro, at("2026-03-01T09:00:00Z"), Some("dcc-admin-2")),
        ]
    );
    assert_eq!(history.since(), Some(at("2026-02-01T09:00:00Z")));
}

#[test]
fn of_what_no_change_gave_nothing_is_said() {
    let now = person(WHO, LARGE, &[R::Submitter, R::Viewer]);
    // A role that was there before changes were kept, and one that was taken away and is there all the same.
    let changes = [made(
        &gives(WHO, &[R::Submitter]),
        &[R::Submitter, R::Viewer],
        "2026-03-01T09:00:00Z",
        None,
    )];
    let history = AccessHistory::of(&now, &changes);
    assert!(history.roles().iter().all(|held| held.given.is_none()));
    assert_eq!(history.since(), None);
    let mut waiting = invited(&[R::Submitter], "2026-02-01T09:00:00Z");
    waiting.state = ChangeState::Refused {
        at: at("2026-02-01T09:00:00Z"),
        by: None,
        why: "No.".to_owned(),
    };
    let refused = [waiting];
    let history = AccessHistory::of(&now, &refused);
    assert!(history.roles().iter().all(|held| held.given.is_none()));
    assert_eq!((history.looked_at(), history.changed_at()), (None, None));
}

#[test]
fn a_confirmation_is_a_look_and_no_change() {
    let now = person(WHO, LARGE, &[R::Submitter]);
    let first = "2026-01-01T09:00:00Z";
    let last = "2026-06-01T09:00:00Z";
    let changes = [confirmed(&now, last), invited(&[R::Submitter], first)];
    let history = AccessHistory::of(&now, &changes);
    assert_eq!(history.confirmed().unwrap().at, at(last));
    assert_eq!(history.looked_at(), Some(at(last)));
    assert_eq!(history.changed_at(), Some(at(first)));
    let on = |day| confirmed_on_the_day_of(at(day), &now.id, &changes);
    assert_eq!(on("2026-06-01T23:59:59Z"), Some(&Access::of(&now)));
    assert_eq!(on("2026-06-02T00:00:00Z"), None);
    // Whoever gives all of somebody's roles answers for them as well.
    let history = AccessHistory::of(&now, &changes[1..]);
    assert_eq!(history.confirmed(), None);
    assert_eq!(history.looked_at(), Some(at(first)));
}

#[test]
fn a_review_is_overdue_after_its_days_and_where_nobody_ever_looked() {
    let rules = &Profile::standard().people;
    let now = at("2026-11-30T12:00:00Z");
    let days = Duration::days(i64::from(rules.review_days));
    let overdue = |looked| is_review_overdue(looked, now, rules);
    assert!(overdue(None));
    assert!(!overdue(Some(now.plus(-days))));
    assert!(overdue(Some(now.plus(-days - Duration::MILLISECOND))));
}

#[test]
fn dormant_is_who_was_not_here_for_its_days_and_nobody_before_that_is_noted() {
    let rules = &Profile::standard().people;
    let now = at("2026-11-30T12:00:00Z");
    let days = |number: u32| Some(now.plus(-Duration::days(i64::from(number))));
    let (within, beyond) = (days(rules.dormant_days), days(rules.dormant_days + 1));
    let dormant = |last, registered, noted| is_dormant(last, registered, noted, now, rules);
    assert!(dormant(beyond, None, beyond));
    assert!(!dormant(within, None, beyond));
    // Never here: since they were registered, or since it is noted, whichever is later.
    assert!(dormant(None, beyond, beyond));
    assert!(!dormant(None, within, beyond));
    assert!(!dormant(None, beyond, within));
    assert!(!dormant(None, beyond, None));
}
