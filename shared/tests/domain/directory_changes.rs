//! Who may change the directory, and what that needs: every role, at a User's organisation and at the DCC, asks for every change in the own
//! organisation, in another, and in the DCC's.

use sluice_shared::directory::{
    Approval, ApprovalBar, ChangeBar, DirectoryChange, DirectoryEffect, GivenRoles, KnownForChange,
    Organisation, OrganisationDetails, Person, PersonRole, SignerSubject, may_approve,
    permit_change,
};
use sluice_shared::files::UserId;
use sluice_shared::identifiers::{DisplayName, Eui64, OrganisationId, PersonId, UserRole};
use sluice_shared::profile::{PeopleRules, Profile};

use PersonRole as R;

const DCC: &str = "dcc";
const LARGE: &str = "large-supplier";
const NETWORK: &str = "network-operator";

fn organisation_id(id: &str) -> OrganisationId {
    OrganisationId::parse(id).unwrap()
}

fn id(text: &str) -> PersonId {
    PersonId::parse(text).unwrap()
}

fn name(text: &str) -> DisplayName {
    DisplayName::parse(text).unwrap()
}

fn subject(text: &str) -> SignerSubject {
    SignerSubject::parse(text).unwrap()
}

fn roles(roles: &[R]) -> GivenRoles {
    GivenRoles::parse(roles).unwrap()
}

fn person(text: &str, home: &str, roles: &[R]) -> Person {
    let signs = roles.iter().any(|role| role.signs());
    Person {
        id: id(text),
        name: text.to_owned(),
        organisation: organisation_id(home),
        roles: roles.to_vec(),
        signer_subject: signs.then(|| format!("CN={text},C=GB")),
    }
}

fn organisation(id: &str) -> Organisation {
    let user_ids = match id {
        DCC => Vec::new(),
        _ => vec![user_id(1)],
    };
    Organisation {
        id: organisation_id(id),
        name: id.to_owned(),
        user_ids,
        details: OrganisationDetails::default(),
    }
}

fn user_id(number: u64) -> UserId {
    UserId {
        id: Eui64::new(0x90b3_d51f_3000_0000 + number),
        roles: vec![UserRole::ImportSupplier],
    }
}

/// Two organisations of Users with two administrators each, and the DCC with three.
fn people(organisation: &str) -> Vec<Person> {
    let ours =
        |text: &str, roles: &[R]| person(&format!("{organisation}-{text}"), organisation, roles);
    if organisation == DCC {
        vec![
            ours("admin-1", &[R::DccAdmin]),
            ours("admin-2", &[R::DccAdmin]),
            ours("admin-3", &[R::DccAdmin]),
            ours("reviewer", &[R::Reviewer]),
            ours("operator", &[R::Operator]),
        ]
    } else {
        vec![
            ours("admin-1", &[R::OrganisationAdmin]),
            ours("admin-2", &[R::OrganisationAdmin]),
            ours("aro", &[R::Aro, R::Submitter]),
            ours("submitter", &[R::Submitter]),
        ]
    }
}

/// What is known of an organisation.
struct World {
    id: OrganisationId,
    organisation: Option<Organisation>,
    people: Vec<Person>,
    destination: Option<Vec<Person>>,
    is_registered: bool,
    taken: Vec<Eui64>,
    changes_today: usize,
    rules: PeopleRules,
}

impl World {
    fn of(id: &str) -> Self {
        Self {
            id: organisation_id(id),
            organisation: Some(organisation(id)),
            people: people(id),
            destination: Some(people(NETWORK)),
            is_registered: false,
            taken: Vec::new(),
            changes_today: 0,
            rules: Profile::standard().people.clone(),
        }
    }

    fn asks(
        &self,
        asker: &Person,
        change: &DirectoryChange,
    ) -> Result<(Approval, DirectoryEffect), ChangeBar> {
        let known = KnownForChange {
            asker,
            id: &self.id,
            organisation: self.organisation.as_ref(),
            people: &self.people,
            is_registered: self.is_registered,
            destination: self.destination.as_deref(),
            taken: &self.taken,
            changes_today: self.changes_today,
            rules: &self.rules,
        };
        permit_change(change, &known).map(|permitted| (permitted.approval, permitted.effect))
    }

    fn needs(&self, asker: &Person, change: &DirectoryChange) -> Result<Approval, ChangeBar> {
        self.asks(asker, change).map(|(approval, _)| approval)
    }
}

fn invite(given: &[R]) -> DirectoryChange {
    let signs = given.iter().any(|role| role.signs());
    DirectoryChange::Invite {
        person: id("new"),
        name: name("New, Person"),
        roles: roles(given),
        signer_subject: signs.then(|| subject("CN=New Person,C=GB")),
    }
}

fn gives(who: &str, given: &[R]) -> DirectoryChange {
    let signs = given.iter().any(|role| role.signs());
    DirectoryChange::ChangeRoles {
        person: id(who),
        roles: roles(given),
        signer_subject: signs.then(|| subject(&format!("CN={who},C=GB"))),
        leaves_no_administrator: false,
    }
}

fn remove(who: &str) -> DirectoryChange {
    DirectoryChange::Remove {
        person: id(who),
        leaves_no_administrator: false,
    }
}

fn rename(who: &str) -> DirectoryChange {
    DirectoryChange::Rename {
        person: id(who),
        name: name("Another Name"),
    }
}

fn moves(who: &str, to: &str, given: &[R]) -> DirectoryChange {
    let signs = given.iter().any(|role| role.signs());
    DirectoryChange::Move {
        person: id(who),
        to: organisation_id(to),
        roles: roles(given),
        signer_subject: signs.then(|| subject("CN=Moved,C=GB")),
        leaves_no_administrator: false,
    }
}

fn changes_organisation(label: &str, user_ids: &[u64]) -> DirectoryChange {
    DirectoryChange::ChangeOrganisation {
        name: name(label),
        user_ids: user_ids.iter().map(|number| user_id(*number)).collect(),
        details: OrganisationDetails::default(),
    }
}

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
        (changes_organisation("Another Name", &[1]), for_dcc(), Alone),
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
fn the_first_administrator_of_an_organisation_is_invited_by_one_of_the_dcc_and_only_while_nobody_is_there()
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
