//! A function killed while a write is on its way: before the table has it, and after the table has it but nobody was told.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use http::StatusCode;
use serde_json::Value;

use super::{entries, held, in_force_once, released_once, seen, send_adt, send_exit};
use crate::support::{
    Call, Child, Fate, GAS, IMPORT, LARGE, Proxy, Received, World, decision, put,
};

/// What was on its way when a process was killed: the keys that the write is about.
type Met = Arc<Mutex<HashSet<Vec<String>>>>;

/// The first write that is not met yet is left without an answer.
fn at_each_write(met: Met, fate: Fate) -> impl Fn(&Call) -> Fate + Send + Sync + 'static {
    move |call| {
        if call.writes() && met.lock().unwrap().insert(call.items.clone()) {
            fate
        } else {
            Fate::Passes
        }
    }
}

/// Handles the message in one process after the other; each is killed at a write that none was killed at before, until one gets
/// through. Which writes those were.
async fn killed_at_each_write(
    world: &World,
    message: &Received,
    fate: Fate,
) -> HashSet<Vec<String>> {
    let met = Met::default();
    for _ in 0..20 {
        let tables = &world.place.urls.dynamodb;
        let proxy = Proxy::start(tables, at_each_write(Arc::clone(&met), fate)).await;
        if !Child::intake(world, message).killed_behind(&proxy).await {
            return met.lock().unwrap().clone();
        }
    }
    panic!("it never gets through: {met:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adt_file_survives_a_kill_on_either_side_of_every_write() {
    for fate in [Fate::Vanishes, Fate::DoneUnanswered] {
        let world = World::new().await;
        let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
        let message = world.queues.one().await;
        let met = killed_at_each_write(&world, &message, fate).await;
        assert_eq!(met.len(), 2, "received, settled: {met:#?}");
        in_force_once(&world, &reference).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_survives_a_kill_on_either_side_of_every_write() {
    for fate in [Fate::Vanishes, Fate::DoneUnanswered] {
        let world = World::new().await;
        let reference = send_exit(&world, &world.signer("supplier-aro-1"), 100).await;
        let message = world.queues.one().await;
        let met = killed_at_each_write(&world, &message, fate).await;
        let writes = "received, locked, announced, a page, settled";
        assert_eq!(met.len(), 5, "{writes}: {met:#?}");
        released_once(&world, &reference, 100).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_risky_file_and_the_decision_on_it_survive_a_kill_on_either_side_of_every_write() {
    for fate in [Fate::Vanishes, Fate::DoneUnanswered] {
        let world = World::new().await;
        let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
        let signer = world.signer("supplier-aro-1");
        let reference = world
            .send_signed("supplier-submitter", FileKind::Adt, &file, &signer)
            .await;
        let message = world.queues.one().await;
        let met = killed_at_each_write(&world, &message, fate).await;
        assert_eq!(met.len(), 3, "received, told, held: {met:#?}");
        let held = seen(&world, &reference).await;
        assert_eq!(held["state"], "awaiting-review", "{held:#}");

        let path = format!("/reviews/{reference}/decision");
        let asked = decision(Decision::Accept, &held);
        let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        let message = world.queues.batch(1).await.remove(0);
        let met = killed_at_each_write(&world, &message, fate).await;
        assert_eq!(met.len(), 2, "decided, settled: {met:#?}");
        let settled = seen(&world, &reference).await;
        assert_eq!(settled["state"], "accepted", "{settled:#}");
        assert_eq!(entries(&world, &reference).await, 1);
    }
}

/// How many communications of the large event a submission is said to decide on that waits.
async fn said_to_wait(world: &World, reference: &str) -> usize {
    let path = format!("/quarantine-events/{LARGE}");
    let event = world.get_json("supplier-aro-2", &path).await;
    let mut waiting = 0;
    for page in 0..event["pages"].as_u64().unwrap() {
        let path = format!("/submissions/{reference}/decisions?event={LARGE}&page={page}");
        let told = world.get_json("supplier-aro-2", &path).await;
        let decisions = told["decisions"].as_array().unwrap().iter();
        waiting += decisions.filter(|decision| **decision != 0).count();
    }
    waiting
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_that_waits_and_the_decision_on_it_survive_a_kill_on_either_side_of_every_write()
 {
    for fate in [Fate::Vanishes, Fate::DoneUnanswered] {
        let world = World::with_large_event().await;
        let file = world.release(LARGE, "7.2", 300).await;
        let signer = world.signer("supplier-aro-1");
        let kind = FileKind::ExitQuarantine;
        let reference = world
            .send_signed("supplier-submitter", kind, &file, &signer)
            .await;
        let message = world.queues.one().await;
        let met = killed_at_each_write(&world, &message, fate).await;
        let noted = met.iter().flatten().any(|key| key.contains("WAITS#"));
        assert!(noted, "what waits is noted: {met:#?}");
        let held = seen(&world, &reference).await;
        assert_eq!(held["state"], "awaiting-review", "{held:#}");
        assert_eq!(said_to_wait(&world, &reference).await, 300);
        assert_eq!(world.counts(LARGE).await, (100_000, 0, 0));

        let path = format!("/reviews/{reference}/decision");
        let asked = decision(Decision::Accept, &held);
        let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        let message = world.queues.batch(1).await.remove(0);
        killed_at_each_write(&world, &message, fate).await;
        let settled = seen(&world, &reference).await;
        assert_eq!(settled["state"], "accepted", "{settled:#}");
        assert_eq!(world.counts(LARGE).await, (99_700, 300, 0));
        assert_eq!(world.released(GAS, "7.2").await, 300);
    }
}

/// A caller gives up on a function that is killed while it works: what it had in memory is gone with it.
async fn given_up(asking: impl Future<Output = (StatusCode, Value)>, proxy: &Proxy) {
    tokio::select! {
        answer = asking => panic!("nothing answers: {answer:?}"),
        () = proxy.hung() => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_is_cut_off_is_one_submission_when_it_is_asked_for_again() {
    for fate in [Fate::Vanishes, Fate::DoneUnanswered] {
        let mut world = World::new().await;
        let file = world.adt(IMPORT, |_, level| Some(level)).await;
        let signature = world
            .signer("supplier-aro-1")
            .sign(&file, world.now())
            .unwrap();
        let request = World::request(FileKind::Adt, &file, &signature);
        let plain = Arc::clone(&world.backend);
        let proxy = world
            .tables_behind(at_each_write(Met::default(), fate))
            .await;
        let start = world.post("supplier-submitter", "/submissions", "cut-off-1", &request);
        given_up(start, &proxy).await;
        world.backend = plain;
        let (_, started) = world
            .start("supplier-submitter", "cut-off-1", &request)
            .await;
        let path = "/submissions?state=awaiting-upload";
        let list = world.get_json("supplier-submitter", path).await;
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list:#}");
        assert_eq!(put(&started.upload.unwrap(), file).await, 200);
        assert_eq!(world.run_intake().await, [true]);
        let reference = started.submission.reference.to_string();
        in_force_once(&world, &reference).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_is_cut_off_counts_once_when_it_is_made_again() {
    for fate in [Fate::Vanishes, Fate::DoneUnanswered] {
        let mut world = World::new().await;
        let held = held(&world, &world.signer("supplier-aro-1")).await;
        let reference = held["reference"].as_str().unwrap();
        let path = format!("/reviews/{reference}/decision");
        let asked = decision(Decision::Refuse, &held);
        let plain = Arc::clone(&world.backend);
        let proxy = world
            .tables_behind(at_each_write(Met::default(), fate))
            .await;
        given_up(world.post_decision("reviewer-1", &path, &asked), &proxy).await;
        world.backend = plain;
        assert!(world.queues.is_empty().await, "nobody was told yet");
        let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
        let settled = seen(&world, reference).await;
        assert_eq!(
            (&settled["state"], &settled["receipt"]),
            (&"refused".into(), &true.into())
        );
    }
}
