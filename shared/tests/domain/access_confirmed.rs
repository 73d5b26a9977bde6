//! What somebody may do is confirmed as it was shown, by an administrator of theirs who is another; it gives nobody anything.

use super::directory_world::*;
use super::make::certificates;
use sluice_shared::directory::may_confirm;

const ARO: &str = "large-supplier-aro";

fn one_of(world: &World, who: &str) -> Person {
    let mut people = world.people.iter();
    people.find(|one| one.id == id(who)).unwrap().clone()
}

fn confirms(world: &World, who: &str) -> DirectoryChange {
    DirectoryChange::ConfirmAccess {
        person: id(who),
        access: Access::of(&one_of(world, who)),
    }
}

#[test]
fn administrators_confirm_others_of_their_own_and_nobody_themselves() {
    let (large, dcc) = (World::of(LARGE), World::of(DCC));
    let own = one_of(&large, "large-supplier-admin-1");
    for (world, who) in [(&large, ARO), (&large, "large-supplier-admin-2")] {
        let confirmed = world.asks(&own, &confirms(world, who));
        assert_eq!(
            confirmed,
            Ok((Approval::NotNeeded, DirectoryEffect::ConfirmAccess)),
            "{who}"
        );
    }
    assert_eq!(
        large.needs(&own, &confirms(&large, "large-supplier-admin-1")),
        Err(ChangeBar::OwnAccess)
    );
    let of_dcc = one_of(&dcc, "dcc-admin-1");
    assert_eq!(
        dcc.needs(&of_dcc, &confirms(&dcc, "dcc-reviewer")),
        Ok(Approval::NotNeeded)
    );
    assert_eq!(
        dcc.needs(&of_dcc, &confirms(&dcc, "dcc-admin-1")),
        Err(ChangeBar::OwnAccess)
    );
    let others = [
        one_of(&large, ARO),
        one_of(&dcc, "dcc-reviewer"),
        one_of(&dcc, "dcc-operator"),
        person("network-operator-admin-1", NETWORK, &[R::OrganisationAdmin]),
    ];
    for other in others {
        assert_eq!(
            large.needs(&other, &confirms(&large, "large-supplier-submitter")),
            Err(ChangeBar::NotYours),
            "{}",
            other.id
        );
    }
}

#[test]
fn the_dcc_confirms_of_an_organisation_whom_no_other_administrator_there_can() {
    let dcc = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let mut world = World::of(LARGE);
    let admin = "large-supplier-admin-1";
    for who in [ARO, admin] {
        assert_eq!(
            world.needs(&dcc, &confirms(&world, who)),
            Err(ChangeBar::ForTheirAdministrator),
            "{who}: another administrator is there"
        );
    }
    let second = id("large-supplier-admin-2");
    world.people.retain(|one| one.id != second);
    assert_eq!(
        world.needs(&dcc, &confirms(&world, admin)),
        Ok(Approval::NotNeeded)
    );
    assert_eq!(
        world.needs(&dcc, &confirms(&world, ARO)),
        Err(ChangeBar::ForTheirAdministrator)
    );
    // As a page is told beforehand.
    let about = one_of(&world, admin);
    let of_none = [one_of(&world, ARO)];
    assert_eq!(may_confirm(&dcc, &world.id, &of_none, &of_none[0]), Ok(()));
    assert_eq!(may_confirm(&dcc, &world.id, &world.people, &about), Ok(()));
}

#[test]
fn what_was_changed_since_it_was_shown_is_not_confirmed() {
    let mut world = World::of(LARGE);
    let own = one_of(&world, "large-supplier-admin-1");
    let shown = confirms(&world, ARO);
    let changes: [fn(&mut Person); 4] = [
        |person| person.roles.push(R::Viewer),
        |person| person.roles.truncate(1),
        |person| person.signer_subject = Some("CN=Another,C=GB".to_owned()),
        |person| person.certificates = certificates(),
    ];
    let before = world.people.clone();
    for (place, change) in changes.into_iter().enumerate() {
        world.people.clone_from(&before);
        let aro = world.people.iter_mut().find(|one| one.id == id(ARO));
        change(aro.unwrap());
        assert_eq!(
            world.needs(&own, &shown),
            Err(ChangeBar::AccessChanged),
            "{place}"
        );
        let again = confirms(&world, ARO);
        assert_eq!(world.needs(&own, &again), Ok(Approval::NotNeeded));
    }
    // Another name, or roles in another order, are the same access.
    world.people.clone_from(&before);
    let aro = world.people.iter_mut().find(|one| one.id == id(ARO));
    let aro = aro.unwrap();
    aro.name = "Has Married".to_owned();
    aro.roles.reverse();
    assert_eq!(world.needs(&own, &shown), Ok(Approval::NotNeeded));
}

#[test]
fn the_same_is_confirmed_once_a_day_and_takes_no_place_of_the_day() {
    let mut world = World::of(LARGE);
    let own = one_of(&world, "large-supplier-admin-1");
    let change = confirms(&world, ARO);
    world.changes_today = world.rules.max_changes_a_day;
    assert_eq!(world.needs(&own, &change), Ok(Approval::NotNeeded));
    world.confirmed_today = Some(Access::of(&one_of(&world, ARO)));
    assert_eq!(world.needs(&own, &change), Err(ChangeBar::ConfirmedToday));
    // Something else was confirmed today, before it changed.
    world.confirmed_today = Some(Access::of(&own));
    assert_eq!(world.needs(&own, &change), Ok(Approval::NotNeeded));

    let mut record = recorded(LARGE, &change);
    record.state = ChangeState::Made {
        at: world.now,
        approved_by: None,
        approval: None,
    };
    assert!(!record.takes_a_place_on_the_day_of(world.now));
    record.change = rename(ARO);
    assert!(record.takes_a_place_on_the_day_of(world.now));
}
