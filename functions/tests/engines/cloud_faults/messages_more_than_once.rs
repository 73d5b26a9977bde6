//! SQS delivers at least once: the same message twice, one after the other, or many times at once.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::slice::from_ref;

use futures::future::join_all;
use sluice_functions::intake;
use sluice_shared::submission::StateName;

use super::{
    EVENT, entries, held, in_force_once, outcomes, released_once, seen, send_adt, send_exit,
};
use crate::support::{Received, World, decision, event, testkit_file};

/// Fifty invocations with the same message at once; then what failed is delivered again, until nothing fails.
async fn fifty_at_once(world: &World, message: &Received) {
    let deliver = async |_number: usize| {
        let answer = intake::handle(&world.backend, event(from_ref(message))).await;
        answer.batch_item_failures.len()
    };
    let failures: Vec<_> = join_all((0..50).map(deliver)).await;
    for (number, failures) in failures.into_iter().enumerate() {
        if failures > 0 {
            assert_eq!(deliver(number).await, 0, "the next delivery finds it done");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adt_file_that_comes_fifty_times_at_once_is_in_force_once() {
    let world = World::new().await;
    let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
    fifty_at_once(&world, &world.queues.one().await).await;
    in_force_once(&world, &reference).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_that_comes_fifty_times_at_once_decides_once() {
    let world = World::new().await;
    let reference = send_exit(&world, &world.signer("supplier-aro-1"), 100).await;
    fifty_at_once(&world, &world.queues.one().await).await;
    released_once(&world, &reference, 100).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_file_that_comes_fifty_times_at_once_is_rejected_once() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let reference = world
        .send_signed(
            "supplier-submitter",
            FileKind::Adt,
            &testkit_file("adt/header-missing.csv"),
            &signer,
        )
        .await;
    fifty_at_once(&world, &world.queues.one().await).await;
    let settled = seen(&world, &reference).await;
    assert_eq!(
        (&settled["state"], &settled["version"]),
        (&"rejected".into(), &3.into())
    );
    assert_eq!(outcomes(&world, StateName::Rejected), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_comes_fifty_times_at_once_takes_effect_once() {
    let world = World::new().await;
    let held = held(&world, &world.signer("supplier-aro-1")).await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert!(status.is_success(), "{answer}");
    fifty_at_once(&world, &world.queues.one().await).await;
    let settled = seen(&world, reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(outcomes(&world, StateName::AwaitingReview), 1);
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
    assert_eq!(entries(&world, reference).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_a_second_time_after_it_is_settled_changes_nothing() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let adt = send_adt(&world, &signer).await;
    let adt_message = world.queues.one().await;
    assert_eq!(world.hand_over(from_ref(&adt_message)).await, [true]);
    let exit = send_exit(&world, &signer, 10).await;
    let exit_message = world.queues.one().await;
    assert_eq!(world.hand_over(from_ref(&exit_message)).await, [true]);
    let receipt = async |reference: &str| world.receipt(reference).await;
    let before = (receipt(&adt).await, receipt(&exit).await);
    // The clock goes on, so that a second receipt would be another one.
    world.pass(std::time::Duration::from_secs(90));
    let again = event(&[adt_message, exit_message.clone(), exit_message]);
    let answer = intake::handle(&world.backend, again).await;
    assert!(answer.batch_item_failures.is_empty());
    in_force_once(&world, &adt).await;
    released_once(&world, &exit, 10).await;
    assert_eq!(
        (receipt(&adt).await, receipt(&exit).await),
        before,
        "the same receipts"
    );
    assert_eq!(outcomes(&world, StateName::Accepted), 2);
    assert_eq!(world.counts(EVENT).await, (230, 10, 0));
}
