//! What `api` writes down as a decision is held to the directory: taken over, it decides in nobody's name who may not.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use sluice_functions::stores::SubmissionRecord;
use sluice_shared::api::PersonRef;
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::PersonId;
use sluice_shared::submission::{Decision, SubmissionState};

use super::support::{IMPORT, World, decision};

/// A file that raises a threshold threefold, decided by a reviewer; nothing took effect yet.
async fn decided(world: &World, decided: Decision) -> SubmissionRecord {
    let raise = |srv: &str, level| Some(if srv == "7.2" { level * 3 } else { level });
    let file = world.adt(IMPORT, raise).await;
    let signer = world.signer("supplier-aro-1");
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(decided, &held);
    let (status, answer) = world.post("reviewer-1", &path, "-", &asked).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let id = reference.parse().unwrap();
    world.backend.submissions.get(&id).await.unwrap().unwrap()
}

/// Writes, as `api` could, that somebody else decided it.
async fn forge(world: &World, record: &SubmissionRecord, reviewer: &str) {
    let reviewer = PersonId::parse(reviewer).unwrap();
    let mut forged = record.clone();
    let SubmissionState::AwaitingReview { review, .. } = &mut forged.state else {
        panic!("it waits for its decision to take effect");
    };
    review.as_mut().unwrap().reviewer = reviewer.clone();
    forged.reviewer = Some(PersonRef {
        id: reviewer,
        name: "DCC reviewer 1".to_owned(),
    });
    world.backend.submissions.update(forged).await.unwrap();
}

async fn seen(world: &World, record: &SubmissionRecord) -> Value {
    let path = format!("/submissions/{}", record.id);
    world.get_json("supplier-submitter", &path).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_of_somebody_who_may_not_decide_takes_no_effect_and_ends_as_a_dead_letter() {
    for made in [Decision::Accept, Decision::Refuse] {
        for reviewer in [
            "nobody-at-all",
            "supplier-aro-2",
            "supplier-submitter",
            "dcc-operator",
        ] {
            let world = World::new().await;
            let level = world.level("7.2").await;
            let record = decided(&world, made).await;
            forge(&world, &record, reviewer).await;
            assert_eq!(world.run_intake().await, [false], "{reviewer}, {made:?}");
            let after = seen(&world, &record).await;
            assert_eq!(after["state"], "awaiting-review", "{reviewer}: {after:#}");
            assert_eq!(after["receipt"], json!(false), "{reviewer}");
            assert_eq!(world.level("7.2").await, level, "{reviewer}, {made:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_is_called_what_the_directory_calls_them() {
    let world = World::new().await;
    let record = decided(&world, Decision::Accept).await;
    let mut forged = record.clone();
    forged.reviewer.as_mut().unwrap().name = "Somebody Else".to_owned();
    world.backend.submissions.update(forged).await.unwrap();
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &record).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["reviewer"]["name"], "DCC reviewer 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_of_somebody_who_has_left_counts_no_more() {
    let world = World::new().await;
    let level = world.level("7.2").await;
    let record = decided(&world, Decision::Accept).await;
    let reviewer = PersonId::parse("reviewer-1").unwrap();
    let mut person = world
        .backend
        .directory
        .person(&reviewer)
        .await
        .unwrap()
        .unwrap();
    person.roles.clear();
    world.backend.directory.put_person(&person).await.unwrap();
    assert_eq!(world.run_intake().await, [false]);
    assert_eq!(world.level("7.2").await, level);
    world.pass(Duration::from_secs(1));
    assert_eq!(seen(&world, &record).await["state"], "awaiting-review");
}
