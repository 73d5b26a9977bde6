//! A review is bound to what the reviewer saw: nothing takes effect that differs from it.

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use sluice_functions::{Ports, Step, intake};

use super::support::{Fate, GAS, IMPORT, LARGE, Signer, World, decision, event};

async fn declare(world: &World, signer: &Signer, level: u64) -> Value {
    world.pass(Duration::from_secs(2));
    let file = world
        .adt(IMPORT, |srv, old| {
            Some(if srv == "7.2" { level } else { old })
        })
        .await;
    world
        .settle("supplier-submitter", FileKind::Adt, &file, signer)
        .await
}

/// A file that lowers the service's threshold, and its signature: made, but not sent.
async fn lowered_to(world: &World, signer: &Signer, level: u64) -> (Vec<u8>, String) {
    let lower = |srv: &str, old| Some(if srv == "7.2" { level } else { old });
    let file = world.adt(IMPORT, lower).await;
    (signer.sign(&file, world.now()).unwrap(), file)
}

/// What a reviewer saw as three times the level would take effect as sixty times.
#[tokio::test(flavor = "multi_thread")]
async fn a_lowering_in_between_makes_an_accepted_raise_wait_again() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level("7.2").await;
    // Signed before the raise: one signed after it would make the raise an old statement.
    let lowered = lowered_to(&world, &signer, start / 5).await;
    let held = declare(&world, &signer, 3 * start).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let reference = held["reference"].as_str().unwrap();
    let between = world
        .send("supplier-submitter", FileKind::Adt, &lowered.1, &lowered.0)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let between = world
        .get_json("supplier-aro-1", &format!("/submissions/{between}"))
        .await;
    assert_eq!(between["state"], "accepted", "{between:#}");

    let again = world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    assert_eq!(again["state"], "awaiting-review", "{again:#}");
    assert_eq!(world.level("7.2").await, start / 5, "nothing took effect");
    assert_ne!(again["verdict"], held["verdict"]);
    assert!(again["reviewer"].is_null(), "nobody has decided this");
    let path = format!("/reviews/{reference}");
    let evidence = world.get_json("reviewer-2", &path).await;
    let void = &evidence["void"][0];
    assert_eq!(void["decision"]["reviewer"], "reviewer-1", "{evidence:#}");
    let changed = void["changed"].to_string();
    assert!(changed.contains("raised to more than 2 times"), "{changed}");
    let row = evidence["evidence"]["comparisons"][0]["thresholds"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["srv"] == "7.2")
        .unwrap();
    assert_eq!(row["old"]["quarantine"], start / 5, "the new evidence");
    assert_eq!(
        world.get_json("reviewer-1", "/reviews").await["items"][0]["submission"]["reference"],
        reference,
        "it is in the queue again"
    );

    let accepted = world
        .decide(&held["reference"], &decision(Decision::Accept, &evidence))
        .await;
    assert_eq!(accepted["state"], "accepted", "{accepted:#}");
    assert_eq!(world.level("7.2").await, 3 * start);
    assert_eq!(
        accepted["progress"]["void"].as_array().unwrap().len(),
        1,
        "the void decision is kept"
    );
}

/// A reviewer who has the page open need not decide first to learn that it is not so any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_changed_while_it_waits_is_judged_again_when_a_reviewer_looks() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level("7.2").await;
    let lowered = lowered_to(&world, &signer, start / 5).await;
    let held = declare(&world, &signer, 3 * start).await;
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let seen = world.get_json("reviewer-1", &path).await;
    // Nothing has changed, and nothing is asked for: the next message is the upload's, and the only one.
    world
        .send("supplier-submitter", FileKind::Adt, &lowered.1, &lowered.0)
        .await;
    assert_eq!(world.run_intake().await, [true]);

    // The look tells the service; the next one shows what it found.
    let stale = world.get_json("reviewer-1", &path).await;
    assert_eq!(stale["verdict"], seen["verdict"]);
    assert_eq!(world.run_intake().await, [true]);
    let now = world.get_json("reviewer-1", &path).await;
    assert_ne!(now["verdict"], seen["verdict"]);
    assert_eq!(now["evidence"]["raises"][0]["old"], start / 5, "{now:#}");
    assert!(now["void"][0].is_null(), "nobody had decided");

    let reference = held["reference"].as_str().unwrap();
    let old = decision(Decision::Accept, &seen);
    let (status, _) = world
        .post_decision(
            "reviewer-1",
            &format!("/reviews/{reference}/decision"),
            &old,
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let accepted = world
        .decide(&held["reference"], &decision(Decision::Accept, &now))
        .await;
    assert_eq!(accepted["state"], "accepted", "{accepted:#}");
}

/// Record and evidence are separate items. What is written between reading the one and the other must not show the new evidence
/// under the old verdict's name: that name may be right again by the time that somebody decides.
#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_never_shown_under_the_name_of_another_verdict() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level("7.2").await;
    let lowered = lowered_to(&world, &signer, start / 5).await;
    let held = declare(&world, &signer, 3 * start).await;
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    world
        .send("supplier-submitter", FileKind::Adt, &lowered.1, &lowered.0)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let seen = world.get_json("reviewer-1", &path).await;
    assert_eq!(seen["evidence"]["raises"][0]["old"], start, "{seen:#}");
    let look = world.queues.one().await;
    let batch = event(std::slice::from_ref(&look));

    // A second look is held up once it has the record, until intake has judged again.
    let direct = Arc::clone(&world.backend);
    let (judged, is_judged) = std::sync::mpsc::channel::<()>();
    let is_judged = Mutex::new(is_judged);
    let begun = Arc::new(tokio::sync::Notify::new());
    let _proxy = world
        .tables_behind({
            let begun = Arc::clone(&begun);
            move |call| {
                if call.action == "Query" {
                    begun.notify_one();
                    // Until the sender is gone: from then on there is nothing to wait for.
                    let _ = tokio::task::block_in_place(|| is_judged.lock().unwrap().recv());
                }
                Fate::Passes
            }
        })
        .await;
    let (shown, ()) = tokio::join!(world.get_json("reviewer-2", &path), async {
        begun.notified().await;
        let answer = intake::handle(&direct, batch).await;
        assert!(answer.batch_item_failures.is_empty());
        drop(judged);
    });
    assert_ne!(shown["verdict"], seen["verdict"], "{shown:#}");
    assert_eq!(
        shown["evidence"]["raises"][0]["old"],
        start / 5,
        "{shown:#}"
    );
    world.queues.delete(&look).await;
}

/// What can never take effect any more waits for nobody.
#[tokio::test(flavor = "multi_thread")]
async fn what_became_faulty_while_it_waits_is_rejected_when_a_reviewer_looks() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level("7.2").await;
    let held = declare(&world, &signer, 3 * start).await;
    world.pass(Duration::from_secs(2));
    assert_eq!(declare(&world, &signer, start).await["state"], "accepted");
    let reference = held["reference"].as_str().unwrap();
    world
        .get_json("reviewer-1", &format!("/reviews/{reference}"))
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{reference}");
    let after = world.get_json("supplier-submitter", &path).await;
    assert_eq!(after["state"], "rejected", "{after:#}");
    assert_eq!(after["findings"]["counts"]["statement-not-newer"], 1);
}

/// The look of one reviewer has it judged again; before that is recorded, another one refuses.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_while_it_is_judged_again_has_no_effect_and_locks_nothing() {
    let world = World::with_large_event().await;
    let file = world.exit(LARGE, "Release", 10_001).await;
    let signer = world.signer("supplier-aro-1");
    let held = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    // A statement that changes nothing of what the reviewer sees, but what that rests on.
    let same = world.adt(GAS, |_, level| Some(level)).await;
    let same = world
        .settle("supplier-submitter", FileKind::Adt, &same, &signer)
        .await;
    assert_eq!(same["state"], "accepted", "{same:#}");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let seen = world.get_json("reviewer-1", &path).await;

    let (judged, is_judged) = std::sync::mpsc::channel();
    let (refused, is_refused) = std::sync::mpsc::channel();
    let is_refused = Mutex::new(is_refused);
    let ports = Ports {
        clock: Arc::clone(&world.backend.ports.clock),
        step: Arc::new(move |step| {
            if step == Step::Judged {
                judged.send(()).unwrap();
                tokio::task::block_in_place(|| is_refused.lock().unwrap().recv().unwrap());
            }
        }),
        ..Ports::system()
    };
    let backend = Arc::new(world.place.backend(ports));
    let look = world.queues.one().await;
    let batch = event(std::slice::from_ref(&look));
    let judging = tokio::spawn(async move { intake::handle(&backend, batch).await });
    tokio::task::block_in_place(|| is_judged.recv().unwrap());
    let asked = decision(Decision::Refuse, &seen);
    let (status, problem) = world
        .post_decision("reviewer-2", &format!("{path}/decision"), &asked)
        .await;
    assert_eq!(status, StatusCode::OK, "{problem}");
    refused.send(()).unwrap();
    let answer = judging.await.unwrap();
    assert!(answer.batch_item_failures.is_empty());
    world.queues.delete(&look).await;

    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{}", held["reference"].as_str().unwrap());
    let after = world.get_json("supplier-aro-1", &path).await;
    assert_eq!(after["state"], "refused", "{after:#}");
    assert_eq!(world.counts(LARGE).await, (100_000, 0, 0));
    let event = format!("/quarantine-events/{LARGE}");
    let event = world.get_json("supplier-aro-1", &event).await;
    assert!(event["decidingFor"].is_null(), "{event:#}");
}

/// What others release while a release waits counts when it is to take effect.
#[tokio::test(flavor = "multi_thread")]
async fn a_release_in_between_makes_an_accepted_release_wait_again() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    let both = world.release(LARGE, "7.2", 350).await;
    let (header, rows) = both.split_once("\r\n").unwrap();
    let rows: Vec<_> = rows.lines().collect();
    let release = async |rows: &[&str]| {
        world.pass(Duration::from_secs(2));
        let file = format!("{header}\r\n{}\r\n", rows.join("\r\n"));
        world
            .settle(
                "supplier-submitter",
                FileKind::ExitQuarantine,
                &file,
                &signer,
            )
            .await
    };
    let held = release(&rows[..250]).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    assert_eq!(release(&rows[250..]).await["state"], "accepted");
    let again = world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    assert_eq!(again["state"], "awaiting-review", "{again:#}");
    assert_eq!(world.released(GAS, "7.2").await, 100, "nothing took effect");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let evidence = world.get_json("reviewer-2", &path).await;
    let changed = evidence["void"][0]["changed"].to_string();
    assert!(
        changed.contains("100"),
        "says what others released: {changed}"
    );
    // Waiting for the second decision changes nothing either.
    world.pass(Duration::from_hours(30));
    let accepted = world
        .decide(&held["reference"], &decision(Decision::Accept, &evidence))
        .await;
    assert_eq!(accepted["state"], "accepted", "{accepted:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_release_of_what_others_decided_in_between_is_rejected() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    let release = async |count: usize| {
        world.pass(Duration::from_secs(2));
        let file = world.release(LARGE, "7.2", count).await;
        world
            .settle(
                "supplier-submitter",
                FileKind::ExitQuarantine,
                &file,
                &signer,
            )
            .await
    };
    let held = release(250).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    assert_eq!(release(100).await["state"], "accepted");
    let after = world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    assert_eq!(after["state"], "rejected", "they are decided: {after:#}");
    assert_eq!(world.released(GAS, "7.2").await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_alone_changes_nothing() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    let first = world.release(LARGE, "7.2", 150).await;
    let first = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &first,
            &signer,
        )
        .await;
    assert_eq!(first["state"], "accepted");
    world.pass(Duration::from_secs(2));
    let file = world.release(LARGE, "7.2", 150).await;
    let held = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    // The earlier release is more than a day ago by now.
    world.pass(Duration::from_hours(30));
    let accepted = world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    assert_eq!(accepted["state"], "accepted", "{accepted:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_another_verdict_is_not_taken() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level("7.2").await;
    let held = declare(&world, &signer, 3 * start).await;
    let reference = held["reference"].as_str().unwrap();
    for verdict in [json!("0".repeat(64)), held["sha256"].clone()] {
        let asked = decision(Decision::Accept, &json!({ "verdict": verdict }));
        let path = format!("/reviews/{reference}/decision");
        let (status, problem) = world.post_decision("reviewer-1", &path, &asked).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::CONFLICT, &"changed".into())
        );
    }
}
