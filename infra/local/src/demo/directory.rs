//! Organisations, User IDs and people, as the functions' directory keeps them. It begins as a deployment does: with two DCC administrators.

use std::io;
use std::path::Path;

use sluice_functions::Backend;
use sluice_shared::directory::{
    self, FirstAdministrators, MachineScopes, NewAdministrator, OrganisationDetails, PersonRole,
    RegisteredCertificates, SignerSubject,
};
use sluice_shared::files::UserId;
use sluice_shared::identifiers::{
    ClientId, DisplayName, Eui64, OrganisationId, PersonId, UserRole,
};

use sluice_shared::instant::UtcTime;

use super::DemoError;
use super::machines::{MACHINES, Machine};
use super::people::{Organisation, PEOPLE, Part, Person};
use crate::pki::{Signer, faulty_certificates};

/// The supplier's User ID for electricity.
pub(super) const SUPPLIER_IMPORT: Eui64 = Eui64::new(0x90b3_d51f_3001_0000);
/// The supplier's User ID for gas.
pub(super) const SUPPLIER_GAS: Eui64 = Eui64::new(0x90b3_d51f_3002_0000);
/// The network operator's User ID.
pub(super) const NETWORK: Eui64 = Eui64::new(0x90b3_d51f_3003_0000);

/// Registers everybody. An organisation in which something was changed by request since is left as it is.
pub(super) async fn seed(backend: &Backend, state: &Path) -> Result<(), DemoError> {
    for organisation in Organisation::ALL {
        let id = organisation_id(organisation);
        let known = backend.directory.organisation_record(&id).await?;
        if organisation == Organisation::Dcc && known.is_none() {
            backend.directory.begin(&first_administrators()).await?;
        }
        if known.is_some_and(|known| known.version > 0) {
            continue;
        }
        let record = directory::Organisation {
            id,
            name: organisation.name().to_owned(),
            user_ids: user_ids(organisation),
            details: OrganisationDetails::default(),
        };
        backend.directory.put_organisation(&record).await?;
        seed_people(backend, state, organisation).await?;
        seed_machines(backend, organisation).await?;
    }
    Ok(())
}

fn first_administrators() -> FirstAdministrators {
    let mut administrators = PEOPLE
        .iter()
        .filter(|person| person.part == Part::DccAdmin)
        .map(|person| NewAdministrator {
            id: person_id(person),
            name: DisplayName::parse(person.name).expect("the demo's names have the form of one"),
            subject: person
                .signer_subject()
                .and_then(|subject| SignerSubject::parse(&subject).ok())
                .expect("an administrator of the demo signs"),
        });
    let two = administrators.next().zip(administrators.next());
    let (first, second) = two.expect("the demo has two DCC administrators");
    FirstAdministrators::parse(first, second).expect("they are two people")
}

/// With the certificates whose keys lie in the state folder, as if each had registered theirs.
async fn seed_people(
    backend: &Backend,
    state: &Path,
    organisation: Organisation,
) -> Result<(), DemoError> {
    let people = PEOPLE.iter();
    let of_it =
        people.filter(|person| person.organisation == organisation && person.is_registered());
    for person in of_it {
        let record = directory::Person {
            id: person_id(person),
            name: person.name.to_owned(),
            organisation: organisation_id(person.organisation),
            roles: roles(person.part),
            signer_subject: person.signer_subject(),
            certificates: match person.signer_subject() {
                Some(_) => registered(state, person, backend.now())?,
                None => RegisteredCertificates::default(),
            },
        };
        backend.directory.put_person(&record).await?;
    }
    Ok(())
}

/// As if the two DCC administrators had registered them.
async fn seed_machines(backend: &Backend, organisation: Organisation) -> Result<(), DemoError> {
    for machine in MACHINES
        .iter()
        .filter(|machine| machine.organisation == organisation)
    {
        if let Ok(scopes) = MachineScopes::parse(machine.scopes) {
            let record = record_of(machine, scopes, backend.now());
            backend.directory.put_machine_as_it_is(&record).await?;
        }
    }
    Ok(())
}

fn record_of(machine: &Machine, scopes: MachineScopes, at: UtcTime) -> directory::Machine {
    let [first, _] = first_administrators().people();
    directory::Machine {
        id: ClientId::parse(machine.id).expect("the demo's ids have the form of one"),
        name: DisplayName::parse(machine.name).expect("the demo's names have the form of one"),
        organisation: organisation_id(machine.organisation),
        scopes,
        registered_at: at,
        registered_by: directory::PersonRef::from(&first),
        stopped: None,
    }
}

fn registered(state: &Path, person: &Person, at: UtcTime) -> io::Result<RegisteredCertificates> {
    let signer = Signer::of_person(state, person.id)?;
    let of_tests = faulty_certificates(state, person)?;
    let certificates = signer.certificate().into_iter().chain(&of_tests);
    Ok(RegisteredCertificates::registered(certificates, at))
}

pub(super) fn organisation_id(organisation: Organisation) -> OrganisationId {
    OrganisationId::parse(organisation.id()).expect("the demo's ids have the form of one")
}

pub(super) fn person_id(person: &Person) -> PersonId {
    PersonId::parse(person.id).expect("the demo's ids have the form of one")
}

pub(super) fn user_ids(organisation: Organisation) -> Vec<UserId> {
    match organisation {
        Organisation::LargeSupplier => vec![
            UserId {
                id: SUPPLIER_IMPORT,
                roles: vec![UserRole::ImportSupplier],
            },
            UserId {
                id: SUPPLIER_GAS,
                roles: vec![UserRole::GasSupplier],
            },
        ],
        Organisation::NetworkOperator => vec![UserId {
            id: NETWORK,
            roles: vec![UserRole::ElectricityDistributor],
        }],
        Organisation::Dcc => Vec::new(),
    }
}

fn roles(part: Part) -> Vec<PersonRole> {
    match part {
        Part::Aro => vec![PersonRole::Aro, PersonRole::Submitter],
        Part::Submitter => vec![PersonRole::Submitter],
        Part::Reviewer => vec![PersonRole::Reviewer],
        Part::Operator => vec![PersonRole::Operator],
        Part::OrganisationAdmin => vec![PersonRole::OrganisationAdmin],
        Part::DccAdmin => vec![PersonRole::DccAdmin],
        Part::Newcomer => Vec::new(),
    }
}
