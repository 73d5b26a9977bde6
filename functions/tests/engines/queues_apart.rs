//! What one queue may say, another may not: whoever has the rights of `review` tells of no upload.

use super::support::{IMPORT, World, decision};
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

/// Receipts of a message before it is a dead letter: the template's.
const MAX_RECEIVES: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn an_arrival_that_came_by_the_queue_of_decisions_is_a_dead_letter() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let reference = world
        .send_signed("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let arrival = world.queues.one().await;
    let forged = arrival.body.replace("2026-", "2020-");
    world.queues.of_decisions().send(&forged).await;
    for _ in 0..MAX_RECEIVES {
        assert_eq!(world.run_intake().await, [false]);
    }
    assert!(world.queues.is_empty().await);
    let dead = world.queues.dead_letters().one().await;
    assert_eq!(dead.body, forged);

    assert_eq!(world.hand_over(&[arrival]).await, [true]);
    let path = format!("/submissions/{reference}");
    let settled = world.get_json("supplier-submitter", &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    let received = settled["progress"]["receivedAt"].as_str().unwrap();
    assert!(!received.starts_with("2020-"), "{received}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_goes_by_its_own_queue_and_comes_back_there_from_the_dead_letters() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert_eq!(status, 200, "{answer}");
    let told = world.queues.of_decisions().one().await;
    assert!(world.queues.of_intake().is_empty().await);

    // By the queue of uploads it would say nothing.
    world.queues.of_intake().send(&told.body).await;
    assert_eq!(world.run_intake().await, [false]);
    for _ in 1..MAX_RECEIVES {
        assert_eq!(world.run_intake().await, [false]);
    }
    assert!(world.queues.is_empty().await, "it is a dead letter");
    let path = format!("/submissions/{reference}");
    let waiting = world.get_json("supplier-submitter", &path).await;
    assert_eq!(waiting["state"], "awaiting-review", "{waiting:#}");

    // A redrive gives each message back to the queue where it died: this one dies again.
    world.queues.redrive().await;
    assert_eq!(world.run_intake().await, [false]);
    assert_eq!(world.hand_over(&[told]).await, [true]);
    let settled = world.get_json("supplier-submitter", &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
}
