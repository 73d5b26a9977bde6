//! Who may change the directory, and what that needs: every role, at a User's organisation and at the DCC, asks for every change in the own
//! organisation, in another, and in the DCC's.

use super::directory_world::*;

/// Every kind of change in an organisation of Users, what is expected of its administrator, and of a DCC administrator.
fn changes(organisation: &str) -> Vec<(DirectoryChange, Result<Approval, ChangeBar>, Approval)> {
    use Approval::{BySecondAdministrator as Second, NotNeeded as Alone};
    let who = |text: &str| format!("{organisation}-{text}");
    let for_dcc = || Err(ChangeBar::ForTheDcc);
    vec![
        (invite(&[R::Viewer]), Ok(Alone), Second),
        (invite(&[R::Submitter]), Ok(Alone), Second),
        (invite(&[R::OrganisationAdmin]), Ok(Alone), Second),
        (
            invite(&[R::Aro, R::Submitter]),
            Err(ChangeBar::RoleForTheDcc(R::Aro)),
            Second,
        ),
        (gives(&who("submitter"), &[R::Viewer]), Ok(Alone), Second),
        (
            gives(&who("submitter"), &[R::Submitter, R::Aro]),
            Err(ChangeBar::RoleForTheDcc(R::Aro)),
            Second,
        ),
        (gives(&who("aro"), &[R::Submitter]), Ok(Alone), Alone),
        (gives(&who("aro"), &[R::Aro]), Ok(Alone), Alone),
        (rename(&who("aro")), Ok(Alone), Alone),
        (remove(&who("aro")), Ok(Alone), Alone),
        (remove(&who("admin-2")), Ok(Alone), Alone),
        (
            moves(&who("submitter"), NETWORK, &[R::Viewer]),
            for_dcc(),
            Second,
        ),
        (changes_contact(organisation), for_dcc(), Alone),
        (
            changes_organisation("Another Name", &[1]),
            for_dcc(),
            Second,
        ),
        (
            changes_organisation("Another Name", &[1, 2]),
            for_dcc(),
            Second,
        ),
    ]
}

#[test]
fn each_role_asks_for_each_change_in_the_own_organisation_another_and_the_dccs() {
    let mut combinations = 0;
    for role in R::ALL {
        for home in [LARGE, NETWORK, DCC] {
            // Roles at the wrong organisation count for nothing.
            let asker = person("asker", home, &[role]);
            let counts = role.is_dcc() == (home == DCC);
            for place in [LARGE, NETWORK] {
                let mut world = World::of(place);
                world.destination = Some(people(if place == NETWORK { LARGE } else { NETWORK }));
                for (change, by_own, by_dcc) in changes(place) {
                    let change = match change {
                        DirectoryChange::Move { .. } if place == NETWORK => {
                            moves("network-operator-submitter", LARGE, &[R::Viewer])
                        }
                        change => change,
                    };
                    let expected = match role {
                        R::DccAdmin if counts => Ok(by_dcc),
                        R::OrganisationAdmin if home == place => by_own,
                        _ => Err(ChangeBar::NotYours),
                    };
                    assert_eq!(
                        world.needs(&asker, &change),
                        expected,
                        "{role:?} of {home} in {place}: {change:?}"
                    );
                    combinations += 1;
                }
            }
            let dcc = World::of(DCC);
            for change in [
                invite(&[R::Reviewer]),
                invite(&[R::Operator]),
                invite(&[R::DccAdmin]),
                gives("dcc-operator", &[R::Auditor]),
                gives("dcc-reviewer", &[R::Reviewer, R::DccAdmin]),
                moves("dcc-operator", NETWORK, &[R::Viewer]),
            ] {
                let expected = if role == R::DccAdmin && counts {
                    Ok(Approval::BySecondAdministrator)
                } else {
                    Err(ChangeBar::NotYours)
                };
                assert_eq!(
                    dcc.needs(&asker, &change),
                    expected,
                    "{role:?} of {home}: {change:?}"
                );
                combinations += 1;
            }
            for change in [
                remove("dcc-reviewer"),
                rename("dcc-operator"),
                remove("dcc-admin-3"),
            ] {
                let expected = if role == R::DccAdmin && counts {
                    Ok(Approval::NotNeeded)
                } else {
                    Err(ChangeBar::NotYours)
                };
                assert_eq!(
                    dcc.needs(&asker, &change),
                    expected,
                    "{role:?} of {home}: {change:?}"
                );
                combinations += 1;
            }
        }
    }
    println!("{combinations} combinations of role, organisation and change");
}

#[test]
fn another_second_administrator_approves_and_never_whoever_asked_or_whom_it_is_about() {
    let [first, second, third] =
        [1, 2, 3].map(|n| person(&format!("dcc-admin-{n}"), DCC, &[R::DccAdmin]));
    let change = gives("dcc-admin-3", &[R::DccAdmin, R::Reviewer]);
    assert_eq!(may_approve(&second, &first.id, &change), Ok(()));
    assert_eq!(
        may_approve(&first, &first.id, &change),
        Err(ApprovalBar::OwnRequest)
    );
    assert_eq!(
        may_approve(&third, &first.id, &change),
        Err(ApprovalBar::AboutYourself)
    );
    for (home, role) in [
        (DCC, R::Reviewer),
        (DCC, R::Operator),
        (DCC, R::Auditor),
        (LARGE, R::OrganisationAdmin),
        (LARGE, R::DccAdmin),
    ] {
        let other = person("other", home, &[role]);
        let bar = Err(ApprovalBar::NotADccAdministrator);
        assert_eq!(
            may_approve(&other, &first.id, &change),
            bar,
            "{role:?} of {home}"
        );
    }
}

#[test]
fn the_first_administrator_of_an_organisation_is_invited_by_one_of_the_dcc_and_only_while_nobody_was_there()
 {
    let admin = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let mut world = World::of(LARGE);
    world.people.clear();
    assert_eq!(
        world.needs(&admin, &invite(&[R::OrganisationAdmin])),
        Ok(Approval::NotNeeded)
    );
    for more in [
        invite(&[R::OrganisationAdmin, R::Submitter]),
        invite(&[R::Viewer]),
    ] {
        assert_eq!(
            world.needs(&admin, &more),
            Ok(Approval::BySecondAdministrator)
        );
    }
    // Whoever removed its people does not choose who comes after them.
    world.had_people = true;
    assert_eq!(
        world.needs(&admin, &invite(&[R::OrganisationAdmin])),
        Ok(Approval::BySecondAdministrator)
    );
    world.had_people = false;
    // Nobody who may invite is left, but somebody is there.
    world.people = vec![person("large-supplier-submitter", LARGE, &[R::Submitter])];
    assert_eq!(
        world.needs(&admin, &invite(&[R::OrganisationAdmin])),
        Ok(Approval::BySecondAdministrator)
    );
    let mut dcc = World::of(DCC);
    dcc.people.clear();
    assert_eq!(
        dcc.needs(&admin, &invite(&[R::DccAdmin])),
        Ok(Approval::BySecondAdministrator)
    );
}
