//! A signature counts by a certificate that its owner registered with a signature of its key, until the key is stopped: by its owner, by an
//! administrator of the organisation, or by the DCC; at once, and for good.

use super::directory_world::*;
use super::make::{CERTIFICATE, certificate, certificates};
use sluice_shared::directory::{CertificateBar, CertificateIdentity};
use sluice_shared::identifiers::FileDigest;

const ARO: &str = "large-supplier-aro";
const OTHER: FileDigest = FileDigest::new([7; 32]);

fn registers(who: &str, certificate: CertificateIdentity) -> DirectoryChange {
    DirectoryChange::RegisterCertificate {
        person: id(who),
        certificate,
    }
}

fn stops(who: &str, key: FileDigest) -> DirectoryChange {
    DirectoryChange::StopKey {
        person: id(who),
        key,
    }
}

/// The organisation, in which the ARO has registered a certificate.
fn world() -> World {
    let mut world = World::of(LARGE);
    let aro = world.people.iter_mut().find(|one| one.id == id(ARO));
    aro.unwrap().certificates = certificates();
    world
}

fn aro(world: &World) -> Person {
    let mut people = world.people.iter();
    people.find(|one| one.id == id(ARO)).unwrap().clone()
}

/// Makes what `asker` asks for; the person as they are then.
fn made(world: &mut World, asker: &Person, change: &DirectoryChange) -> Person {
    let (approval, effect) = world.asks(asker, change).unwrap();
    assert_eq!(approval, Approval::NotNeeded, "{change:?}");
    let (DirectoryEffect::PutPerson(person) | DirectoryEffect::StopKey(person, _)) = effect else {
        panic!("{effect:?}")
    };
    world.people.retain(|one| one.id != person.id);
    world.people.push(person.clone());
    person
}

#[test]
fn everybody_registers_certificates_of_their_own_by_a_signature_of_the_key() {
    let mut world = world();
    let own = aro(&world);
    let new = certificate(OTHER);
    let change = registers(ARO, new.clone());
    assert_eq!(
        own.certificates.check(OTHER),
        Err(CertificateBar::NotRegistered)
    );
    // Nothing shows that they have the key, or something shows it of another one.
    assert_eq!(world.needs(&own, &change), Err(ChangeBar::NotSignedWithIt));
    world.signed_with = Some(certificate(CERTIFICATE));
    assert_eq!(world.needs(&own, &change), Err(ChangeBar::NotSignedWithIt));
    world.signed_with = Some(new);
    for (who, home, role) in [
        ("large-supplier-admin-1", LARGE, R::OrganisationAdmin),
        ("dcc-admin-1", DCC, R::DccAdmin),
        ("network-operator-aro", NETWORK, R::Aro),
    ] {
        assert_eq!(
            world.needs(&person(who, home, &[role]), &change),
            Err(ChangeBar::OwnCertificatesAlone),
            "{who}"
        );
    }
    let after = made(&mut world, &own, &change);
    assert_eq!(after.certificates.check(OTHER), Ok(()));
    assert_eq!(
        after.certificates.check(CERTIFICATE),
        Ok(()),
        "renewal overlaps"
    );
    assert_eq!(
        world.needs(&own, &change),
        Err(ChangeBar::NothingChanges),
        "once"
    );
}

#[test]
fn a_key_is_stopped_by_its_owner_the_organisations_administrator_and_the_dcc() {
    let stop = stops(ARO, CERTIFICATE);
    for role in R::ALL {
        for home in [LARGE, NETWORK, DCC] {
            let mut world = world();
            let asker = person("asker", home, &[role]);
            let may = (role == R::OrganisationAdmin && home == LARGE)
                || (role == R::DccAdmin && home == DCC);
            if may {
                let after = made(&mut world, &asker, &stop);
                let stopped = CertificateBar::Stopped(world.now);
                assert_eq!(after.certificates.check(CERTIFICATE), Err(stopped));
            } else {
                assert_eq!(
                    world.needs(&asker, &stop),
                    Err(ChangeBar::NotYours),
                    "{role:?} of {home}"
                );
            }
        }
    }
    let mut world = world();
    let own = aro(&world);
    let after = made(&mut world, &own, &stop);
    let [registered] = after.certificates.iter().collect::<Vec<_>>()[..] else {
        panic!("one certificate")
    };
    assert_eq!(registered.stopped.as_ref().unwrap().by.id, id(ARO));
}

#[test]
fn a_stopped_key_never_counts_again_and_needs_no_place_in_a_days_changes() {
    let mut world = world();
    world.changes_today = world.rules.max_changes_a_day;
    let admin = person("large-supplier-admin-1", LARGE, &[R::OrganisationAdmin]);
    let stop = stops(ARO, CERTIFICATE);
    let own = made(&mut world, &admin, &stop);
    assert_eq!(world.needs(&admin, &stop), Err(ChangeBar::NothingChanges));
    // Another certificate for the same key, as an authority may issue.
    let renewed = CertificateIdentity {
        key: CERTIFICATE,
        ..certificate(OTHER)
    };
    world.signed_with = Some(renewed.clone());
    assert_eq!(
        world.needs(&own, &registers(ARO, renewed)),
        Err(ChangeBar::StoppedKey)
    );
    // And one that was stopped while it was somebody else's, or before they left and came back.
    world.is_stopped = true;
    world.signed_with = Some(certificate(OTHER));
    assert_eq!(
        world.needs(&own, &registers(ARO, certificate(OTHER))),
        Err(ChangeBar::StoppedKey)
    );
    world.is_stopped = false;
    assert_eq!(
        world.needs(&own, &stops(ARO, OTHER)),
        Err(ChangeBar::NoSuchKey)
    );
}

#[test]
fn whoever_is_given_other_roles_keeps_their_keys_and_whoever_is_invited_has_none() {
    let world = world();
    let admin = person("dcc-admin-1", DCC, &[R::DccAdmin]);
    let (_, effect) = world.asks(&admin, &gives(ARO, &[R::Aro])).unwrap();
    let DirectoryEffect::PutPerson(after) = effect else {
        panic!("{effect:?}")
    };
    assert_eq!(after.certificates, certificates());
    let (_, effect) = world.asks(&admin, &invite(&[R::Aro])).unwrap();
    let DirectoryEffect::PutPerson(invited) = effect else {
        panic!("{effect:?}")
    };
    assert!(invited.certificates.is_empty());
}

#[test]
fn those_that_have_run_out_make_room_and_stopped_ones_stay() {
    let mut world = world();
    let own = aro(&world);
    let of_number = |number: u8| certificate(FileDigest::new([number; 32]));
    for number in 1..40 {
        let new = of_number(number);
        world.signed_with = Some(new.clone());
        made(&mut world, &own, &registers(ARO, new));
    }
    let one_more = of_number(40);
    world.signed_with = Some(one_more.clone());
    let change = registers(ARO, one_more);
    assert_eq!(
        world.needs(&own, &change),
        Err(ChangeBar::TooManyCertificates)
    );
    made(&mut world, &own, &stops(ARO, FileDigest::new([1; 32])));
    world.now = of_number(1).not_after.plus(time::Duration::hours(1));
    let after = made(&mut world, &own, &change);
    let left: Vec<_> = after.certificates.iter().collect();
    assert_eq!(left.len(), 2, "the stopped one and the new one");
    assert!(matches!(
        after.certificates.check(FileDigest::new([1; 32])),
        Err(CertificateBar::Stopped(_))
    ));
}

#[test]
fn of_changes_that_were_made_only_what_administrators_ask_of_people_takes_a_place_of_the_day() {
    let world = world();
    let made = |change: &DirectoryChange| ChangeRecord {
        state: ChangeState::Made {
            at: world.now,
            approved_by: None,
            approval: None,
        },
        ..recorded(LARGE, change)
    };
    let day = |record: &ChangeRecord| record.takes_a_place_on_the_day_of(world.now);
    let tomorrow = world.now.plus(time::Duration::hours(13));
    let rename = made(&rename(ARO));
    assert!(day(&rename));
    assert!(!rename.takes_a_place_on_the_day_of(tomorrow));
    assert!(!day(&recorded(LARGE, &rename.change)), "not made yet");
    let by_dcc = ChangeRecord {
        signed: Some(OTHER),
        ..rename.clone()
    };
    assert!(!day(&by_dcc));
    assert!(!day(&made(&stops(ARO, CERTIFICATE))));
    assert!(!day(&made(&registers(ARO, certificate(OTHER)))));
}
