//! A signature counts by a certificate that its owner registered with a signature of its key, until the key is stopped: then nothing of it counts, not
//! even what waits.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::stores::{Asked, TakenRequest};
use sluice_shared::directory::{
    CertificateIdentity, ChangeAnswer, ChangeStatement, DirectoryChange, Entrance,
    RegisteredCertificates,
};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::ChangeRequestId;
use sluice_shared::submission::Decision;

use super::support::{IMPORT, Signer, World, change_reason, decision, signed_as_json};

const LARGE: &str = "large-supplier";
const ARO: &str = "supplier-aro-1";

/// That `person` registers the certificate of a key.
fn registration(world: &World, person: &str, of: &Signer) -> ChangeStatement {
    let organisation = if person.starts_with("supplier") {
        LARGE
    } else {
        "dcc"
    };
    ChangeStatement {
        request: world.change_reference(),
        organisation: organisation.parse().unwrap(),
        change: DirectoryChange::RegisterCertificate {
            person: person.parse().unwrap(),
            certificate: CertificateIdentity::parse(of.certificate().unwrap()).unwrap(),
        },
        reason: change_reason("A new computer."),
        asked_at: world.now(),
    }
}

/// As the page registers a certificate: signed with its key. The answer.
async fn register(
    world: &World,
    caller: &str,
    statement: &ChangeStatement,
    signer: &Signer,
) -> (StatusCode, Value) {
    let body = signed_as_json(signer, statement, statement.asked_at);
    let body = serde_json::to_value(body).unwrap();
    world
        .call(Method::POST, caller, "/me/certificates", &[], Some(&body))
        .await
}

fn key(signer: &Signer) -> String {
    signer.certificate().unwrap().key_sha256().to_string()
}

async fn stop_own(world: &World, caller: &str, signer: &Signer) -> (StatusCode, Value) {
    let body = json!({ "key": key(signer), "reason": "The computer was stolen." });
    world
        .call(Method::POST, caller, "/me/stopped-keys", &[], Some(&body))
        .await
}

/// Sends an ADT File that is nothing new, so that the first finding is the signature's; state and code of the first finding.
async fn sent(world: &World, signer: &Signer, times: u64) -> (Value, Value) {
    let file = world.adt(IMPORT, |_, level| Some(level * times)).await;
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, signer)
        .await;
    let reference = settled["reference"].as_str().unwrap();
    let path = format!("/submissions/{reference}/findings");
    let findings = world.get_json("supplier-submitter", &path).await;
    world.pass(std::time::Duration::from_secs(2));
    (
        settled["state"].clone(),
        findings["items"][0]["code"].clone(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_the_same_name_counts_once_its_owner_has_registered_it() {
    let world = World::new().await;
    let (old, new) = (world.signer(ARO), world.new_signer(ARO));
    let (state, code) = sent(&world, &new, 1).await;
    assert_eq!(state, "rejected", "{code}");
    assert_eq!(code, "certificate-not-registered");

    let statement = registration(&world, ARO, &new);
    let (status, answer) = register(&world, ARO, &statement, &new).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let me = world.get_json(ARO, "/me").await;
    let mine = me["certificates"].as_array().unwrap();
    assert!(mine.iter().any(|one| one["key"] == key(&new)), "{me:#}");
    for signer in [&new, &old] {
        let (state, code) = sent(&world, signer, 1).await;
        assert_ne!(state, "rejected", "{code}: renewal overlaps");
    }
    let change = world.last_change("supplier-admin", LARGE).await;
    assert_eq!(change["change"]["kind"], "register-certificate");
    assert_eq!(change["state"]["name"], "made");
    assert_eq!(change["askedBy"]["id"], ARO);
    // The same again, as after an answer that was lost.
    let (status, answer) = register(&world, ARO, &statement, &new).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_registers_what_is_not_theirs_or_what_they_have_no_key_of() {
    let world = World::new().await;
    let (own, other) = (world.new_signer(ARO), world.new_signer("supplier-aro-2"));
    let before = registered(&world, ARO).await;
    let of_own = registration(&world, ARO, &own);
    let of_other = registration(&world, "supplier-aro-2", &other);
    let other_in_my_name = registration(&world, ARO, &other);
    for (what, caller, statement, signer, detail) in [
        (
            "signed with another key",
            ARO,
            &of_own,
            &world.signer(ARO),
            "not signed with this certificate's key",
        ),
        ("somebody else's", ARO, &of_other, &other, "was signed as"),
        (
            "somebody else's certificate",
            ARO,
            &other_in_my_name,
            &other,
            "was signed as",
        ),
        (
            "somebody else's certificate, own key",
            ARO,
            &other_in_my_name,
            &own,
            "not signed with this certificate's key",
        ),
        (
            "for somebody else",
            ARO,
            &of_other,
            &own,
            "certificates of their own",
        ),
        (
            "nobody who signs",
            "supplier-submitter",
            &of_own,
            &own,
            "needs one of the roles",
        ),
    ] {
        let (status, problem) = register(&world, caller, statement, signer).await;
        assert!(status.is_client_error(), "{what}: {status} {problem}");
        let said = problem["detail"].as_str().unwrap();
        assert!(said.contains(detail), "{what}: {said}");
    }
    assert!(world.queues.is_empty().await);
    // And past the API, with the credentials of either entrance.
    for (entrance, statement, signer) in [
        (Entrance::Users, &of_other, &own),
        (Entrance::Users, &other_in_my_name, &other),
        (Entrance::Staff, &of_own, &world.signer("dcc-admin-1")),
    ] {
        let signed = signed_as_json(signer, statement, statement.asked_at)
            .signed
            .0;
        let handled = forge(
            &world,
            entrance,
            statement.request,
            ARO,
            Asked::Signed(signed),
        )
        .await;
        if handled == [false] {
            let message = world.queues.one().await;
            world.queues.delete(&message).await;
        }
    }
    for (person, before) in [(ARO, before), ("supplier-aro-2", 1)] {
        assert_eq!(registered(&world, person).await, before, "{person}");
    }
}

/// How many certificates a person has registered.
async fn registered(world: &World, person: &str) -> usize {
    let person = world.registered(person).await.unwrap();
    person.certificates.iter().count()
}

/// Writes, as `api` or `review` could, that somebody asks; whether `intake` took it for done.
async fn forge(
    world: &World,
    entrance: Entrance,
    id: ChangeRequestId,
    by: &str,
    asked: Asked,
) -> Vec<bool> {
    let person = world.registered(by).await.unwrap();
    let organisation = person.organisation;
    let taken = TakenRequest {
        by: person.id,
        correlation_id: None,
        asked,
    };
    let requests = &world.backend.requests;
    let put = requests.ask(entrance, &organisation, id, &taken);
    put.await.unwrap();
    let queue = &world.backend.requests_queue;
    let told = queue.change_asked(&organisation, (id, entrance), None);
    told.await.unwrap();
    world.run_intake().await
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
        assert_eq!(json[0]["key"], key(signer));
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

/// Somebody's key is stopped by its owner.
async fn stopped(world: &World, caller: &str, signer: &Signer) {
    let (status, answer) = stop_own(world, caller, signer).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
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
async fn neither_entrance_registers_for_the_people_of_the_other() {
    let world = World::new().await;
    for (entrance, person) in [
        (Entrance::Staff, ARO),
        (Entrance::Users, "reviewer-1"),
        (Entrance::Users, "dcc-admin-2"),
    ] {
        let (signer, before) = (world.new_signer(person), registered(&world, person).await);
        let statement = registration(&world, person, &signer);
        let signed = signed_as_json(&signer, &statement, statement.asked_at);
        let asked = Asked::Signed(signed.signed.0);
        let handled = forge(&world, entrance, statement.request, person, asked).await;
        assert_eq!(handled, [false], "{person} at {entrance:?}");
        let message = world.queues.one().await;
        world.queues.delete(&message).await;
        assert_eq!(registered(&world, person).await, before, "{person}");
    }
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
