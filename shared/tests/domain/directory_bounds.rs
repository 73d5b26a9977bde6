//! What no change of the directory may do, whoever asks for it.

use super::directory_world::*;

#[test]
fn two_dcc_administrators_remain_whoever_asks() {
    let admin = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let mut dcc = World::of(DCC);
    assert!(dcc.needs(&admin, &remove("dcc-admin-3")).is_ok());
    dcc.people.retain(|person| person.id != id("dcc-admin-3"));
    let remain = Err(ChangeBar::TwoDccAdministratorsRemain);
    for change in [
        remove("dcc-admin-2"),
        DirectoryChange::Remove {
            person: id("dcc-admin-2"),
            leaves_no_administrator: true,
        },
        gives("dcc-admin-2", &[R::Operator]),
        moves("dcc-admin-2", NETWORK, &[R::Viewer]),
    ] {
        assert_eq!(dcc.needs(&admin, &change), remain, "{change:?}");
    }
    assert!(dcc.needs(&admin, &rename("dcc-admin-2")).is_ok());
}

#[test]
fn an_organisations_last_administrator_leaves_only_if_that_is_meant() {
    let mut world = World::of(LARGE);
    world
        .people
        .retain(|person| person.id != id("large-supplier-admin-2"));
    let own = person("large-supplier-admin-1", LARGE, &[R::OrganisationAdmin]);
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    for change in [
        remove("large-supplier-admin-1"),
        gives("large-supplier-admin-1", &[R::Viewer]),
    ] {
        assert_eq!(
            world.needs(&own, &change),
            Err(ChangeBar::LastAdministrator)
        );
        assert_eq!(
            world.needs(&dcc, &change),
            Err(ChangeBar::LastAdministrator)
        );
    }
    let meant = DirectoryChange::Remove {
        person: id("large-supplier-admin-1"),
        leaves_no_administrator: true,
    };
    assert_eq!(world.needs(&own, &meant), Ok(Approval::NotNeeded));
    assert_eq!(
        world.needs(&dcc, &meant),
        Ok(Approval::BySecondAdministrator),
        "whoever takes the last one away could choose the next"
    );
}

#[test]
fn roles_belong_to_users_or_to_the_dcc() {
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    for role in R::ALL {
        for place in [LARGE, DCC] {
            let fits = role.is_dcc() == (place == DCC);
            let needs = World::of(place).needs(&dcc, &invite(&[role]));
            if fits {
                assert!(needs.is_ok(), "{role:?} at {place}: {needs:?}");
            } else {
                assert_eq!(
                    needs,
                    Err(ChangeBar::OtherOrganisationsRole(role)),
                    "{place}"
                );
            }
        }
        let moved =
            World::of(LARGE).needs(&dcc, &moves("large-supplier-submitter", NETWORK, &[role]));
        assert_eq!(moved.is_ok(), !role.is_dcc(), "{role:?}");
    }
}

#[test]
fn what_signs_has_a_subject_of_its_own_and_nothing_else_has_one() {
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let own = person("large-supplier-admin-1", LARGE, &[R::OrganisationAdmin]);
    let world = World::of(LARGE);
    let with = |given: &[R], signer_subject| DirectoryChange::ChangeRoles {
        person: id("large-supplier-aro"),
        roles: roles(given),
        signer_subject,
        leaves_no_administrator: false,
    };
    assert_eq!(
        world.needs(&dcc, &with(&[R::Aro], None)),
        Err(ChangeBar::SubjectMissing(R::Aro))
    );
    assert_eq!(
        world.needs(
            &dcc,
            &with(&[R::Viewer], Some(subject("CN=large-supplier-aro,C=GB")))
        ),
        Err(ChangeBar::SubjectForNothing)
    );
    // A new name after a marriage, on new certificates: somebody else's signature could be taken for the ARO's.
    let married = with(&[R::Aro, R::Submitter], Some(subject("CN=Married,C=GB")));
    assert_eq!(
        world.needs(&dcc, &married),
        Ok(Approval::BySecondAdministrator)
    );
    assert_eq!(
        world.needs(&own, &married),
        Err(ChangeBar::SubjectForTheDcc)
    );
    let mut two = World::of(LARGE);
    two.people
        .push(person("large-supplier-aro-2", LARGE, &[R::Aro]));
    let taken = with(&[R::Aro], Some(subject("CN=LARGE-supplier-aro-2,C=gb")));
    assert_eq!(two.needs(&dcc, &taken), Err(ChangeBar::SubjectTaken));
}

#[test]
fn a_name_changes_and_the_person_remains_who_they_are() {
    let own = person("large-supplier-admin-1", LARGE, &[R::OrganisationAdmin]);
    let world = World::of(LARGE);
    let (_, effect) = world.asks(&own, &rename("large-supplier-aro")).unwrap();
    let before = world.people[2].clone();
    let after = Person {
        name: "Another Name".to_owned(),
        ..before
    };
    assert_eq!(effect, DirectoryEffect::PutPerson(after));
    let same = DirectoryChange::Rename {
        person: id("large-supplier-aro"),
        name: name("large-supplier-aro"),
    };
    assert_eq!(world.needs(&own, &same), Err(ChangeBar::NothingChanges));
}

#[test]
fn a_sign_in_belongs_to_one_organisation() {
    let own = person("large-supplier-admin-1", LARGE, &[R::OrganisationAdmin]);
    let mut world = World::of(LARGE);
    world.is_registered = true;
    assert_eq!(
        world.needs(&own, &invite(&[R::Viewer])),
        Err(ChangeBar::RegisteredAlready)
    );
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let (_, effect) = world
        .asks(
            &dcc,
            &moves("large-supplier-submitter", NETWORK, &[R::Viewer]),
        )
        .unwrap();
    let DirectoryEffect::MovePerson(moved) = effect else {
        panic!("{effect:?}")
    };
    assert_eq!(
        (moved.organisation.as_str(), moved.roles.as_slice()),
        (NETWORK, [R::Viewer].as_slice())
    );
    world.destination = None;
    let nowhere = moves("large-supplier-submitter", NETWORK, &[R::Viewer]);
    assert_eq!(
        world.needs(&dcc, &nowhere),
        Err(ChangeBar::NoOrganisation(organisation_id(NETWORK)))
    );
    let back = moves("large-supplier-submitter", LARGE, &[R::Viewer]);
    assert_eq!(world.needs(&dcc, &back), Err(ChangeBar::SameOrganisation));
}

#[test]
fn the_profile_says_what_administrators_give_and_how_much() {
    let own = person("large-supplier-admin-1", LARGE, &[R::OrganisationAdmin]);
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let mut world = World::of(LARGE);
    world.rules.roles_by_administrators = vec![R::Viewer, R::Aro];
    assert!(world.needs(&own, &invite(&[R::Viewer])).is_ok());
    for role in [R::Submitter, R::OrganisationAdmin, R::Aro] {
        assert_eq!(
            world.needs(&own, &invite(&[role])),
            Err(ChangeBar::RoleForTheDcc(role))
        );
    }
    world.rules.max_people = world.people.len();
    assert_eq!(
        world.needs(&own, &invite(&[R::Viewer])),
        Err(ChangeBar::TooManyPeople(4))
    );
    world.changes_today = world.rules.max_changes_a_day;
    let many = Err(ChangeBar::TooManyChanges(world.rules.max_changes_a_day));
    assert_eq!(world.needs(&own, &remove("large-supplier-aro")), many);
    assert!(
        world.needs(&dcc, &remove("large-supplier-aro")).is_ok(),
        "the DCC removes whoever has to go"
    );
}

#[test]
fn user_ids_are_one_organisations_and_lie_in_its_range() {
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let mut world = World::of(LARGE);
    world.taken = vec![user_id(7).id];
    let taken = Err(ChangeBar::UserIdTaken(user_id(7).id));
    assert_eq!(
        world.needs(&dcc, &changes_organisation("A", &[1, 7])),
        taken
    );
    let twice = Err(ChangeBar::UserIdUnclear(user_id(1).id));
    assert_eq!(
        world.needs(&dcc, &changes_organisation("A", &[1, 1])),
        twice
    );
    assert_eq!(
        world.needs(&dcc, &changes_organisation(LARGE, &[1])),
        Err(ChangeBar::NothingChanges)
    );
    let ranged = DirectoryChange::ChangeOrganisation {
        name: name("A"),
        user_ids: vec![user_id(1), user_id(9)],
        details: OrganisationDetails {
            allocated: Some("90B3D51F30000000/90B3D51F30000008".parse().unwrap()),
            ..OrganisationDetails::default()
        },
    };
    assert_eq!(
        world.needs(&dcc, &ranged),
        Err(ChangeBar::UserIdOutsideRange(user_id(9).id))
    );
    let many: Vec<u64> = (0..41).collect();
    assert_eq!(
        world.needs(&dcc, &changes_organisation("A", &many)),
        Err(ChangeBar::TooManyUserIds(40))
    );
    assert_eq!(
        World::of(DCC).needs(&dcc, &changes_organisation("DCC", &[1])),
        Err(ChangeBar::UserIdsOfTheDcc)
    );

    let create = DirectoryChange::CreateOrganisation {
        name: name("New One"),
        user_ids: vec![user_id(8)],
        details: OrganisationDetails::default(),
    };
    assert_eq!(
        world.needs(&dcc, &create),
        Err(ChangeBar::OrganisationExists(organisation_id(LARGE)))
    );
    world.organisation = None;
    world.people.clear();
    assert_eq!(
        world.needs(&dcc, &create),
        Ok(Approval::BySecondAdministrator)
    );
    let none = Err(ChangeBar::NoOrganisation(organisation_id(LARGE)));
    assert_eq!(world.needs(&dcc, &invite(&[R::OrganisationAdmin])), none);
}
