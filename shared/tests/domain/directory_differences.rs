//! What a change makes of what was before is said line by line, and only what becomes different.

use super::directory_world::*;
use sluice_shared::directory::differences;

/// Lines of what a change of an organisation makes different: what, before, after.
fn lines(place: &str, change: &DirectoryChange) -> Vec<[String; 3]> {
    let found = differences(&recorded(place, change)).into_iter();
    found
        .map(|found| [found.what, found.before, found.after])
        .collect()
}

fn line(what: &str, before: &str, after: &str) -> [String; 3] {
    [what, before, after].map(str::to_owned)
}

#[test]
fn roles_and_certificates_of_a_person_before_and_after() {
    assert_eq!(
        lines(
            LARGE,
            &gives("large-supplier-submitter", &[R::Submitter, R::Aro])
        ),
        [
            line(
                "Roles",
                "submitter",
                "submitter, Authorised Responsible Officer"
            ),
            line("Certificates name", "", "CN=large-supplier-submitter,C=GB"),
        ]
    );
    assert_eq!(
        lines(LARGE, &gives("large-supplier-aro", &[R::Aro])),
        [line(
            "Roles",
            "submitter, Authorised Responsible Officer",
            "Authorised Responsible Officer"
        )],
        "the certificates stay"
    );
}

#[test]
fn somebody_who_comes_is_renamed_moves_or_goes() {
    assert_eq!(
        lines(LARGE, &invite(&[R::Viewer])),
        [line("Name", "", "New, Person"), line("Roles", "", "viewer"),]
    );
    assert_eq!(
        lines(LARGE, &rename("large-supplier-aro")),
        [line("Name", "large-supplier-aro", "Another Name")]
    );
    assert_eq!(
        lines(
            LARGE,
            &moves("large-supplier-submitter", NETWORK, &[R::Viewer])
        ),
        [
            line("Organisation", LARGE, NETWORK),
            line("Roles", "submitter", "viewer"),
        ]
    );
    assert_eq!(
        lines(LARGE, &remove("large-supplier-aro")),
        [
            line("Roles", "submitter, Authorised Responsible Officer", ""),
            line("Certificates name", "CN=large-supplier-aro,C=GB", ""),
        ]
    );
}

#[test]
fn of_an_organisation_each_user_id_that_comes_or_goes_and_what_else_is_known() {
    assert_eq!(
        lines(LARGE, &changes_organisation("Another Name", &[2])),
        [
            line("Name", LARGE, "Another Name"),
            line("User ID 90-B3-D5-1F-30-00-00-01", "IS", ""),
            line("User ID 90-B3-D5-1F-30-00-00-02", "", "IS"),
        ]
    );
    assert_eq!(
        lines(LARGE, &changes_contact(LARGE)),
        [line("Contact", "", "contact@example.com")]
    );
}

#[test]
fn a_confirmation_says_what_was_looked_at() {
    let aro = person("large-supplier-aro", LARGE, &[R::Aro, R::Submitter]);
    let access = Access::of(&Person {
        certificates: super::make::certificates(),
        ..aro
    });
    let change = DirectoryChange::ConfirmAccess {
        person: id("large-supplier-aro"),
        access,
    };
    assert_eq!(
        lines(LARGE, &change),
        [line(
            "Still needed",
            "",
            "submitter, Authorised Responsible Officer, 1 certificate"
        )]
    );
}
