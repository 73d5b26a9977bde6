//! Organisations and people are kept by request: an organisation's administrator keeps its people, DCC administrators keep the rest two by two, and
//! what was decided holds with the next call of whoever it is about.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_shared::directory::{ChangeAnswer, ChangeStatement, PersonRole};
use sluice_shared::files::FileKind;

use super::support::{IMPORT, NEWCOMER, World, signed_as_json};

const LARGE: &str = "large-supplier";

fn invite(roles: &[&str]) -> Value {
    json!({ "kind": "invite", "person": NEWCOMER.id, "name": "New, Comer", "roles": roles })
}

fn remove(person: &str) -> Value {
    json!({ "kind": "remove", "person": person })
}

async fn status_of(world: &World, person: &sluice_local::demo::people::Person) -> StatusCode {
    let client = world.client_of(person);
    let answer = client.send_raw(Method::GET, "/submissions", &[], Vec::new());
    answer.await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_invites_changes_and_removes_and_each_holds_with_the_next_call() {
    let world = World::new().await;
    assert_eq!(status_of(&world, &NEWCOMER).await, StatusCode::FORBIDDEN);
    let (status, answer) = world
        .ask("supplier-admin", LARGE, &invite(&["viewer"]))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert!(
        world.registered(NEWCOMER.id).await.is_none(),
        "what is asked for is not done"
    );
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(status_of(&world, &NEWCOMER).await, StatusCode::OK);

    let rename = json!({ "kind": "rename", "person": NEWCOMER.id, "name": "New, Married" });
    let roles =
        json!({ "kind": "change-roles", "person": NEWCOMER.id, "roles": ["submitter", "viewer"] });
    for change in [rename, roles] {
        let (status, answer) = world.ask("supplier-admin", LARGE, &change).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
    }
    let person = world.registered(NEWCOMER.id).await.unwrap();
    assert_eq!(
        (person.name.as_str(), person.roles.as_slice()),
        (
            "New, Married",
            [PersonRole::Submitter, PersonRole::Viewer].as_slice()
        )
    );

    let (status, answer) = world
        .ask("supplier-admin", LARGE, &remove(NEWCOMER.id))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(status_of(&world, &NEWCOMER).await, StatusCode::FORBIDDEN);

    // Who, when and why of all of it is kept, under the name that they had then; and who has left is still called by name.
    let people = world.people("supplier-admin", LARGE).await;
    let changes = people["changes"].as_array().unwrap();
    let kinds: Vec<_> = changes
        .iter()
        .map(|change| change["change"]["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["remove", "change-roles", "rename", "invite"],
        "{people:#}"
    );
    for change in changes {
        assert_eq!(change["askedBy"]["id"], "supplier-admin");
        assert_eq!(change["state"]["name"], "made");
        assert_eq!(change["reason"], "As agreed.");
    }
    assert_eq!(changes[0]["about"]["name"], "New, Married");
    let named = world
        .backend
        .directory
        .person_named(&NEWCOMER.id.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(named.unwrap().name, "New, Married");
    // And may come back.
    let (status, _) = world
        .ask("supplier-admin", LARGE, &invite(&["viewer"]))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(status_of(&world, &NEWCOMER).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_asked_for_is_refused_in_the_rules_words_and_leaves_nothing() {
    let world = World::new().await;
    let subject = "CN=New Comer,C=GB";
    let aro = json!({ "kind": "invite", "person": NEWCOMER.id, "name": "A", "roles": ["aro"], "signerSubject": subject });
    let moves = json!({ "kind": "move", "person": "supplier-submitter", "to": "network-operator", "roles": ["viewer"] });
    let mut stranger = invite(&["viewer"]);
    stranger["person"] = "network-aro-1".into();
    for (change, expected) in [
        (
            aro,
            "You cannot give the role Authorised Responsible Officer",
        ),
        (moves, "Only DCC administrators can do this"),
        (stranger, "registered already"),
        (remove("supplier-admin"), "last administrator"),
        (remove("network-aro-1"), "There is nobody with this sign-in"),
        (invite(&["reviewer"]), "for people of the DCC only"),
    ] {
        let (status, problem) = world.ask("supplier-admin", LARGE, &change).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::CONFLICT, &json!("change-barred")),
            "{change}: {problem}"
        );
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(expected), "{detail}");
    }
    let (status, problem) = world
        .ask("supplier-admin", "network-operator", &invite(&["viewer"]))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{problem}");
    let (status, _) = world
        .ask("supplier-aro-1", LARGE, &invite(&["viewer"]))
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(world.queues.is_empty().await);
    assert_eq!(
        world.people("supplier-admin", LARGE).await["changes"],
        json!([])
    );
}

/// Before `intake` has taken the first up, and after it.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_that_was_used_is_taken_for_the_very_same_request_alone() {
    let world = World::new().await;
    let rename = |name: &str| json!({ "kind": "rename", "person": "supplier-aro-1", "name": name });
    let first = world.change_statement(LARGE, &rename("One"));
    let mut second = world.change_statement(LARGE, &rename("Two"));
    second.request = first.request;
    let signer = world.signer("dcc-admin-1");
    let sealed = |statement: &ChangeStatement| {
        serde_json::to_value(signed_as_json(&signer, statement, statement.asked_at)).unwrap()
    };
    let (first, second) = (sealed(&first), sealed(&second));
    let ask = async |body: &Value| {
        let path = format!("/organisations/{LARGE}/signed-changes");
        world
            .call(Method::POST, "dcc-admin-1", &path, &[], Some(body))
            .await
    };
    let is_refused = |(status, problem): (StatusCode, Value)| {
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("its reference was used before"), "{detail}");
    };
    assert_eq!(ask(&first).await.0, StatusCode::ACCEPTED);
    is_refused(ask(&second).await);
    assert_eq!(ask(&first).await.0, StatusCode::ACCEPTED);
    world.run_intake().await;
    is_refused(ask(&second).await);
    assert_eq!(ask(&first).await.0, StatusCode::ACCEPTED);
    world.run_intake().await;
    let person = world.registered("supplier-aro-1").await.unwrap();
    assert_eq!(person.name, "One");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_gives_more_waits_for_a_second_administrator_who_is_another() {
    let world = World::new().await;
    let aro = json!({
        "kind": "invite", "person": NEWCOMER.id, "name": "New, Comer", "roles": ["aro", "submitter"],
        "signerSubject": "CN=New Comer,O=Large Supplier,C=GB",
    });
    let (status, answer) = world.ask_signed("dcc-admin-1", LARGE, &aro).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.get_json("dcc-admin-2", "/changes-to-approve").await["items"][0].clone();
    assert_eq!(waiting["state"]["name"], "awaiting-approval", "{waiting:#}");
    assert!(world.registered(NEWCOMER.id).await.is_none());

    let (status, problem) = world
        .answer("dcc-admin-1", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("You asked for it yourself"),
        "{problem}"
    );
    for other in ["reviewer-1", "dcc-operator", "supplier-admin"] {
        let (status, problem) = world.answer(other, &waiting, ChangeAnswer::Approve).await;
        let is_refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status);
        assert!(is_refused, "{other}: {status} {problem}");
    }
    assert!(world.queues.is_empty().await);

    let (status, answer) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let registered = world.registered(NEWCOMER.id).await.unwrap();
    assert_eq!(
        registered.signing_subject(),
        Some("CN=New Comer,O=Large Supplier,C=GB")
    );
    let made = world.last_change("dcc-admin-1", LARGE).await;
    assert_eq!(made["state"]["name"], "made", "{made:#}");
    assert_eq!(made["state"]["approvedBy"]["id"], "dcc-admin-2");
    assert_eq!(made["askedBy"]["id"], "dcc-admin-1");
    let none = world.get_json("dcc-admin-1", "/changes-to-approve").await;
    assert_eq!(none["items"], json!([]));
    let (status, problem) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Refuse)
        .await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &json!("already-decided")),
        "{problem}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_with_its_reason_settles_it_and_nothing_changes() {
    let world = World::new().await;
    let reviewer = json!({
        "kind": "invite", "person": NEWCOMER.id, "name": "A", "roles": ["reviewer"], "signerSubject": "CN=A,O=DCC,C=GB",
    });
    world.ask_signed("dcc-admin-2", "dcc", &reviewer).await;
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    world
        .answer("dcc-admin-1", &waiting, ChangeAnswer::Refuse)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let refused = world.last_change("dcc-admin-2", "dcc").await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    assert_eq!(refused["state"]["why"], "Seen and agreed.");
    assert_eq!(refused["state"]["by"]["id"], "dcc-admin-1");
    assert!(world.registered(NEWCOMER.id).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_the_second_is_held_to_what_the_first_changed() {
    let world = World::new().await;
    let first = json!({
        "kind": "invite", "person": "deputy", "name": "Deputy", "roles": ["organisation-admin"],
    });
    world.ask("supplier-admin", LARGE, &first).await;
    assert_eq!(world.run_intake().await, [true]);
    // Each was allowed when it was asked for: the other administrator would remain.
    for person in ["deputy", "supplier-admin"] {
        let (status, answer) = world.ask("supplier-admin", LARGE, &remove(person)).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    }
    let handled = world.run_intake_on(2).await;
    assert_eq!(handled, [true, true]);
    let admins = [
        world.registered("deputy").await,
        world.registered("supplier-admin").await,
    ];
    assert_eq!(
        admins.iter().flatten().count(),
        1,
        "one administrator remains"
    );
    let changes = world
        .backend
        .directory
        .changes(&LARGE.parse().unwrap())
        .await
        .unwrap();
    let states: Vec<_> = changes
        .iter()
        .map(|change| change.made_at().is_some())
        .collect();
    assert_eq!(
        states.iter().filter(|made| **made).count(),
        2,
        "{changes:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_answers_at_once_are_one_outcome() {
    let world = World::new().await;
    let operator = json!({ "kind": "change-roles", "person": "dcc-operator", "roles": ["operator", "auditor"] });
    world.ask_signed("dcc-admin-1", "dcc", &operator).await;
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    for answer in [ChangeAnswer::Approve, ChangeAnswer::Refuse] {
        let (status, said) = world.answer("dcc-admin-2", &waiting, answer).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{said}");
    }
    assert_eq!(world.run_intake_on(2).await, [true, true]);
    let settled = world.last_change("dcc-admin-1", "dcc").await;
    let roles = world.registered("dcc-operator").await.unwrap().roles;
    let is_made = settled["state"]["name"] == "made";
    assert_eq!(roles.contains(&PersonRole::Auditor), is_made, "{settled:#}");
    assert_ne!(settled["state"]["name"], "awaiting-approval");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_removed_is_out_at_once_with_what_waits_of_theirs() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .start("supplier-submitter", "key-of-who-leaves", &request)
        .await;
    drop(signer);
    let (status, answer) = world
        .ask("supplier-admin", LARGE, &remove("supplier-submitter"))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    for path in ["/me", "/submissions", "/profile"] {
        let (status, problem) = world.get("supplier-submitter", path).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::FORBIDDEN, &json!("not-registered")),
            "{path}"
        );
    }
    // The address for the upload is still good; what comes by it is nobody's.
    let upload = started.upload.unwrap();
    assert_eq!(super::support::put(&upload, file).await, 200);
    assert_eq!(world.run_intake().await, [false], "sender-may-not-send");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_administrator_asked_for_is_not_made_once_they_have_left() {
    let world = World::new().await;
    let third = json!({
        "kind": "invite", "person": "dcc-admin-3", "name": "Third", "roles": ["dcc-admin"], "signerSubject": "CN=Third,O=DCC,C=GB",
    });
    world.ask_signed("dcc-admin-1", "dcc", &third).await;
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    let directory = &world.backend.directory;
    let mut asker = world.registered("dcc-admin-1").await.unwrap();
    asker.roles = vec![PersonRole::Operator];
    directory.put_person(&asker).await.unwrap();
    world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let refused = world.last_change("dcc-admin-2", "dcc").await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    assert!(world.registered("dcc-admin-3").await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_moves_and_an_organisation_is_registered_two_by_two() {
    let world = World::new().await;
    let create = json!({
        "kind": "create-organisation", "name": "Small Supplier, Ltd",
        "userIds": [{ "id": "90-B3-D5-1F-30-09-00-00", "roles": ["IS"] }],
        "details": { "category": "small-supplier", "contact": "ops@example.com" },
    });
    let moves = json!({ "kind": "move", "person": "supplier-submitter", "to": "small-supplier", "roles": ["viewer"] });
    for (organisation, change) in [("small-supplier", &create), (LARGE, &moves)] {
        let (status, answer) = world.ask_signed("dcc-admin-1", organisation, change).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
        let waiting =
            world.get_json("dcc-admin-2", "/changes-to-approve").await["items"][0].clone();
        world
            .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
            .await;
        assert_eq!(world.run_intake().await, [true]);
    }
    let there = world.registered("supplier-submitter").await.unwrap();
    assert_eq!(
        (there.organisation.as_str(), there.roles.as_slice()),
        ("small-supplier", [PersonRole::Viewer].as_slice())
    );
    let owner = world
        .backend
        .directory
        .owner_of("90-B3-D5-1F-30-09-00-00".parse().unwrap())
        .await;
    assert_eq!(owner.unwrap().unwrap().as_str(), "small-supplier");
    let left = world.people("supplier-admin", LARGE).await;
    let ids: Vec<_> = left["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["person"]["id"].clone())
        .collect();
    assert!(!ids.contains(&json!("supplier-submitter")), "{ids:?}");
    // The first administrator there is invited by one alone: somebody is there already, so not here.
    let admin = json!({ "kind": "invite", "person": "boss", "name": "Boss", "roles": ["organisation-admin"] });
    world
        .ask_signed("dcc-admin-1", "small-supplier", &admin)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let waits = world.last_change("dcc-admin-1", "small-supplier").await;
    assert_eq!(waits["state"]["name"], "awaiting-approval", "{waits:#}");
}
