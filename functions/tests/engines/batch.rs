//! One record's failure or panic touches no other record of its batch.

use serde_json::json;
use sluice_functions::{Step, intake};
use sluice_shared::files::FileKind;

use super::support::{GAS, IMPORT, World, messages};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_nobody_knows_fails_alone() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    let good = world.queues.one().await;
    let test = json!({ "Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "inbox" });
    let never_started = good.body.replace(&reference, "0000-0000-0000-0000");
    let batch = messages(
        &world.backend.settings.queue_url,
        &[
            ("unknown", "not for us"),
            ("test", &test.to_string()),
            ("good", &good.body),
            ("never-started", &never_started),
        ],
    );
    let answer = intake::handle(&world.backend, batch).await;
    let failed: Vec<_> = answer
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.as_str())
        .collect();
    assert_eq!(failed, ["unknown", "never-started"]);
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_panics_fails_alone() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    // Only exit files get to this step.
    *world.stop.at.lock().unwrap() = Some(Step::EventLocked);
    let exit = world.exit("1201", "Release", 3).await;
    let exit = world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &exit,
            &signer,
        )
        .await;
    let adt = world.adt(GAS, |_, level| Some(level)).await;
    let adt = world
        .send_signed("supplier-submitter", FileKind::Adt, &adt, &signer)
        .await;
    let mut handled = world.run_intake_on(2).await;
    handled.sort_unstable();
    assert_eq!(handled, [false, true]);
    let adt = world
        .get_json("supplier-submitter", &format!("/submissions/{adt}"))
        .await;
    assert_eq!(adt["state"], "accepted");

    *world.stop.at.lock().unwrap() = None;
    assert_eq!(world.run_intake().await, [true]);
    let exit = world
        .get_json("supplier-submitter", &format!("/submissions/{exit}"))
        .await;
    assert_eq!(exit["state"], "accepted");
}
