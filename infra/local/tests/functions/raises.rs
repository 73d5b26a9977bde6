//! Thresholds that are raised in several steps.

use std::time::Duration;

use serde_json::Value;

use super::support::{IMPORT, Signer, World};

/// Declares a level of 7.2, all else as it is.
async fn declare(world: &World, signer: &Signer, level: u64) -> Value {
    // Each statement has to be signed later than the one before it.
    world.pass(Duration::from_secs(2));
    let file = world
        .adt(IMPORT, |srv, old| {
            Some(if srv == "7.2" { level } else { old })
        })
        .await;
    world
        .settle("supplier-submitter", "adt", &file, signer)
        .await
}

async fn accept(world: &World, held: &Value) {
    let reference = held["reference"].as_str().unwrap();
    let asked = serde_json::json!({
        "decision": "accept", "reason": "Forecast seen and agreed.", "verdict": held["verdict"],
    });
    let path = format!("/reviews/{reference}/decision");
    let (status, answer) = world.post("reviewer-1", &path, "-", &asked).await;
    assert!(status.is_success(), "{answer}");
    assert_eq!(world.run_intake().await, [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_within_the_factor_waits_and_says_from_what() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    assert_eq!(declare(&world, &signer, 400).await["state"], "accepted");
    let held = declare(&world, &signer, 800).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let evidence = world.read("reviewer-1", &path).await;
    let rules = evidence["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 1, "{rules:#?}");
    assert_eq!(rules[0]["rule"], "raise-in-steps");
    let message = rules[0]["message"].as_str().unwrap();
    assert!(
        message.ends_with("7.2 in a day, from 200 by way of 400 to 800."),
        "{message}"
    );

    accept(&world, &held).await;
    let more = declare(&world, &signer, 900).await;
    assert_eq!(more["state"], "accepted", "a reviewer accepted 800");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_later_the_same_step_is_a_first_one() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    assert_eq!(declare(&world, &signer, 400).await["state"], "accepted");
    world.pass(Duration::from_secs(2));
    let file = world
        .adt(IMPORT, |srv, old| {
            Some(if srv == "7.2" { 800 } else { old })
        })
        .await;
    // The storage stays in the present, so the file is signed there, too; what passes is the time of the functions.
    let signature = signer.sign(&file, world.now());
    world.pass(Duration::from_hours(8 * 24));
    let reference = world
        .send("supplier-submitter", "adt", &file, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let settled = world
        .read("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_that_was_lowered_is_restored_within_the_factor_only() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    assert_eq!(declare(&world, &signer, 100).await["state"], "accepted");
    assert_eq!(declare(&world, &signer, 200).await["state"], "accepted");
    let held = declare(&world, &signer, 201).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    assert_eq!(held["rules"], serde_json::json!(["raise-in-steps"]));
}
