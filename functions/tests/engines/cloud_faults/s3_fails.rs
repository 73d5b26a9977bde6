//! S3 fails, throttles, is slow, or stops in the middle of an answer.

use sluice_shared::files::FileKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use http::StatusCode;
use sluice_shared::submission::StateName;

use super::{in_force_once, outcomes, released_once, seen, send_adt, send_exit};
use crate::support::{Call, Fate, IMPORT, S3_BROKEN, SLOW_DOWN, World, put};

/// The first so many calls fail.
fn at_first(failing: usize, with: Fate) -> impl Fn(&Call) -> Fate + Send + Sync + 'static {
    let seen = AtomicUsize::new(0);
    move |_| {
        if seen.fetch_add(1, Ordering::Relaxed) < failing {
            with
        } else {
            Fate::Passes
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_s3_fails_to_give_is_read_when_its_message_comes_again() {
    for with in [S3_BROKEN, SLOW_DOWN] {
        let mut world = World::new().await;
        let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
        // More than a client tries by itself.
        let proxy = world.inbox_behind(at_first(4, with)).await;
        assert_eq!(world.run_intake().await, [false]);
        assert_eq!(seen(&world, &reference).await["state"], "received");
        assert_eq!(world.run_intake().await, [true]);
        assert!(proxy.calls().len() > 4);
        in_force_once(&world, &reference).await;
        assert_eq!(outcomes(&world, StateName::Accepted), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_s3_gives_slowly_is_waited_for() {
    let mut world = World::new().await;
    let reference = send_exit(&world, &world.signer("supplier-aro-1"), 120).await;
    let slowly = |_: &Call| Fate::Slow(Duration::from_millis(100));
    let proxy = world.inbox_behind(slowly).await;
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(proxy.calls().len(), 1, "read once");
    released_once(&world, &reference, 120).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_s3_stops_giving_half_way_is_read_anew() {
    let mut world = World::new().await;
    let reference = send_exit(&world, &world.signer("supplier-aro-1"), 120).await;
    let _proxy = world.inbox_behind(at_first(1, Fate::Stalls)).await;
    assert_eq!(world.run_intake().await, [false]);
    assert_eq!(seen(&world, &reference).await["state"], "received");
    assert_eq!(world.run_intake().await, [true]);
    released_once(&world, &reference, 120).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_storage_could_not_take_is_sent_again_to_the_same_address() {
    let mut world = World::new().await;
    let _proxy = world.inbox_behind(at_first(1, SLOW_DOWN)).await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .start("supplier-submitter", "slow-down-1", &request)
        .await;
    let reference = started.submission.reference.to_string();
    let upload = started.upload.unwrap();
    assert_eq!(put(&upload, file.clone()).await, 503);
    assert_eq!(seen(&world, &reference).await["state"], "awaiting-upload");
    assert!(world.queues.is_empty().await, "nothing arrived");
    assert_eq!(put(&upload, file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    in_force_once(&world, &reference).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_was_not_told_that_the_upload_arrived_finds_out() {
    let mut world = World::new().await;
    let lost = Arc::new(AtomicBool::new(true));
    let once = Arc::clone(&lost);
    let _proxy = world
        .inbox_behind(move |_| {
            if once.swap(false, Ordering::Relaxed) {
                Fate::AnswerLost
            } else {
                Fate::Passes
            }
        })
        .await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let start = async |key: &str| world.start("supplier-submitter", key, &request).await;
    let (_, started) = start("lost-answer-1").await;
    let reference = started.submission.reference;
    let upload = started.upload.unwrap();
    assert_eq!(put(&upload, file.clone()).await, 500);
    let again = put(&upload, file).await;
    assert_eq!(again, 412, "it is there");
    assert_eq!(world.run_intake().await, [true]);
    in_force_once(&world, &reference.to_string()).await;
    // Starting over with the same request comes to the same submission, which needs no upload.
    let (status, same) = start("lost-answer-1").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(same.submission.reference, reference);
    assert_eq!(same.submission.state, StateName::Accepted);
    assert_eq!(same.upload, None);
    assert!(world.queues.is_empty().await, "one object, one message");
}
