//! A list of people that comes back from a spreadsheet: what each row would change, and what is wrong with it.

use super::directory_world::*;
use proptest::prelude::*;
use sluice_shared::api::{Me, OrganisationPeople, PersonView, SeenBy};
use sluice_shared::directory::{Asker, SignInFreshness};
use sluice_shared::people_file::{self, HEADINGS, PeopleFileError, PlannedRow, RowPlan, row_of};
use sluice_shared::spreadsheet::{Sheet, SheetError, csv};

/// As somebody sees the people of an organisation.
fn seen(place: &str) -> OrganisationPeople {
    let (organisation, people, world) = (organisation(place), people(place), World::of(place));
    let by = SeenBy {
        asker: &people[0],
        people: &people,
        noted_since: None,
        now: world.now,
        rules: &world.rules,
    };
    let seen = people.iter();
    OrganisationPeople {
        people: seen
            .map(|one| PersonView::new(one, &[], None, by))
            .collect(),
        organisation: (&organisation).into(),
        details: organisation.details.clone(),
        machines: Vec::new(),
        changes: Vec::new(),
        may_give: Vec::new(),
        noted_since: None,
    }
}

fn seen_by(person: &Person, home: &str) -> Me {
    let sign_in = SignInFreshness {
        seconds: 300,
        until: None,
    };
    let asker = Asker::Person(person.clone());
    Me::new(&asker, &organisation(home), sign_in)
}

fn planned(asker: &str, place: &str, file: &[u8]) -> Result<Vec<PlannedRow>, PeopleFileError> {
    let world = World::of(place);
    let home = if asker.starts_with(DCC) { DCC } else { place };
    let me = people(home).into_iter().find(|one| one.id == id(asker));
    let me = seen_by(&me.unwrap(), home);
    people_file::plan(file, &seen(place), &me, &world.rules, world.now)
}

/// What a row comes to, in a line.
fn line(row: &PlannedRow) -> String {
    let plan = match &row.plan {
        RowPlan::Nothing => "nothing".to_owned(),
        RowPlan::Changes(changes) => {
            let titles: Vec<_> = changes.iter().map(|one| one.change.title()).collect();
            titles.join(", ")
        }
        RowPlan::Faults(faults) => {
            let words: Vec<_> = faults.iter().map(|fault| fault.words.clone()).collect();
            words.join(" ")
        }
    };
    format!("{} {}: {plan}", row.line, row.sign_in)
}

fn lines(asker: &str, place: &str, file: &str) -> Vec<String> {
    let planned = planned(asker, place, file.as_bytes()).unwrap();
    planned.iter().map(line).collect()
}

const BY_OWN: &str = "large-supplier-admin-1";
const BY_DCC: &str = "dcc-admin-1";

#[test]
fn the_list_that_was_taken_away_changes_nothing() {
    for (asker, place) in [(BY_OWN, LARGE), (BY_DCC, LARGE), (BY_DCC, DCC)] {
        let people = seen(place).people;
        let file = csv(HEADINGS, people.iter().map(row_of));
        let planned = planned(asker, place, &file).unwrap();
        assert_eq!(planned.len(), people.len());
        for row in planned {
            assert_eq!(row.plan, RowPlan::Nothing, "{row:?}");
        }
    }
}

#[test]
fn a_row_renames_gives_roles_or_invites_and_who_is_in_no_row_stays() {
    let file = "Sign-in,Name,Roles\n\
        large-supplier-submitter,Siân Rees,submitter\n\
        large-supplier-admin-2,,\"viewer, organisation administrator\"\n\
        new-1,New Person,viewer\n";
    assert_eq!(
        lines(BY_OWN, LARGE, file),
        [
            "2 large-supplier-submitter: Rename",
            "3 large-supplier-admin-2: Change roles",
            "4 new-1: Invite"
        ]
    );
}

#[test]
fn a_row_tells_before_and_after() {
    let file = "Sign-in,Name,Roles\nlarge-supplier-submitter,Siân Rees,viewer\n";
    let RowPlan::Changes(changes) = planned(BY_OWN, LARGE, file.as_bytes())
        .unwrap()
        .remove(0)
        .plan
    else {
        panic!("it changes something");
    };
    let differences = changes.iter().flat_map(|change| &change.differences);
    let told: Vec<_> = differences
        .map(|one| (one.what.as_str(), one.before.as_str(), one.after.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Name", "large-supplier-submitter", "Siân Rees"),
            ("Roles", "submitter", "viewer")
        ]
    );
}

#[test]
fn one_row_may_change_both_name_and_roles() {
    let file = "Sign-in,Name,Roles\nlarge-supplier-submitter,Siân Rees,viewer\n";
    assert_eq!(
        lines(BY_OWN, LARGE, file),
        ["2 large-supplier-submitter: Rename, Change roles"]
    );
}

#[test]
fn a_row_says_what_is_wrong_with_it_by_the_rule_of_the_service() {
    for (row, words) in [
        (
            "new-1,New Person,ARO,",
            "The role Authorised Responsible Officer signs: say whom the person's certificates name, such as CN=Supplier ARO 1,O=Large Supplier,C=GB.",
        ),
        (
            "new-1,New Person,ARO,\"CN=New,C=GB\"",
            "You cannot give the role Authorised Responsible Officer: ask the DCC. Two DCC administrators have to agree to an Authorised Responsible Officer.",
        ),
        (
            "new-1,New Person,boss,",
            "“boss” is no role. Roles are: submitter, Authorised Responsible Officer, viewer, organisation administrator, DCC reviewer, DCC operator, DCC auditor, DCC administrator.",
        ),
        (
            "new-1,,viewer,",
            "Nobody has this sign-in yet. To invite them, fill in “Name”.",
        ),
        (
            "new-1,,,",
            "Nobody has this sign-in yet. To invite them, fill in “Name”. Nobody has this sign-in yet. To invite them, fill in “Roles”.",
        ),
        (
            ",New Person,viewer,",
            "Sign-in does not have 1 to 255 characters.",
        ),
        (
            "large-supplier-submitter,,submitter,nobody",
            "The subject is not the subject of a certificate such as CN=Supplier ARO 1,O=Large Supplier,C=GB.",
        ),
    ] {
        let file = format!("Sign-in,Name,Roles,Certificates name\n{row}\n");
        let sign_in = row.split(',').next().unwrap();
        assert_eq!(
            lines(BY_OWN, LARGE, &file),
            [format!("2 {sign_in}: {words}")]
        );
    }
}

#[test]
fn nobody_is_in_it_twice() {
    let file = "Sign-in,Name,Roles\nnew-1,One,viewer\nnew-1,Two,viewer\n";
    assert_eq!(
        lines(BY_OWN, LARGE, file),
        [
            "2 new-1: Invite",
            "3 new-1: This sign-in is on line 2 already. Remove one of the two rows."
        ]
    );
}

#[test]
fn rows_are_judged_as_if_those_before_were_made() {
    let first_goes =
        "Sign-in,Name,Roles\nlarge-supplier-admin-2,,viewer\nlarge-supplier-admin-1,,viewer\n";
    let found = lines(BY_DCC, LARGE, first_goes);
    assert_eq!(found[0], "2 large-supplier-admin-2: Change roles");
    assert!(
        found[1].contains("This is the organisation's last administrator"),
        "{found:?}"
    );
}

#[test]
fn what_waits_for_its_approval_is_told_and_what_needs_one_too() {
    let file = "Sign-in,Name,Roles,Certificates name\nnew-1,New Person,ARO,\"CN=New,C=GB\"\n";
    let RowPlan::Changes(changes) = planned(BY_DCC, LARGE, file.as_bytes())
        .unwrap()
        .remove(0)
        .plan
    else {
        panic!("it changes something");
    };
    assert_eq!(changes[0].approval, Approval::BySecondAdministrator);
    assert!(!changes[0].waits);
    let mut people = seen(LARGE);
    people.changes.push(recorded(LARGE, &changes[0].change));
    let world = World::of(LARGE);
    let dcc = people_of_dcc();
    let again = people_file::plan(file.as_bytes(), &people, &dcc, &world.rules, world.now).unwrap();
    let RowPlan::Changes(changes) = &again[0].plan else {
        panic!("it changes something");
    };
    assert!(changes[0].waits);
}

fn people_of_dcc() -> Me {
    seen_by(&people(DCC)[0], DCC)
}

#[test]
fn headings_are_known_in_any_order_and_case_and_others_are_said() {
    let file = "ROLES;sign-in;Name\r\nviewer;new-1;New Person\r\n";
    assert_eq!(lines(BY_OWN, LARGE, file), ["2 new-1: Invite"]);
    for (headings, error) in [
        ("Name,Roles", PeopleFileError::NoSignIn),
        ("Sign-in,Sign-in", PeopleFileError::HeadingTwice("Sign-in")),
        (
            "Sign-in,Boss",
            PeopleFileError::UnknownHeading("Boss".to_owned()),
        ),
        ("", PeopleFileError::Sheet(SheetError::Empty)),
    ] {
        assert_eq!(planned(BY_OWN, LARGE, headings.as_bytes()), Err(error));
    }
    assert_eq!(
        planned(BY_OWN, LARGE, b"Sign-in,Name\nx,Si\xe2n\n"),
        Err(PeopleFileError::Sheet(SheetError::NotText))
    );
    assert_eq!(
        planned(BY_OWN, LARGE, b"Sign-in,Name\nnew-1,\"open\nnew-2,b\n"),
        Err(PeopleFileError::Sheet(SheetError::UnclosedQuote(2)))
    );
}

#[test]
fn lines_are_those_of_the_file_with_empty_rows_and_cells_of_several_lines() {
    let file =
        "Sign-in,Name,Roles\n\n,,\nlarge-supplier-submitter,\"\n\",submitter\nnew-1,One,viewer";
    assert_eq!(
        lines(BY_OWN, LARGE, file),
        ["4 large-supplier-submitter: nothing", "6 new-1: Invite"]
    );
}

#[test]
fn as_many_changes_are_planned_as_a_day_allows() {
    let most = Profile::standard().people.max_changes_a_day;
    let rows = (0..=most).map(|number| format!("new-{number},Person {number},viewer"));
    let rows: Vec<_> = rows.collect();
    let file = format!("Sign-in,Name,Roles\n{}\n", rows.join("\n"));
    let found = lines(BY_OWN, LARGE, &file);
    assert!(found[most - 1].ends_with(": Invite"), "{}", found[most - 1]);
    assert!(!found[most].ends_with(": Invite"), "{}", found[most]);
}

proptest! {
    #[test]
    fn cells_come_back_as_they_were_taken_away(cells in proptest::collection::vec("[ -~£=+@\n\"',;]{0,12}", 1..6)) {
        let trimmed: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        prop_assume!(trimmed.iter().any(|cell| !cell.is_empty()));
        // An apostrophe before a formula is what keeps it from being one.
        prop_assume!(!trimmed.iter().any(|cell| cell.starts_with('\'')));
        let headings = ["a", "b", "c", "d", "e"];
        let file = csv(headings, [trimmed.clone()]);
        let sheet = Sheet::parse(&file, 10).unwrap();
        prop_assert_eq!(&sheet.rows[0].cells, &trimmed);
        prop_assert_eq!(sheet.rows[0].line, 2);
    }

    #[test]
    fn no_bytes_make_it_panic(file in proptest::collection::vec(any::<u8>(), 0..200), text in "[Sign\\-in,;\"\n\t]{0,60}") {
        let _ = planned(BY_OWN, LARGE, &file);
        let _ = planned(BY_OWN, LARGE, text.as_bytes());
    }
}
