//! SQS does not take word of a decision: the decision stands, and asking again tells of it.

use http::StatusCode;
use sluice_shared::submission::Decision;

use super::{held, seen};
use crate::support::{BROKEN, Outage, World, decision};

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_whose_message_sqs_refused_takes_effect_when_it_is_posted_again() {
    let mut world = World::new().await;
    let held = held(&world, &world.signer("supplier-aro-1")).await;
    let outage = Outage::now(BROKEN);
    let _proxy = world.queue_behind(outage.fate()).await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Accept, &held);
    let (status, problem) = world.post_decision("reviewer-1", &path, &asked).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
    assert_eq!(problem["code"], "unavailable");
    assert_eq!(seen(&world, reference).await["state"], "awaiting-review");
    // Another reviewer is told who was first, although nothing took effect yet.
    let (status, other) = world
        .post_decision("reviewer-2", &path, &decision(Decision::Refuse, &held))
        .await;
    assert_eq!(
        (status, &other["code"]),
        (StatusCode::CONFLICT, &"already-decided".into())
    );

    outage.ends();
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(seen(&world, reference).await["state"], "accepted");
}
