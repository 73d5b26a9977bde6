//! Thresholds that are raised in several steps: what counts is the product since a reviewer last saw a raise.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::time::Duration;

use serde_json::Value;

use super::support::{IMPORT, Signer, World, decision};

/// A service whose threshold the demonstration never raised: 150 a day.
const SRV: &str = "1.1.2";
const OTHER: &str = "8.1.1";

/// Declares a level of one service, all else as it is.
async fn declare(world: &World, signer: &Signer, level: u64) -> Value {
    declare_and(world, signer, level, |_| true).await
}

/// The same, with only those services that are kept.
async fn declare_and(
    world: &World,
    signer: &Signer,
    level: u64,
    keep: impl Fn(&str) -> bool,
) -> Value {
    // Each statement has to be signed later than the one before it.
    world.pass(Duration::from_secs(2));
    let file = world
        .adt(IMPORT, |srv, old| {
            let level = if srv == SRV { level } else { old };
            keep(srv).then_some(level)
        })
        .await;
    world
        .settle("supplier-submitter", FileKind::Adt, &file, signer)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_within_the_factor_waits_and_says_from_what() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level(SRV).await;
    let first = declare(&world, &signer, 2 * start).await;
    assert_eq!(first["state"], "accepted", "{first:#}");
    let held = declare(&world, &signer, 4 * start).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let evidence = world.get_json("reviewer-1", &path).await;
    let rules = evidence["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 1, "{rules:#?}");
    assert_eq!(rules[0]["rule"], "raise-in-steps");
    let raise = &evidence["evidence"]["raises"][0];
    assert_eq!(
        (&raise["srv"], &raise["old"], &raise["new"]),
        (&SRV.into(), &(2 * start).into(), &(4 * start).into()),
        "{raise:#}"
    );

    world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    let more = declare(&world, &signer, 8 * start).await;
    assert_eq!(
        more["state"], "accepted",
        "a reviewer saw the raise to 4 times"
    );
}

/// A reviewed statement that changes something harmless shows nobody a raise.
#[tokio::test(flavor = "multi_thread")]
async fn a_review_of_something_else_is_no_new_beginning() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level(SRV).await;
    let first = declare(&world, &signer, 2 * start).await;
    assert_eq!(first["state"], "accepted", "{first:#}");
    // Another service falls to a tenth and less: that is looked at, with the raised level as it is.
    world.pass(Duration::from_secs(2));
    let harmless = world
        .adt(IMPORT, |srv, old| Some(if srv == OTHER { 1 } else { old }))
        .await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &harmless, &signer)
        .await;
    assert_eq!(held["rules"], serde_json::json!(["threshold-lowered"]));
    world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    let second = declare(&world, &signer, 4 * start).await;
    assert_eq!(second["state"], "awaiting-review", "{second:#}");
    assert_eq!(world.level(SRV).await, 2 * start);
}

#[tokio::test(flavor = "multi_thread")]
async fn time_alone_is_no_new_beginning() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level(SRV).await;
    assert_eq!(
        declare(&world, &signer, 2 * start).await["state"],
        "accepted"
    );
    world.pass(Duration::from_secs(2));
    let file = world
        .adt(IMPORT, |srv, old| {
            Some(if srv == SRV { 4 * start } else { old })
        })
        .await;
    // The storage stays in the present, so the file is signed there, too; what passes is the time of the functions.
    let signature = signer.sign(&file, world.now()).unwrap();
    world.pass(Duration::from_hours(8 * 24));
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let held = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lowering_and_raising_again_adds_up() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level(SRV).await;
    assert_eq!(
        declare(&world, &signer, start / 2).await["state"],
        "accepted"
    );
    assert_eq!(declare(&world, &signer, start).await["state"], "accepted");
    let held = declare(&world, &signer, start + 1).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    assert_eq!(held["rules"], serde_json::json!(["raise-in-steps"]));
}
