//! No more is taken from anybody in a day than the profile says, and what is refused starts nothing.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use sluice_functions::Backend;
use sluice_shared::api::StartSubmission;
use sluice_shared::files::FileKind;
use sluice_shared::profile::BudgetRules;

use super::support::{IMPORT, World};

/// A world whose day is soon full.
async fn world(budgets: BudgetRules) -> World {
    let mut world = World::new().await;
    let mut settings = world.place.settings();
    settings.profile.budgets = budgets;
    let ports = world.backend.ports.clone();
    world.backend = Backend::reading_uploads(&world.place.clients(), settings, ports).unwrap();
    world
}

const PLENTY: BudgetRules = BudgetRules {
    person_submissions_a_day: 1_000,
    person_bytes_a_day: 1_000_000,
    organisation_submissions_a_day: 1_000,
    organisation_bytes_a_day: 1_000_000,
};

/// What somebody sends whose every threshold is at `level`: another file for each.
async fn signed(world: &World, level: u64) -> StartSubmission {
    let file = world.adt(IMPORT, |_, _| Some(level)).await;
    world.signed_request("supplier-aro-1", FileKind::Adt, &file)
}

/// How many submissions the supplier has.
async fn listed(world: &World) -> usize {
    let listed = world.get_json("supplier-submitter", "/submissions").await;
    listed["items"].as_array().unwrap().len()
}

async fn start(world: &World, person: &str, request: &StartSubmission) -> (StatusCode, Value) {
    let key = format!("{person}-{}", request.sha256);
    let key = &key[..60];
    world.post(person, "/submissions", key, request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_third_submission_of_a_day_of_two_is_refused_and_the_first_of_the_next_day_is_not()
 {
    let world = world(BudgetRules {
        person_submissions_a_day: 2,
        ..PLENTY
    })
    .await;
    let [first, second, third, fourth] = [
        signed(&world, 1).await,
        signed(&world, 2).await,
        signed(&world, 3).await,
        signed(&world, 4).await,
    ];
    let before = listed(&world).await;
    for request in [&first, &second] {
        let (status, answer) = start(&world, "supplier-submitter", request).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
    }
    // What was started before is no new submission, however often it is asked for.
    let (status, answer) = start(&world, "supplier-submitter", &second).await;
    assert_eq!(status, StatusCode::OK, "{answer}");

    let (status, problem) = start(&world, "supplier-submitter", &third).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{problem}");
    assert_eq!(problem["code"], "budget-spent");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("you would have sent more today"),
        "{detail}"
    );
    assert!(detail.contains("2 submissions"), "{detail}");
    assert!(detail.contains("from midnight (UTC)"), "{detail}");
    assert_eq!(listed(&world).await, before + 2, "nothing was started");

    // A colleague has a budget of their own.
    let (status, answer) = start(&world, "supplier-aro-1", &fourth).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    world.pass(Duration::from_hours(24));
    let (status, answer) = start(&world, "supplier-submitter", &third).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_an_organisation_share_one_and_another_organisation_is_not_touched() {
    let world = world(BudgetRules {
        organisation_submissions_a_day: 1,
        ..PLENTY
    })
    .await;
    let (status, answer) = start(&world, "supplier-submitter", &signed(&world, 1).await).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let (status, problem) = start(&world, "supplier-aro-1", &signed(&world, 2).await).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("your organisation would have"), "{detail}");

    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("network-aro-1", FileKind::Adt, &file);
    let (status, answer) = start(&world, "network-submitter", &request).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_long_for_what_is_left_is_refused_and_a_shorter_one_is_not() {
    let world = world(BudgetRules {
        person_bytes_a_day: 2_000,
        ..PLENTY
    })
    .await;
    let signer = world.signer("supplier-aro-1");
    let send = async |length: usize| {
        let file = "x".repeat(length);
        let signature = signer.sign(file.as_bytes(), world.now()).unwrap();
        let request = World::request(FileKind::Adt, &file, &signature);
        start(&world, "supplier-submitter", &request).await
    };
    let (status, answer) = send(1_500).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let (status, problem) = send(501).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{problem}");
    let (status, answer) = send(500).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
}
