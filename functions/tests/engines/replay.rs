//! An ADT file signed no later than the one in force, or long ago, is an old file sent again.

use sluice_shared::files::FileKind;
use std::time::Duration;

use super::support::{IMPORT, World};

async fn first_code(world: &World, reference: &str) -> String {
    let findings = world
        .get_json(
            "supplier-submitter",
            &format!("/submissions/{reference}/findings"),
        )
        .await;
    findings["items"][0]["code"]
        .as_str()
        .unwrap_or("none")
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_signed_before_the_one_in_force_is_refused() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let old = world
        .adt(IMPORT, |srv, level| {
            Some(if srv == "7.2" { level - 1 } else { level })
        })
        .await;
    let old_signature = signer.sign(&old, world.now()).unwrap();
    world.pass(Duration::from_secs(1));
    let new = world.adt(IMPORT, |_, level| Some(level)).await;
    assert_eq!(
        world
            .settle("supplier-submitter", FileKind::Adt, &new, &signer)
            .await["state"],
        "accepted"
    );

    let reference = world
        .send("supplier-submitter", FileKind::Adt, &old, &old_signature)
        .await;
    world.run_intake().await;
    assert_eq!(first_code(&world, &reference).await, "statement-not-newer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_signed_more_than_seven_days_ago_is_refused() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let long_ago = world.now().plus(time::Duration::days(-8));
    let signer = world.signer("supplier-aro-1");
    let signature = signer.sign(&file, long_ago).unwrap();
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    world.run_intake().await;
    assert_eq!(first_code(&world, &reference).await, "signed-too-long-ago");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_signed_anew_takes_effect_again() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let first = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    world.pass(Duration::from_secs(2));
    let again = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(
        (&first["state"], &again["state"]),
        (&"accepted".into(), &"accepted".into())
    );
    assert_ne!(first["reference"], again["reference"]);
}
