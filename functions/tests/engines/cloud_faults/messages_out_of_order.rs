//! A standard queue keeps no order: what happened later may be told first.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::slice::from_ref;
use std::time::Duration;

use serde_json::json;

use super::{held, in_force_once, seen, send_adt};
use crate::support::{IMPORT, World, decision};

/// What `api` tells `intake` of a decision.
fn decided(reference: &str) -> String {
    json!({ "reviewDecided": reference, "correlationId": "0b5c1e7a92d3f486" }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_files_the_later_signed_stands_whichever_comes_first() {
    for later_first in [true, false] {
        let world = World::new().await;
        let signer = world.signer("supplier-aro-1");
        let earlier = send_adt(&world, &signer).await;
        let of_earlier = world.queues.one().await;
        world.pass(Duration::from_secs(2));
        let later = send_adt(&world, &signer).await;
        let of_later = world.queues.one().await;
        let order = if later_first {
            [&of_later, &of_earlier]
        } else {
            [&of_earlier, &of_later]
        };
        for message in order {
            assert_eq!(world.hand_over(from_ref(message)).await, [true]);
        }
        let path = format!("/thresholds/{IMPORT}/history");
        let history = world.get_json("supplier-aro-1", &path).await;
        assert_eq!(history["items"][0]["origin"]["submission"], later.as_str());
        in_force_once(&world, &later).await;
        if !later_first {
            in_force_once(&world, &earlier).await;
            continue;
        }
        let told = seen(&world, &earlier).await;
        assert_eq!(told["state"], "rejected", "{told:#}");
        assert_eq!(told["receipt"], true);
        let path = format!("/submissions/{earlier}/findings");
        let findings = world.get_json("supplier-submitter", &path).await;
        assert_eq!(findings["items"][0]["code"], "statement-not-newer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_decision_before_the_file_has_arrived_decides_nothing() {
    let world = World::new().await;
    let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
    let arrival = world.queues.one().await;
    world.queues.of_decisions().send(&decided(&reference)).await;
    assert_eq!(world.run_intake().await, [false], "it comes again");
    assert_eq!(seen(&world, &reference).await["state"], "awaiting-upload");
    assert_eq!(world.hand_over(&[arrival]).await, [true]);
    in_force_once(&world, &reference).await;
    assert_eq!(world.run_intake().await, [true], "it is too late");
    in_force_once(&world, &reference).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_decision_that_is_not_made_comes_again_until_it_is() {
    let world = World::new().await;
    let held = held(&world, &world.signer("supplier-aro-1")).await;
    let reference = held["reference"].as_str().unwrap();
    world.queues.of_decisions().send(&decided(reference)).await;
    let early = world.queues.one().await;
    assert_eq!(world.hand_over(&[early]).await, [false], "it comes again");
    assert_eq!(seen(&world, reference).await["state"], "awaiting-review");
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert!(status.is_success(), "{answer}");
    assert_eq!(world.run_intake_on(2).await, [true, true]);
    assert_eq!(seen(&world, reference).await["state"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_message_of_an_upload_between_a_decision_and_its_effect_changes_nothing() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let reference = world
        .send_signed("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let arrival = world.queues.one().await;
    assert_eq!(world.hand_over(from_ref(&arrival)).await, [true]);
    let held = seen(&world, &reference).await;
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Refuse, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert!(status.is_success(), "{answer}");
    let decided = world.queues.one().await;
    world.queues.of_intake().send(&arrival.body).await;
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(seen(&world, &reference).await["state"], "awaiting-review");
    assert_eq!(world.hand_over(&[decided]).await, [true]);
    assert_eq!(seen(&world, &reference).await["state"], "refused");
    world.queues.of_intake().send(&arrival.body).await;
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(seen(&world, &reference).await["state"], "refused");
}
