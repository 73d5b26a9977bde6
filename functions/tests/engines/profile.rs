//! What the service checks by is what it tells, with its clock.

use std::time::Duration;

use http::StatusCode;
use sluice_functions::Backend;
use sluice_shared::api::ServiceProfile;
use sluice_shared::profile::Profile;

use super::support::World;

async fn asked(world: &World, person: &str) -> ServiceProfile {
    let answer = world.get_json(person, "/profile").await;
    serde_json::from_value(answer).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_profile_is_the_one_that_the_functions_read_not_the_compiled_in_one() {
    let mut world = World::new().await;
    assert_eq!(
        asked(&world, "network-aro-1").await.profile,
        *Profile::standard()
    );

    let mut settings = world.place.settings();
    settings.profile.name = "stricter".to_owned();
    settings.profile.files.max_rows = 12_345;
    let stricter = settings.profile.clone();
    let ports = world.backend.ports.clone();
    world.backend = Backend::reading_uploads(&world.place.clients(), settings, ports).unwrap();
    for person in ["supplier-submitter", "reviewer-1", "dcc-operator"] {
        assert_eq!(asked(&world, person).await.profile, stricter, "{person}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_the_one_that_signing_times_are_judged_by() {
    let world = World::new().await;
    world.pass(Duration::from_hours(24));
    let before = world.now();
    let told = asked(&world, "supplier-aro-1").await.now;
    assert!(before <= told && told <= world.now(), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_those_of_the_profiles_file() {
    let world = World::new().await;
    let (status, answer) = world.get("supplier-aro-1", "/profile").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer["profile"]["files"]["max-rows"], 1_000_000);
    assert!(answer["now"].is_string(), "{answer}");
}
