//! A fault of the service's own trust data is not the sender's: the file stays received, with a sentence that says why, and
//! settles by itself once the fault is mended.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use sluice_functions::intake;
use sluice_shared::files::FileKind;
use sluice_shared::instant::UtcTime;
use sluice_shared::submission::Decision;

use super::support::{Fate, IMPORT, Signer, World, decision, messages};

/// Long after the demonstration's revocation list is due.
const LONG: Duration = Duration::from_hours(24 * 365 * 20);
/// The demonstration's list is an hour old when its stack is set up.
const BEFORE_THE_LIST: Duration = Duration::from_hours(3);

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_list_stops_a_file_until_it_is_mended() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let reference = world
        .send_signed("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    world.pass(LONG);
    assert_eq!(world.run_intake().await, [true], "no dead letter");
    let path = format!("/submissions/{reference}");
    world.turn_back(LONG);
    let stopped = world.get_json("supplier-submitter", &path).await;
    assert_eq!(stopped["state"], "received", "{stopped:#}");
    let reason = stopped["stopped"]["reason"].as_str().unwrap();
    assert!(reason.contains("revocation list"), "{reason}");
    assert_eq!(
        stopped["receipt"], false,
        "nothing is signed against the sender"
    );

    // It comes back by itself; the list is good again.
    assert!(world.deliver_judge_again(&reference).await);
    let settled = world.get_json("supplier-submitter", &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert!(settled["stopped"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewers_decision_waits_for_it_too() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let reference = accepted_by_a_reviewer(&world, &signer).await;
    world.pass(LONG);
    assert_eq!(world.run_intake().await, [true]);
    world.turn_back(LONG);
    let path = format!("/submissions/{reference}");
    let stopped = world.get_json("supplier-submitter", &path).await;
    assert_eq!(stopped["state"], "awaiting-review", "{stopped:#}");
    let reason = stopped["stopped"]["reason"].as_str().unwrap();
    assert!(reason.contains("revocation list"), "{reason}");
    assert!(world.deliver_judge_again(&reference).await);
    let settled = world.get_json("supplier-submitter", &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
}

/// Looks may still be on their way when an acceptance arrives that cannot be judged, and the same message may come twice: what comes
/// back for it later is one message, however many came at first.
#[tokio::test(flavor = "multi_thread")]
async fn however_many_have_looked_it_comes_back_once() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let reference = accepted_by_a_reviewer(&world, &signer).await;
    let decided = world.queues.one().await;
    let id = reference.parse().unwrap();
    for _ in 0..3 {
        world.backend.decisions_queue.looked_at(&id).await.unwrap();
    }
    let looks = world.queues.batch(3).await;
    let proxy = world.queue_behind(|_| Fate::Passes).await;
    let sent = || {
        let calls = proxy.calls();
        calls
            .iter()
            .filter(|call| call.action == "SendMessage")
            .count()
    };
    world.pass(LONG);

    assert_eq!(world.hand_over(&looks).await, [true; 3]);
    assert_eq!(sent(), 0, "it is decided: a look is about nothing");
    assert_eq!(
        world.hand_over(std::slice::from_ref(&decided)).await,
        [true]
    );
    assert_eq!(sent(), 1);
    assert_eq!(
        world.hand_over(std::slice::from_ref(&decided)).await,
        [true]
    );
    assert_eq!(sent(), 1, "the same message again");

    let record = world.backend.submissions.find(&id).await.unwrap().unwrap();
    let since = record.stopped.unwrap().since;
    for (stopped_since, renewed) in [(since.plus(time::Duration::seconds(-1)), 1), (since, 2)] {
        let taken = comes_back(&world, &reference, stopped_since).await;
        assert_eq!(taken, [true]);
        assert_eq!(sent(), renewed, "only that of this stop goes on");
    }
}

/// A chain whose reason changes names another stop. Where the record is changed at that moment, the message is delivered again: had it
/// been taken for done, the next one would name a stop that nobody recorded, and nothing would come back for the file.
#[tokio::test(flavor = "multi_thread")]
async fn it_still_comes_back_when_the_reason_changes_and_the_record_at_once() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let reference = accepted_by_a_reviewer(&world, &signer).await;
    let id = reference.parse().unwrap();
    world.pass(LONG);
    assert_eq!(world.run_intake().await, [true]);
    let record = world.backend.submissions.find(&id).await.unwrap().unwrap();
    let first = record.stopped.unwrap();
    assert!(first.reason.contains("was good until"), "{first:?}");

    world.turn_back(LONG + BEFORE_THE_LIST);
    let conflict = Fate::Fails(StatusCode::BAD_REQUEST, "ConditionalCheckFailedException");
    let conflicts = AtomicUsize::new(1);
    let _proxy = world
        .tables_behind(move |call| {
            let hit = call.action == "PutItem" && conflicts.swap(0, Ordering::Relaxed) == 1;
            if hit { conflict } else { Fate::Passes }
        })
        .await;
    assert_eq!(comes_back(&world, &reference, first.since).await, [false]);
    assert_eq!(comes_back(&world, &reference, first.since).await, [true]);
    let record = world.backend.submissions.find(&id).await.unwrap().unwrap();
    let second = record.stopped.unwrap();
    assert!(second.reason.contains("is good only from"), "{second:?}");

    world.pass(BEFORE_THE_LIST);
    assert_eq!(comes_back(&world, &reference, second.since).await, [true]);
    let path = format!("/submissions/{reference}");
    let settled = world.get_json("supplier-submitter", &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
}

/// Delivers the message that a stop sent for its file; whether it was taken for done.
async fn comes_back(world: &World, reference: &str, stop: UtcTime) -> [bool; 1] {
    let body = json!({ "judgeAgain": reference, "stoppedSince": stop }).to_string();
    let batch = messages(&world.backend.settings.queue_url, &[("again", &body)]);
    let answer = intake::handle(&world.backend, batch).await;
    [answer.batch_item_failures.is_empty()]
}

/// A raise that a reviewer has just accepted: its reference. `intake` does not know yet.
async fn accepted_by_a_reviewer(world: &World, signer: &Signer) -> String {
    let file = world.adt(IMPORT, |_, level| Some(3 * level)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, signer)
        .await;
    let reference = held["reference"].as_str().unwrap().to_owned();
    let path = format!("/reviews/{reference}/decision");
    let (status, answer) = world
        .post_decision("reviewer-1", &path, &decision(Decision::Accept, &held))
        .await;
    assert!(status.is_success(), "{answer}");
    reference
}
