//! A deployment begins with two DCC administrators, registered by one command, once.

use sluice_functions::stores::{Directory, StoreError, create_missing};
use sluice_shared::directory::{
    FirstAdministrators, NewAdministrator, Person, PersonRole, SignerSubject,
};
use sluice_shared::identifiers::{DisplayName, OrganisationId, PersonId};

use super::support::World;

fn administrator(id: &str) -> NewAdministrator {
    NewAdministrator {
        id: PersonId::parse(id).unwrap(),
        name: DisplayName::parse(id).unwrap(),
        subject: SignerSubject::parse(&format!("CN={id},O=DCC,C=GB")).unwrap(),
    }
}

fn two(first: &str, second: &str) -> FirstAdministrators {
    FirstAdministrators::parse(administrator(first), administrator(second)).unwrap()
}

fn dcc() -> OrganisationId {
    OrganisationId::parse(OrganisationId::DCC).unwrap()
}

/// The directory of a deployment in which nobody is yet.
async fn empty(world: &World) -> Directory {
    let client = world.place.clients().dynamodb;
    let mut tables = world.backend.settings.tables.clone();
    tables.directory += "-first-start";
    create_missing(&client, &tables).await.unwrap();
    Directory::new(&client, &tables.directory)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_are_registered_once_and_whoever_comes_later_changes_nothing() {
    let world = World::new().await;
    let directory = empty(&world).await;
    assert_eq!(directory.organisation(&dcc()).await.unwrap(), None);
    directory.begin(&two("one", "two")).await.unwrap();

    let begun = directory.organisation_record(&dcc()).await.unwrap();
    let begun = begun.unwrap();
    let roles = |person: &Person| person.roles.clone();
    assert_eq!(
        begun.people.iter().map(roles).collect::<Vec<_>>(),
        [[PersonRole::DccAdmin], [PersonRole::DccAdmin]]
    );
    let one = PersonId::parse("one").unwrap();
    let found = directory.person(&one).await.unwrap().unwrap();
    assert_eq!(found.administering_subject(), Some("CN=one,O=DCC,C=GB"));

    for again in [two("one", "two"), two("three", "four")] {
        let answer = directory.begin(&again).await;
        assert!(matches!(answer, Err(StoreError::Conflict(_))));
    }
    let now = directory.organisation_record(&dcc()).await.unwrap();
    assert_eq!(now, Some(begun));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_belongs_to_somebody_begins_nothing() {
    let world = World::new().await;
    let directory = empty(&world).await;
    let two_id = PersonId::parse("two").unwrap();
    let elsewhere = Person {
        id: two_id.clone(),
        name: "Two".to_owned(),
        organisation: OrganisationId::parse("large-supplier").unwrap(),
        roles: vec![PersonRole::Submitter],
        signer_subject: None,
        certificates: sluice_shared::directory::RegisteredCertificates::default(),
    };
    directory.put_person(&elsewhere).await.unwrap();
    let answer = directory.begin(&two("one", "two")).await;
    assert!(matches!(answer, Err(StoreError::Conflict(_))));
    assert_eq!(directory.organisation(&dcc()).await.unwrap(), None);
    assert_eq!(directory.person(&two_id).await.unwrap(), Some(elsewhere));
}
