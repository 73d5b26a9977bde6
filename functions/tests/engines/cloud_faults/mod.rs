//! What the cloud does to the functions on a bad day: messages come twice, many times at once and out of order; `DynamoDB`, S3 and SQS
//! throttle, fail, answer late or not at all; processes are killed; clocks differ. Nothing is lost, nothing is doubled, and the sender
//! learns the state.

mod api_while_dynamodb_fails;
mod clock_skew;
mod dead_letters;
mod dynamodb_fails;
mod killed_while_writing;
mod messages_more_than_once;
mod messages_out_of_order;
mod presigned_urls_misused;
mod s3_fails;
mod s3_test_event;
mod sqs_fails;

use serde_json::Value;
use sluice_functions::metrics::Metric;
use sluice_shared::files::FileKind;
use sluice_shared::submission::StateName;

use crate::support::{IMPORT, Signer, World};

/// The middling event of the IS User ID: 240, half of them of 7.2.
const EVENT: &str = "1203";

/// Sends an ADT file of the IS User ID that says what is in force; the submission's reference.
async fn send_adt(world: &World, signer: &Signer) -> String {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    world
        .send_signed("supplier-submitter", FileKind::Adt, &file, signer)
        .await
}

/// Sends an exit file that releases so many of the event's communications of 7.2, of which it holds 120.
async fn send_exit(world: &World, signer: &Signer, most: usize) -> String {
    let file = world.release(EVENT, "7.2", most).await;
    world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            signer,
        )
        .await
}

/// A submission as its sender sees it: alone, and in the list.
async fn seen(world: &World, reference: &str) -> Value {
    let path = format!("/submissions/{reference}");
    let submission = world.get_json("supplier-submitter", &path).await;
    let list = world.get_json("supplier-submitter", "/submissions").await;
    let items = list["items"].as_array().unwrap();
    let mut listed = items.iter().filter(|item| item["reference"] == reference);
    let one = listed.next().expect("it is in the list");
    assert_eq!(one["state"], submission["state"]);
    assert!(listed.next().is_none(), "once");
    submission
}

/// What has to be true of an ADT file that was accepted, whatever happened on the way.
async fn in_force_once(world: &World, reference: &str) {
    let settled = seen(world, reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["version"], 3, "started, received, settled");
    assert_eq!(entries(world, reference).await, 1);
    has_receipt(world, reference).await;
}

/// How many entries of the history of thresholds are of a submission.
async fn entries(world: &World, reference: &str) -> usize {
    let path = format!("/thresholds/{IMPORT}/history");
    let history = world.get_json("supplier-aro-1", &path).await;
    let entries = history["items"].as_array().unwrap().iter();
    let ours = entries.filter(|entry| entry["origin"]["submission"] == reference);
    ours.count()
}

/// What has to be true of an exit file that released so many of 7.2 in the event, whatever happened on the way.
async fn released_once(world: &World, reference: &str, count: u64) {
    let settled = seen(world, reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["effect"]["release"], count);
    assert_eq!(world.counts(EVENT).await, (240 - count, count, 0));
    assert_eq!(world.released(IMPORT, "7.2").await, count);
    let held = world.held(EVENT).await;
    assert!(held.event.deciding_for.is_none(), "the lock is gone");
    for page in &held.pages {
        assert_eq!(page.shares.len(), 1, "each page was decided once");
    }
    has_receipt(world, reference).await;
}

async fn has_receipt(world: &World, reference: &str) {
    let receipt = world.receipt(reference).await;
    assert!(receipt.is_some(), "{reference} has its receipt");
}

/// How often an outcome was counted.
fn outcomes(world: &World, wanted: StateName) -> usize {
    let metered = world.metered.lock().unwrap();
    let ours = metered.iter().filter(
        |metric| matches!(metric, Metric::Submission { outcome, .. } if *outcome == wanted),
    );
    ours.count()
}

/// A risky file that waits for a reviewer: a level is tripled.
async fn held(world: &World, signer: &Signer) -> Value {
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, signer)
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    held
}
