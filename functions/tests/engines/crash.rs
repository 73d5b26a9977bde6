//! Killing the process at any step loses nothing and doubles nothing.

use sluice_shared::files::FileKind;
use std::time::Duration;

use sluice_functions::{Step, intake};
use sluice_shared::directory::PersonRole;

use super::support::{Child, GAS, IMPORT, LARGE, Received, World, event};

const STEPS: [Step; 9] = [
    Step::Received,
    Step::EventLocked,
    Step::Judged,
    Step::BeingRecorded,
    Step::PageDecided(1),
    // The second page of a try is a later page of the event, so that each of these steps is met.
    Step::PageDecided(2),
    Step::PageDecided(5),
    Step::PagesDone,
    Step::Settled,
];

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_survives_a_kill_at_every_step() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    let event_ref = "18446744073709551617";
    let file = world.exit(event_ref, "Delete", usize::MAX).await;
    let reference = world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    let message = world.queues.one().await;
    // One after the other, each try going on from what the one before it left behind.
    for step in STEPS {
        Child::intake(&world, &message).killed_at(step).await;
        if step != Step::Settled {
            let (held, released, deleted) = world.counts(event_ref).await;
            assert_eq!(
                (held, released, deleted),
                (100_000, 0, 0),
                "no count changes before the end: {step:?}"
            );
        }
    }
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{:#}", settled["findings"]);
    assert_eq!(settled["effect"]["delete"], 100_000);
    assert_eq!(settled["receipt"], true);
    assert_eq!(world.counts(event_ref).await, (0, 0, 100_000));
    let held = world.held(event_ref).await;
    assert!(held.event.deciding_for.is_none(), "the lock is gone");
    assert!(
        held.pages.iter().all(|page| page.shares.len() == 1),
        "each page was decided once"
    );
    assert_eq!(
        held.pages
            .iter()
            .map(|page| page.decisions.counts().delete)
            .sum::<u64>(),
        100_000
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adt_file_survives_a_kill_at_every_step() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    let message = world.queues.one().await;
    for step in [Step::Received, Step::Judged, Step::Settled] {
        Child::intake(&world, &message).killed_at(step).await;
    }
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    let history = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}/history"))
        .await;
    let entries = history["items"].as_array().unwrap();
    let ours = entries
        .iter()
        .filter(|entry| entry["origin"]["submission"] == reference.as_str())
        .count();
    assert_eq!(ours, 1, "in force once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_counts_once_through_a_kill_at_every_step() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.release(LARGE, "7.2", 150).await;
    let reference = world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    let message = world.queues.one().await;
    let mut counted = 0;
    for step in STEPS {
        // The rows lie on one page.
        if matches!(step, Step::PageDecided(2..)) {
            continue;
        }
        Child::intake(&world, &message).killed_at(step).await;
        if step == Step::BeingRecorded {
            counted = 150;
        }
        assert_eq!(world.released(GAS, "7.2").await, counted, "{step:?}");
    }
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(world.counts(LARGE).await, (99_850, 150, 0));
    assert_eq!(world.released(GAS, "7.2").await, 150);
}

/// A file that was killed when its decisions had been announced, with the message to deliver again.
async fn announced(world: &World) -> (String, Received) {
    let signer = world.signer("supplier-aro-1");
    let file = world.exit(LARGE, "Delete", 10).await;
    let reference = world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    let message = world.queues.one().await;
    Child::intake(world, &message)
        .killed_at(Step::BeingRecorded)
        .await;
    (reference, message)
}

async fn went_forward(world: &World, reference: &str) {
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["signer"]["id"], "supplier-aro-1", "{settled:#}");
    assert_eq!(world.counts(LARGE).await, (99_990, 0, 10));
}

/// It was accepted, and its first pages may be written: who may sign is not asked again.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_recorded_goes_forward_although_its_signer_has_left() {
    let world = World::with_large_event().await;
    let (reference, message) = announced(&world).await;
    let directory = &world.backend.directory;
    let aro = "supplier-aro-1".parse().unwrap();
    let mut person = directory.person(&aro).await.unwrap().unwrap();
    person.roles = vec![PersonRole::Viewer];
    directory.put_person(&person).await.unwrap();
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    went_forward(&world, &reference).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_recorded_goes_forward_although_the_revocation_list_is_stale() {
    let world = World::with_large_event().await;
    let (reference, message) = announced(&world).await;
    let long = Duration::from_hours(24 * 365 * 20);
    world.pass(long);
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    world.turn_back(long);
    went_forward(&world, &reference).await;
}

/// Whoever can write a submission's record can say that it is being recorded.
#[tokio::test(flavor = "multi_thread")]
async fn what_only_its_record_says_to_be_recorded_has_no_effect() {
    let world = World::with_large_event().await;
    let stranger = world.signer("network-aro-1");
    let file = world.exit(LARGE, "Delete", 10).await;
    let reference = world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &stranger,
        )
        .await;
    let message = world.queues.one().await;
    Child::intake(&world, &message)
        .killed_at(Step::Received)
        .await;
    let submissions = &world.backend.submissions;
    let mut record = world.record(&reference).await;
    record.recording_since = Some(world.now());
    submissions.update(record).await.unwrap();
    assert_eq!(world.hand_over(&[message]).await, [false]);
    assert_eq!(world.counts(LARGE).await, (100_000, 0, 0));
}
