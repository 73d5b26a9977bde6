//! Nothing counts that is signed with a stopped key, not even what waits; and it never comes back.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::stores::Asked;
use sluice_shared::directory::{ChangeAnswer, Entrance, RegisteredCertificates};
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::keys::{ARO, LARGE, forge, key, register, registered, registration, sent};
use super::support::{IMPORT, Signer, World, change_reason, decision};

async fn stop_own(world: &World, caller: &str, signer: &Signer) -> (StatusCode, Value) {
    let body = json!({ "key": key(signer), "reason": "The computer was stolen." });
    world
        .call(Method::POST, caller, "/me/stopped-keys", &[], Some(&body))
        .await
}

/// Somebody's key is stopped by its owner.
async fn stopped(world: &World, caller: &str, signer: &Signer) {
    let (status, answer) = stop_own(world, caller, signer).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_its_owner_stopped_signs_nothing_any_more_and_cannot_come_back() {
    let world = World::new().await;
    let signer = world.signer(ARO);
    let (status, answer) = stop_own(&world, ARO, &signer).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let (state, code) = sent(&world, &signer, 1).await;
    assert_eq!(state, "rejected", "{code}");
    assert_eq!(code, "certificate-key-stopped");
    let again = registration(&world, ARO, &signer);
    let (status, problem) = register(&world, ARO, &again, &signer).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("never counts again"), "{detail}");
    // Another key of the same person's does.
    let new = world.new_signer(ARO);
    let statement = registration(&world, ARO, &new);
    register(&world, ARO, &statement, &new).await;
    assert_eq!(world.run_intake().await, [true]);
    let (state, code) = sent(&world, &new, 1).await;
    assert_ne!(state, "rejected", "{code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_stops_a_key_and_what_waits_by_it_takes_no_effect() {
    for (caller, by_dcc) in [("supplier-admin", false), ("dcc-admin-1", true)] {
        let world = World::new().await;
        let signer = world.signer(ARO);
        let before = world.level("6.15.1").await;
        let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
        let held = world
            .settle("supplier-submitter", FileKind::Adt, &file, &signer)
            .await;
        assert_eq!(held["state"], "awaiting-review", "{held:#}");

        let stop = json!({ "kind": "stop-key", "person": ARO, "key": key(&signer) });
        let (status, answer) = if by_dcc {
            world.ask_signed(caller, LARGE, &stop).await
        } else {
            world.ask(caller, LARGE, &stop).await
        };
        assert_eq!(status, StatusCode::ACCEPTED, "{caller}: {answer}");
        assert_eq!(world.run_intake().await, [true]);

        let reference = held["reference"].as_str().unwrap();
        let path = format!("/reviews/{reference}/decision");
        world.pass(std::time::Duration::from_secs(2));
        let accept = decision(Decision::Accept, &held);
        let (status, answer) = world.post_decision("reviewer-1", &path, &accept).await;
        if status == StatusCode::OK {
            assert!(world.run_intake().await.iter().all(|handled| *handled));
        } else {
            assert_eq!(status, StatusCode::CONFLICT, "{answer}");
            assert!(world.run_intake().await.iter().all(|handled| *handled));
        }
        let path = format!("/submissions/{reference}");
        let now = world.get_json("supplier-submitter", &path).await;
        assert_eq!(now["state"], "rejected", "{caller}: {now:#}");
        assert_eq!(world.level("6.15.1").await, before, "{caller}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_and_changes_by_a_stopped_key_count_for_nothing() {
    let world = World::new().await;
    let (reviewer, admin) = (world.signer("reviewer-1"), world.signer("dcc-admin-1"));
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            &file,
            &world.signer(ARO),
        )
        .await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    // Taken, and stopped before it takes effect.
    let accept = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &accept).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let directory = &world.backend.directory;
    for (person, signer) in [("reviewer-1", &reviewer), ("dcc-admin-1", &admin)] {
        let mut stopped = world.registered(person).await.unwrap();
        let json = serde_json::to_value(&stopped.certificates).unwrap();
        let mut json = json.as_array().unwrap().clone();
        json[0]["stopped"] = json!({ "at": world.now(), "by": { "id": person, "name": "Owner" } });
        assert_eq!(json[0]["certificate"]["key"], key(signer));
        stopped.certificates = serde_json::from_value(Value::Array(json)).unwrap();
        directory.put_person(&stopped).await.unwrap();
    }
    world.run_intake().await;
    let path_of_submission = format!("/submissions/{reference}");
    let now = world
        .get_json("supplier-submitter", &path_of_submission)
        .await;
    assert_eq!(now["state"], "awaiting-review", "{now:#}");

    let (status, problem) = world.post_decision("reviewer-1", &path, &accept).await;
    assert!(status.is_client_error(), "{status} {problem}");
    let remove = json!({ "kind": "remove", "person": ARO });
    let (status, problem) = world.ask_signed("dcc-admin-1", LARGE, &remove).await;
    assert!(status.is_client_error(), "{status} {problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("the key was stopped"), "{detail}");
    assert!(world.registered(ARO).await.is_some());
    // Another reviewer decides.
    world.pass(std::time::Duration::from_secs(2));
    let again = decision(Decision::Accept, &now);
    let (status, answer) = world.post_decision("reviewer-2", &path, &again).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_by_a_stopped_key_counts_for_nothing() {
    let world = World::new().await;
    let auditor = json!({ "kind": "change-roles", "person": "dcc-operator", "roles": ["operator", "auditor"] });
    let (status, answer) = world.ask_signed("dcc-admin-1", "dcc", &auditor).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    let (status, answer) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    // The stop overtakes the answer.
    let directory = &world.backend.directory;
    let mut approver = world.registered("dcc-admin-2").await.unwrap();
    approver.certificates = RegisteredCertificates::default();
    directory.put_person(&approver).await.unwrap();
    assert_eq!(world.run_intake().await, [false]);
    let operator = world.registered("dcc-operator").await.unwrap();
    assert_eq!(operator.roles.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_stop_keys_of_their_own_without_one_and_nobody_elses() {
    let world = World::new().await;
    let (own, other) = (world.signer("reviewer-1"), world.signer("reviewer-2"));
    let stop = |person: &str, signer: &Signer| Asked::Plain {
        change: serde_json::from_value(
            json!({ "kind": "stop-key", "person": person, "key": key(signer) }),
        )
        .unwrap(),
        reason: change_reason("Urgent."),
    };
    for (by, asked) in [
        ("reviewer-1", stop("reviewer-2", &other)),
        ("dcc-admin-1", stop("reviewer-2", &other)),
        // In the name of a User's administrator, at the entrance of staff.
        ("supplier-admin", stop(ARO, &world.signer(ARO))),
    ] {
        let id = world.change_reference();
        assert_eq!(
            forge(&world, Entrance::Staff, id, by, asked).await,
            [false],
            "{by}"
        );
        let message = world.queues.one().await;
        world.queues.delete(&message).await;
    }
    let (status, answer) = stop_own(&world, "reviewer-1", &own).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let me = world.get_json("reviewer-1", "/me").await;
    assert_eq!(
        me["certificates"][0]["stopped"]["by"]["id"], "reviewer-1",
        "{me:#}"
    );
    let (status, problem) = stop_own(&world, "reviewer-1", &own).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let (status, problem) = stop_own(&world, "reviewer-1", &other).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_not_made_once_the_key_that_asked_for_it_was_stopped() {
    let world = World::new().await;
    let signer = world.signer("dcc-admin-1");
    let auditor = json!({ "kind": "change-roles", "person": "dcc-operator", "roles": ["operator", "auditor"] });
    let (status, answer) = world.ask_signed("dcc-admin-1", "dcc", &auditor).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    world.pass(std::time::Duration::from_secs(2));
    stopped(&world, "dcc-admin-1", &signer).await;
    let (status, answer) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let operator = world.registered("dcc-operator").await.unwrap();
    assert_eq!(operator.roles.len(), 1);
    let people = world.people("dcc-admin-2", "dcc").await;
    let mut changes = people["changes"].as_array().unwrap().iter();
    let change = changes.find(|change| change["request"] == waiting["request"]);
    let state = &change.unwrap()["state"];
    assert_eq!(state["name"], "refused", "{state:#}");
    let why = state["why"].as_str().unwrap();
    assert!(why.contains("the key was stopped"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_key_does_not_come_back_with_its_owner_or_with_another() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-2");
    stopped(&world, "supplier-aro-2", &signer).await;
    let remove = json!({ "kind": "remove", "person": "supplier-aro-2" });
    let (status, answer) = world.ask("supplier-admin", LARGE, &remove).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    world.pass(std::time::Duration::from_secs(2));
    let invite = json!({
        "kind": "invite", "person": "supplier-aro-2", "name": "Back Again", "roles": ["aro"],
        "signerSubject": "CN=Supplier ARO 2,O=Large Supplier,C=GB",
    });
    let (status, answer) = world.ask_signed("dcc-admin-1", LARGE, &invite).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", LARGE).await;
    world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    assert!(registered(&world, "supplier-aro-2").await == 0);
    world.pass(std::time::Duration::from_secs(2));

    let again = registration(&world, "supplier-aro-2", &signer);
    let (status, answer) = register(&world, "supplier-aro-2", &again, &signer).await;
    assert_eq!(
        status,
        StatusCode::ACCEPTED,
        "the entrance cannot read it: {answer}"
    );
    assert_eq!(world.run_intake().await, [true]);
    let refused = world.last_change("dcc-admin-1", LARGE).await;
    let why = refused["state"]["why"].as_str().unwrap();
    assert!(why.contains("never counts again"), "{refused:#}");
    assert_eq!(registered(&world, "supplier-aro-2").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_who_looks_is_shown_that_the_key_was_stopped_meanwhile() {
    let world = World::new().await;
    let signer = world.signer(ARO);
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let reference = held["reference"].as_str().unwrap();
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    stopped(&world, ARO, &signer).await;
    world
        .get("reviewer-1", &format!("/reviews/{reference}"))
        .await;
    assert!(world.run_intake().await.iter().all(|handled| *handled));
    let path = format!("/submissions/{reference}");
    let now = world.get_json("supplier-submitter", &path).await;
    assert_eq!(now["state"], "rejected", "{now:#}");
}
