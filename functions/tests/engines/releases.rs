//! Releases that are split over several files of one period.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use serde_json::Value;
use sluice_functions::{Ports, Step, intake};
use sluice_shared::identifiers::{Eui64, RequestId};
use sluice_shared::quarantine::{
    Breach, Counts, HeldCommunication, HeldPage, QuarantineEvent, SrvCounts,
};
use sluice_shared::thresholds::Period;

use tokio::task::block_in_place;

use super::support::{GAS, LARGE, Signer, World, clock, decision, event, supplier};

async fn world() -> (World, Signer) {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    (world, signer)
}

/// Releases some more of 7.2; the GS User ID may send 200 a day.
async fn release(world: &World, signer: &Signer, count: usize) -> Value {
    let file = world.release(LARGE, "7.2", count).await;
    world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            signer,
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_part_waits_and_says_what_the_first_released() {
    let (world, signer) = world().await;
    let first = release(&world, &signer, 150).await;
    assert_eq!(first["state"], "accepted", "{first:#}");
    let held = release(&world, &signer, 51).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let evidence = world.get_json("reviewer-1", &path).await;
    let rules = evidence["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 1, "{rules:#?}");
    assert_eq!(rules[0]["rule"], "release-over-threshold");
    assert_eq!(
        rules[0]["message"],
        format!(
            "User ID {GAS}: this file releases 51 communications of 7.2, with earlier files more than 200 within a day, \
             which is what the quarantine threshold in force allows."
        )
    );
    let seen = &evidence["evidence"]["released"][0];
    assert_eq!(
        (&seen["count"], &seen["earlier"], &seen["allowed"]),
        (&51.into(), &150.into(), &200.into())
    );
    assert_eq!(world.released(GAS, "7.2").await, 150, "it is not released");
    let held = world
        .get_json("supplier-aro-1", &format!("/quarantine-events/{LARGE}"))
        .await;
    assert!(held["decidingFor"].is_null(), "nothing stays locked");
    // What still fits passes, whatever waits.
    assert_eq!(release(&world, &signer, 50).await["state"], "accepted");
}

/// The storage stays in the present, so the file is signed there; what passes is the time of the functions.
async fn release_after(world: &World, signer: &Signer, count: usize, time: Duration) -> Value {
    let file = world.release(LARGE, "7.2", count).await;
    let signature = signer.sign(&file, world.storage_now()).unwrap();
    world.pass(time);
    let reference = world
        .send(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signature,
        )
        .await;
    assert_eq!(world.run_intake().await, [true]);
    world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn midnight_begins_nothing_anew() {
    let (world, signer) = world().await;
    world.pass_into_next(Period::Day);
    world.turn_back(Duration::from_mins(1));
    let before = release_after(&world, &signer, 150, Duration::ZERO).await;
    assert_eq!(before["state"], "accepted", "{before:#}");
    let after = release_after(&world, &signer, 51, Duration::from_mins(2)).await;
    assert_eq!(after["state"], "awaiting-review", "{after:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_after_the_last_release_it_counts_no_more() {
    let (world, signer) = world().await;
    assert_eq!(release(&world, &signer, 150).await["state"], "accepted");
    let later = release_after(&world, &signer, 150, Duration::from_hours(24)).await;
    assert_eq!(later["state"], "accepted", "{later:#}");
    assert_eq!(world.released(GAS, "7.2").await, 150);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reviewer_accepted_counts() {
    let (world, signer) = world().await;
    let held = release(&world, &signer, 300).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    assert_eq!(world.released(GAS, "7.2").await, 0);
    let asked = decision(Decision::Accept, &held);
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    // The reviewer asks twice, so that the decision is delivered twice.
    for _ in 0..2 {
        let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
        assert!(status.is_success(), "{answer}");
    }
    assert_eq!(world.run_intake_on(2).await, [true, true]);
    assert_eq!(world.counts(LARGE).await, (99_700, 300, 0));
    assert_eq!(world.released(GAS, "7.2").await, 300);
    assert_eq!(
        release(&world, &signer, 1).await["state"],
        "awaiting-review"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_delivered_twice_counts_once() {
    let (world, signer) = world().await;
    let file = world.release(LARGE, "7.2", 150).await;
    let signature = signer.sign(&file, world.now()).unwrap();
    let reference = world
        .send(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signature,
        )
        .await;
    let received = world.queues.batch(1).await;
    // Both at once, then once more.
    let (first, second) = tokio::join!(
        intake::handle(&world.backend, event(&received)),
        intake::handle(&world.backend, event(&received))
    );
    drop((first, second));
    let answer = intake::handle(&world.backend, event(&received)).await;
    assert!(answer.batch_item_failures.is_empty());
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(world.released(GAS, "7.2").await, 150);
    assert_eq!(world.counts(LARGE).await, (99_850, 150, 0));
}

/// The second delivery begins before the first and goes on after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_late_second_delivery_locks_nothing() {
    let (world, signer) = world().await;
    let file = world.release(LARGE, "7.2", 10).await;
    let signature = signer.sign(&file, world.now()).unwrap();
    world
        .send(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signature,
        )
        .await;
    let received = world.queues.batch(1).await;
    let (begun, settled) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let meet = (Arc::clone(&begun), Arc::clone(&settled));
    let ports = Ports {
        clock: clock(Arc::new(world.ahead().into())),
        step: Arc::new(move |step| {
            if step == Step::Received {
                block_in_place(|| {
                    meet.0.wait();
                    meet.1.wait();
                });
            }
        }),
        ..Ports::system()
    };
    let late = world.place.backend(ports);
    let messages = event(&received);
    let late = tokio::spawn(async move { intake::handle(&late, messages).await });
    tokio::task::spawn_blocking(move || begun.wait())
        .await
        .unwrap();
    let answer = intake::handle(&world.backend, event(&received)).await;
    assert!(answer.batch_item_failures.is_empty());
    tokio::task::spawn_blocking(move || settled.wait())
        .await
        .unwrap();
    assert!(late.await.unwrap().batch_item_failures.is_empty());
    let known = world
        .get_json("supplier-aro-1", &format!("/quarantine-events/{LARGE}"))
        .await;
    assert!(known["decidingFor"].is_null(), "nothing stays locked");
    assert_eq!(world.released(GAS, "7.2").await, 10);
}

/// Opens an event of the GS User ID with some communications of 7.2.
async fn open(world: &World, reference: &str, held: u64) {
    let user_id: Eui64 = GAS.parse().unwrap();
    let reference = reference.parse().unwrap();
    let counts = Counts {
        held,
        ..Counts::default()
    };
    let srv = "7.2".parse().unwrap();
    let communication = |counter| HeldCommunication {
        request: RequestId {
            originator: user_id,
            target: Eui64::new(0x00DB_1234_5600_0000),
            counter,
        },
        srv,
        quarantined_at: world.now(),
    };
    let pages = HeldPage::paginate(user_id, (0..held).map(communication).collect()).unwrap();
    let event = QuarantineEvent {
        reference,
        user_id,
        organisation: supplier(),
        breach: Breach::UserThreshold,
        quarantined_at: world.now(),
        pages: u32::try_from(pages.len()).unwrap(),
        counts,
        by_srv: vec![SrvCounts { srv, counts }],
        deciding_for: None,
    };
    world.backend.quarantine.open(&event, &pages).await.unwrap();
}

/// Two files about two events, so that no lock keeps them apart, both checked before either is counted.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_files_at_the_same_moment_one_passes() {
    let (world, signer) = world().await;
    let mut references = Vec::new();
    for name in ["1401", "1402"] {
        open(&world, name, 150).await;
        let file = world.release(name, "7.2", 150).await;
        let signature = signer.sign(&file, world.now()).unwrap();
        references.push(
            world
                .send(
                    "supplier-submitter",
                    FileKind::ExitQuarantine,
                    &file,
                    &signature,
                )
                .await,
        );
    }
    let received = world.queues.batch(2).await;
    let (both, checks) = (Barrier::new(2), Arc::new(AtomicU32::new(0)));
    let counted = Arc::clone(&checks);
    let ports = Ports {
        clock: clock(Arc::new(world.ahead().into())),
        step: Arc::new(move |step| {
            // The first check of each waits for the other; the one that has to check again does not.
            if step == Step::Judged && counted.fetch_add(1, Ordering::SeqCst) < 2 {
                block_in_place(|| both.wait());
            }
        }),
        ..Ports::system()
    };
    let backend = world.place.backend(ports);
    let answer = intake::handle(&backend, event(&received)).await;
    assert!(answer.batch_item_failures.is_empty());
    assert!(
        checks.load(Ordering::SeqCst) > 2,
        "the slower one was checked again"
    );
    let mut states = Vec::new();
    for reference in references {
        let settled = world
            .get_json("supplier-submitter", &format!("/submissions/{reference}"))
            .await;
        states.push(settled["state"].as_str().unwrap().to_owned());
    }
    states.sort_unstable();
    assert_eq!(states, ["accepted", "awaiting-review"]);
    assert_eq!(world.released(GAS, "7.2").await, 150);
}
