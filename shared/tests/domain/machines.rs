//! Systems: who registers them, who stops them, and what each may do.

use super::directory_world::*;
use sluice_shared::directory::{
    Asker, DirectoryEffect, Entrance, Machine, MachineAsker, MachineScope, MachineScopes,
    Permission, RequestedFor, SignInAge,
};
use sluice_shared::identifiers::ClientId;

use MachineScope as S;

const GATEWAY: &str = "gateway";

fn client(text: &str) -> ClientId {
    ClientId::parse(text).unwrap()
}

fn registers(scopes: &[S]) -> DirectoryChange {
    DirectoryChange::RegisterMachine {
        machine: client(GATEWAY),
        name: name("Gateway"),
        scopes: MachineScopes::parse(scopes).unwrap(),
    }
}

fn stops(id: &str) -> DirectoryChange {
    DirectoryChange::StopMachine {
        machine: client(id),
    }
}

fn dcc_admin() -> Person {
    person("dcc-admin-1", DCC, &[R::DccAdmin])
}

/// What registering writes.
fn registered(world: &World, scopes: &[S]) -> Machine {
    let (_, effect) = world.asks(&dcc_admin(), &registers(scopes)).unwrap();
    let DirectoryEffect::RegisterMachine(machine) = effect else {
        panic!("{effect:?}")
    };
    machine
}

#[test]
fn a_dcc_administrator_registers_a_system_and_another_approves() {
    for role in R::ALL {
        for home in [LARGE, NETWORK, DCC] {
            let asker = person("asker", home, &[role]);
            let answer = World::of(LARGE).needs(&asker, &registers(&[S::SendFiles]));
            let expected = match (role, home) {
                (R::DccAdmin, DCC) => Ok(Approval::BySecondAdministrator),
                (R::OrganisationAdmin, LARGE) => Err(ChangeBar::ForTheDcc),
                _ => Err(ChangeBar::NotYours),
            };
            assert_eq!(answer, expected, "{role:?} of {home}");
        }
    }
    let world = World::of(LARGE);
    let machine = registered(&world, &[S::SendFiles, S::SendFiles, S::ReadSubmissions]);
    assert_eq!(
        machine.scopes.as_slice(),
        [S::ReadSubmissions, S::SendFiles]
    );
    assert_eq!(machine.registered_by.id, id("dcc-admin-1"));
    assert_eq!(machine.stopped, None);
}

#[test]
fn a_client_id_that_was_ever_registered_is_nobodys_again() {
    let mut world = World::of(LARGE);
    world.is_registered = true;
    let change = registers(&[S::SendFiles]);
    assert_eq!(
        world.needs(&dcc_admin(), &change),
        Err(ChangeBar::ClientIdUsed)
    );
}

#[test]
fn systems_of_the_dcc_have_what_an_operator_has_and_those_of_users_what_their_people_have() {
    for (home, without) in [
        (DCC, vec![S::DownloadFiles, S::SendFiles]),
        (LARGE, Vec::new()),
    ] {
        let world = World::of(home);
        for scope in S::ALL {
            let asked = world.needs(&dcc_admin(), &registers(&[scope]));
            let expected = if without.contains(&scope) {
                Err(ChangeBar::OtherOrganisationsScope(scope))
            } else {
                Ok(Approval::BySecondAdministrator)
            };
            assert_eq!(asked, expected, "{scope} of {home}");
        }
    }
}

#[test]
fn a_system_is_stopped_by_its_organisations_administrator_and_by_the_dcc_alone() {
    for role in R::ALL {
        for home in [LARGE, NETWORK, DCC] {
            let mut world = World::of(LARGE);
            world.machines = vec![registered(&world, &[S::SendFiles])];
            world.changes_today = world.rules.max_changes_a_day;
            let asker = person("asker", home, &[role]);
            let may = matches!(
                (role, home),
                (R::OrganisationAdmin, LARGE) | (R::DccAdmin, DCC)
            );
            let answer = world.asks(&asker, &stops(GATEWAY));
            if !may {
                assert_eq!(answer, Err(ChangeBar::NotYours), "{role:?} of {home}");
                continue;
            }
            let Ok((Approval::NotNeeded, DirectoryEffect::StopMachine(machine))) = answer else {
                panic!("{role:?} of {home}: {answer:?}")
            };
            assert_eq!(machine.stopped.as_ref().unwrap().by.id, id("asker"));
            world.machines = vec![machine];
            assert_eq!(
                world.needs(&asker, &stops(GATEWAY)),
                Err(ChangeBar::NothingChanges)
            );
            assert_eq!(
                world.needs(&asker, &stops("another")),
                Err(ChangeBar::NoSuchMachine)
            );
        }
    }
}

#[test]
fn stopping_needs_no_fresh_sign_in_and_takes_no_place_of_the_day_and_registering_does() {
    let age = SignInAge::FreshUnlessToStop;
    assert!(!age.has_to_be_fresh(RequestedFor::from(&stops(GATEWAY))));
    assert!(age.has_to_be_fresh(RequestedFor::from(&registers(&[S::SendFiles]))));
    let mut record = recorded(LARGE, &stops(GATEWAY));
    record.state = ChangeState::Made {
        at: record.asked_at,
        approved_by: None,
        approval: None,
    };
    assert!(!record.takes_a_place_on_the_day_of(record.asked_at));
}

#[test]
fn a_system_may_what_registration_token_and_organisation_let_it_and_nothing_once_stopped() {
    let world = World::of(LARGE);
    let machine = registered(&world, &[S::ReadSubmissions, S::SendFiles]);
    let asker = |machine: &Machine, in_token: &[S]| {
        Asker::Machine(MachineAsker::new(machine.clone(), in_token.to_vec()))
    };
    let may = |asker: &Asker| {
        let all = Permission::ALL.into_iter();
        all.filter(|permission| asker.may(*permission))
            .collect::<Vec<_>>()
    };
    let basics = [Permission::Anyone, Permission::SignedIn];
    let sends = asker(&machine, &[S::SendFiles, S::ReadThresholds]);
    assert_eq!(
        may(&sends),
        [&basics[..], &[Permission::SendFiles]].concat()
    );
    assert_eq!(sends.entrance(), Entrance::Users);
    assert_eq!(may(&asker(&machine, &[S::ReadThresholds])), []);
    assert_eq!(may(&asker(&machine, &[])), []);

    let DirectoryEffect::StopMachine(stopped) = ({
        let mut world = World::of(LARGE);
        world.machines = vec![machine.clone()];
        world.asks(&dcc_admin(), &stops(GATEWAY)).unwrap().1
    }) else {
        panic!("it is stopped")
    };
    assert_eq!(may(&asker(&stopped, &S::ALL)), []);

    // What is registered by mistake lets nothing: no system of the DCC sends.
    let of_dcc = Machine {
        organisation: organisation_id(DCC),
        scopes: MachineScopes::parse(&S::ALL).unwrap(),
        ..machine
    };
    let of_dcc = asker(&of_dcc, &S::ALL);
    assert_eq!(of_dcc.entrance(), Entrance::Staff);
    assert!(!of_dcc.may(Permission::SendFiles));
    assert!(of_dcc.may(Permission::ReadThresholds));
}

#[test]
fn what_signs_decides_or_keeps_people_has_no_scope() {
    let with_scope: Vec<_> = Permission::ALL
        .into_iter()
        .filter(|permission| permission.scope().is_some())
        .collect();
    let expected = [
        Permission::ReadSubmissions,
        Permission::DownloadFiles,
        Permission::SendFiles,
        Permission::ReadThresholds,
        Permission::ReadQuarantine,
        Permission::ReadActivity,
    ];
    assert_eq!(with_scope, expected);
    for scope in S::ALL {
        assert_eq!(scope.permission().scope(), Some(scope));
        assert_eq!(S::parse(scope.as_str()), Ok(scope));
    }
    assert!(MachineScopes::parse(&[]).is_err());
}
