//! DynamoDB throttles, fails, or does what it is asked and cannot say so: what comes of files.

use sluice_shared::submission::Decision;
use std::slice::from_ref;
use std::sync::atomic::{AtomicBool, Ordering};

use http::StatusCode;
use sluice_shared::submission::StateName;

use super::{held, in_force_once, outcomes, released_once, seen, send_adt, send_exit};
use crate::support::{
    ALL_THROTTLED, BROKEN, Call, Fate, Outage, Proxy, THROTTLED, World, decision,
};

/// Delivers one message again and again, each time with an outage that begins one call later, until it gets through; how often it
/// failed.
async fn through_outages(world: &mut World, with: Fate) -> (Proxy, usize) {
    let message = world.queues.one().await;
    let outage = Outage::later(with);
    let proxy = world.tables_behind(outage.fate()).await;
    let mut failed = 0;
    loop {
        outage.begins_with(proxy.calls().len() + failed);
        if world.hand_over(from_ref(&message)).await == [true] {
            outage.ends();
            return (proxy, failed);
        }
        failed += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adt_file_is_in_force_once_after_an_outage_at_any_call() {
    for with in [THROTTLED, ALL_THROTTLED, BROKEN] {
        let mut world = World::new().await;
        let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
        let (_proxy, failed) = through_outages(&mut world, with).await;
        assert!(failed >= 5, "it fails at each call: {failed}");
        in_force_once(&world, &reference).await;
        assert_eq!(outcomes(&world, StateName::Accepted), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_decides_once_after_an_outage_at_any_call() {
    let mut world = World::new().await;
    let reference = send_exit(&world, &world.signer("supplier-aro-1"), 100).await;
    let (_proxy, failed) = through_outages(&mut world, THROTTLED).await;
    assert!(failed >= 5, "it fails at each call: {failed}");
    released_once(&world, &reference, 100).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
}

/// The answers to the first try of every write are lost.
fn first_answers_lost() -> impl Fn(&Call) -> Fate + Send + Sync + 'static {
    let lost = AtomicBool::new(false);
    move |call| {
        if call.writes() && !lost.fetch_xor(true, Ordering::Relaxed) {
            Fate::AnswerLost
        } else {
            Fate::Passes
        }
    }
}

/// Delivers what is there until it is handled.
async fn until_handled(world: &World) {
    for _ in 0..4 {
        if world.run_intake().await == [true] {
            return;
        }
    }
    panic!("four deliveries were not enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_whose_writes_are_not_answered_take_effect_once() {
    let mut world = World::new().await;
    let _proxy = world.tables_behind(first_answers_lost()).await;
    let signer = world.signer("supplier-aro-1");
    let adt = send_adt(&world, &signer).await;
    until_handled(&world).await;
    in_force_once(&world, &adt).await;
    let exit = send_exit(&world, &signer, 100).await;
    until_handled(&world).await;
    released_once(&world, &exit, 100).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_whose_decision_was_recorded_is_told_so_although_the_answer_was_lost() {
    let mut world = World::new().await;
    let held = held(&world, &world.signer("supplier-aro-1")).await;
    let proxy = world.tables_behind(first_answers_lost()).await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert!(proxy.calls().iter().any(Call::writes));
    assert_eq!(status, StatusCode::OK, "{answer}");
    until_handled(&world).await;
    assert_eq!(seen(&world, reference).await["state"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_throttled_call_is_tried_again_within_the_same_delivery() {
    let mut world = World::new().await;
    let every_third = |call: &Call| {
        if call.number.is_multiple_of(3) {
            THROTTLED
        } else {
            Fate::Passes
        }
    };
    let _proxy = world.tables_behind(every_third).await;
    let signer = world.signer("supplier-aro-1");
    let adt = send_adt(&world, &signer).await;
    assert_eq!(world.run_intake().await, [true]);
    in_force_once(&world, &adt).await;
}
