//! What a reviewer refused needs a new signature, and the next reviewer sees the refusal.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::time::Duration;

use serde_json::Value;

use super::support::{IMPORT, World, decision, reason};

async fn refuse(world: &World, held: &Value) {
    let mut asked = decision(Decision::Refuse, held);
    asked.reason = reason("Nobody announced this.");
    let refused = world.decide(&held["reference"], &asked).await;
    assert_eq!(refused["state"], "refused", "{refused:#}");
}

async fn settled(world: &World, reference: &str) -> Value {
    assert_eq!(world.run_intake().await, [true]);
    world
        .get_json("supplier-aro-1", &format!("/submissions/{reference}"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_and_signature_are_rejected_whoever_sends_them() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(3 * level)).await;
    let signature = signer.sign(&file, world.now()).unwrap();
    let first = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    let held = settled(&world, &first).await;
    refuse(&world, &held).await;

    let again = world
        .send("supplier-aro-2", FileKind::Adt, &file, &signature)
        .await;
    assert_ne!(again, first);
    let again = settled(&world, &again).await;
    assert_eq!(again["state"], "rejected", "{again:#}");
    assert_eq!(again["findings"]["counts"]["refused-before"], 1);
    // In a .p7m, too: it is the same file, signed before it was refused.
    let before = held["startedAt"].as_str().unwrap().parse().unwrap();
    let enveloped = signer.sign_enveloping(&file, before).unwrap();
    let request = World::request_enveloping(&file, &enveloped);
    let inside = world
        .send_request("supplier-aro-2", &request, &enveloped)
        .await;
    let inside = settled(&world, &inside).await;
    assert_eq!(
        inside["findings"]["counts"]["refused-before"], 1,
        "{inside:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_anew_it_waits_and_the_next_reviewer_sees_the_refusal() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let risky = world.adt(IMPORT, |_, level| Some(3 * level)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &risky, &signer)
        .await;
    refuse(&world, &held).await;
    world.pass(Duration::from_secs(2));
    let again = world
        .settle("supplier-submitter", FileKind::Adt, &risky, &signer)
        .await;
    assert_eq!(again["state"], "awaiting-review", "{again:#}");
    let rules = again["rules"].as_array().unwrap();
    assert!(rules.contains(&"refused-before".into()), "{rules:?}");
    let path = format!("/reviews/{}", again["reference"].as_str().unwrap());
    let evidence = world.get_json("reviewer-2", &path).await;
    let refusal = &evidence["evidence"]["refusals"][0];
    assert_eq!(refusal["reason"], "Nobody announced this.", "{evidence:#}");
    assert_eq!(refusal["submission"], held["reference"]);
    // Another file of the same organisation is not held up by it.
    world.pass(Duration::from_secs(2));
    let other = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(other["state"], "accepted", "{other:#}");
}
