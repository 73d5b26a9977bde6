//! Nobody changes the directory by writing past the API: what `api` or `review` could write down as somebody's request counts only as far as the
//! rule gives it to that person, and for the DCC only if its administrators signed it.

use http::StatusCode;
use serde_json::{Value, json};
use sluice_functions::stores::{Asked, TakenAnswer, TakenRequest};
use sluice_shared::directory::Entrance::{self, Staff, Users};
use sluice_shared::directory::{ChangeAnswer, PersonRole};
use sluice_shared::identifiers::ChangeRequestId;

use super::support::{World, change_reason, signed_as_json};

const LARGE: &str = "large-supplier";

fn reviewer(person: &str) -> Value {
    json!({ "kind": "invite", "person": person, "name": "IT Support", "roles": ["reviewer"], "signerSubject": "CN=IT,C=GB" })
}

/// Writes, as `api` or `review` could, that somebody asks, and tells `intake`. Whether that took it for done.
async fn forge(
    world: &World,
    organisation: &str,
    id: ChangeRequestId,
    by: &str,
    asked: Asked,
) -> Vec<bool> {
    let organisation = organisation.parse().unwrap();
    let taken = TakenRequest {
        by: by.parse().unwrap(),
        correlation_id: None,
        asked,
    };
    let (requests, queue) = (&world.backend.requests, &world.backend.requests_queue);
    let asked = requests.ask(Users, &organisation, id, &taken);
    asked.await.unwrap();
    let told = queue.change_asked(&organisation, (id, Users), None);
    told.await.unwrap();
    world.run_intake().await
}

fn plain(change: &Value) -> Asked {
    Asked::Plain {
        change: serde_json::from_value(change.clone()).unwrap(),
        reason: change_reason("Urgent."),
    }
}

async fn dead_letter(world: &World) {
    let message = world.queues.one().await;
    world.queues.delete(&message).await;
}

/// A request for a change in the DCC, signed by this person.
fn signed(world: &World, signer: &str, change: &Value) -> (ChangeRequestId, Vec<u8>) {
    let statement = world.change_statement("dcc", change);
    let body = signed_as_json(&world.signer(signer), &statement, statement.asked_at);
    (statement.request, body.signed.0)
}

/// What is forged so ends as a dead letter, and is on no list.
async fn counts_for_nothing(
    world: &World,
    what: &str,
    (organisation, id): (&str, ChangeRequestId),
    by: &str,
    signed: Vec<u8>,
) {
    let organisation_id = organisation.parse().unwrap();
    let taken = TakenRequest {
        by: by.parse().unwrap(),
        correlation_id: None,
        asked: Asked::Signed(signed),
    };
    let put = world
        .backend
        .requests
        .ask(Staff, &organisation_id, id, &taken);
    if put.await.is_err() {
        overwrite(world, organisation, id, &taken).await;
    }
    let queue = &world.backend.requests_queue;
    let told = queue.change_asked(&organisation_id, (id, Staff), None);
    told.await.unwrap();
    assert_eq!(world.run_intake().await, [false], "{what}");
    dead_letter(world).await;
    let left = world.backend.directory.changes(&organisation_id).await;
    assert_eq!(left.unwrap(), [], "{what}");
    assert!(world.registered("intruder").await.is_none(), "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dcc_administrator_did_not_sign_counts_for_nothing() {
    let world = World::new().await;
    let change = reviewer("intruder");
    let unsigned = plain(&change);
    let id = world.change_reference();
    assert_eq!(
        forge(&world, "dcc", id, "dcc-admin-1", unsigned).await,
        [false]
    );
    dead_letter(&world).await;
    for (signer, by) in [
        ("supplier-aro-1", "nobody-at-all"),
        ("supplier-aro-1", "dcc-admin-1"),
        ("reviewer-1", "reviewer-1"),
        ("reviewer-1", "dcc-admin-1"),
        ("dcc-admin-1", "dcc-admin-2"),
    ] {
        let (id, bytes) = signed(&world, signer, &change);
        let what = format!("{signer} in the name of {by}");
        counts_for_nothing(&world, &what, ("dcc", id), by, bytes).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dcc_administrator_signed_counts_for_that_alone_and_for_a_day() {
    let world = World::new().await;
    let (id, bytes) = signed(&world, "dcc-admin-1", &reviewer("intruder"));
    let mut altered = bytes.clone();
    let position = altered.windows(8).position(|at| at == b"intruder").unwrap();
    altered[position] = b'I';
    let other = world.change_reference();
    for (what, place, bytes) in [
        ("altered", ("dcc", id), altered),
        ("for another reference", ("dcc", other), bytes.clone()),
        ("for another organisation", (LARGE, id), bytes.clone()),
        ("rubbish", ("dcc", other), b"no signature".to_vec()),
    ] {
        counts_for_nothing(&world, what, place, "dcc-admin-1", bytes).await;
    }
    world.pass(std::time::Duration::from_hours(25));
    counts_for_nothing(&world, "kept back", ("dcc", id), "dcc-admin-1", bytes).await;
}

/// As whoever holds the function's rights can: no policy keeps an item from being replaced.
async fn overwrite(world: &World, organisation: &str, id: ChangeRequestId, taken: &TakenRequest) {
    let Asked::Signed(signed) = &taken.asked else {
        panic!("only signed ones are forged twice")
    };
    let text = |value: &str| aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned());
    let put = world.place.clients().dynamodb.put_item();
    let put = put
        .table_name(&world.backend.settings.tables.decisions)
        .item("pk", text(&format!("{organisation}#REQUESTS")))
        .item("sk", text(&format!("REQUEST#{id}")))
        .item("by", text(taken.by.as_str()))
        .item(
            "signed",
            aws_sdk_dynamodb::types::AttributeValue::B(signed.clone().into()),
        );
    put.send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_an_organisations_administrators_name_no_more_is_made_than_they_may_ask_for() {
    let world = World::new().await;
    let id = || world.change_reference();
    let viewer =
        json!({ "kind": "invite", "person": "intruder", "name": "A", "roles": ["viewer"] });
    // In the name of somebody who keeps no people there, or in an organisation that is not theirs.
    for (by, organisation) in [
        ("supplier-admin", "network-operator"),
        ("supplier-admin", "dcc"),
        ("reviewer-1", "dcc"),
    ] {
        assert_eq!(
            forge(&world, organisation, id(), by, plain(&viewer)).await,
            [false],
            "{by} in {organisation}"
        );
        dead_letter(&world).await;
    }
    let aro = json!({ "kind": "invite", "person": "intruder", "name": "A", "roles": ["aro"], "signerSubject": "CN=A,C=GB" });
    let moves = json!({ "kind": "move", "person": "supplier-aro-1", "to": "network-operator", "roles": ["viewer"] });
    let reviewing = json!({ "kind": "change-roles", "person": "supplier-aro-1", "roles": ["reviewer"], "signerSubject": "CN=A,C=GB" });
    let user_ids = json!({ "kind": "change-organisation", "name": "A", "userIds": [] });
    for (by, change) in [
        ("supplier-aro-1", &viewer),
        ("supplier-submitter", &viewer),
        ("supplier-admin", &aro),
        ("supplier-admin", &moves),
        ("supplier-admin", &reviewing),
        ("supplier-admin", &user_ids),
    ] {
        assert_eq!(
            forge(&world, LARGE, id(), by, plain(change)).await,
            [true],
            "{by}: {change}"
        );
        let last = world.last_change("dcc-admin-1", LARGE).await;
        assert_eq!(last["state"]["name"], "refused", "{by}: {last:#}");
        // The next one is later, whatever the clock's steps.
        world.pass(std::time::Duration::from_secs(1));
    }
    assert!(world.registered("intruder").await.is_none());
    let aro = world.registered("supplier-aro-1").await.unwrap();
    assert_eq!(aro.roles, [PersonRole::Aro, PersonRole::Submitter]);
}

/// Puts an item as whoever holds the rights of one entrance could into the other's place, were it not for the roles; and tells `intake` that it is there.
async fn put_elsewhere(world: &World, table: &str, id: ChangeRequestId, item: [(&str, &str); 2]) {
    let text = |value: &str| aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned());
    let mut put = world.place.clients().dynamodb.put_item();
    put = put
        .table_name(table)
        .item("pk", text("large-supplier#REQUESTS"))
        .item("sk", text(&format!("REQUEST#{id}")));
    for (name, value) in item {
        put = put.item(name, text(value));
    }
    put.send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_organisations_administrator_asks_counts_only_where_the_staffs_entrance_cannot_put_it()
 {
    let world = World::new().await;
    let viewer =
        json!({ "kind": "invite", "person": "intruder", "name": "A", "roles": ["viewer"] });
    let asked = json!({ "change": viewer, "reason": "Urgent." }).to_string();
    let item = [("by", "supplier-admin"), ("asked", asked.as_str())];
    let tables = &world.backend.settings.tables;
    let (organisation, queue) = (LARGE.parse().unwrap(), &world.backend.requests_queue);
    for entrance in Entrance::ALL {
        let id = world.change_reference();
        put_elsewhere(&world, &tables.decisions, id, item).await;
        let told = queue.change_asked(&organisation, (id, entrance), None);
        told.await.unwrap();
        assert_eq!(world.run_intake().await, [false], "told as at {entrance:?}");
        dead_letter(&world).await;
    }
    assert!(world.registered("intruder").await.is_none());
    // The very item counts where `api` puts it.
    let id = world.change_reference();
    put_elsewhere(&world, &tables.requests, id, item).await;
    let told = queue.change_asked(&organisation, (id, Users), None);
    told.await.unwrap();
    assert_eq!(world.run_intake().await, [true]);
    assert!(world.registered("intruder").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_no_second_administrator_signed_counts_for_nothing() {
    let world = World::new().await;
    let (status, answer) = world
        .ask_signed("dcc-admin-1", "dcc", &reviewer("newcomer"))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    let request: ChangeRequestId = waiting["request"].as_str().unwrap().parse().unwrap();
    let digest = waiting["signed"].as_str().unwrap();
    let signed = |signer: &str, request, digest: &str| {
        let statement = world.answer_statement(request, digest, ChangeAnswer::Approve);
        signed_as_json(&world.signer(signer), &statement, statement.answered_at)
            .signed
            .0
    };
    let of_asker = signed("dcc-admin-1", request, digest);
    let of_reviewer = signed("reviewer-1", request, digest);
    let of_second = signed("dcc-admin-2", request, digest);
    let other = signed("dcc-admin-2", world.change_reference(), digest);
    let other_content = signed("dcc-admin-2", request, &"0".repeat(64));
    let organisation = "dcc".parse().unwrap();
    for (what, by, signed) in [
        ("whoever asked", "dcc-admin-1", of_asker.clone()),
        ("whoever asked, in another's name", "dcc-admin-2", of_asker),
        ("a reviewer", "reviewer-1", of_reviewer.clone()),
        ("a reviewer, in another's name", "dcc-admin-2", of_reviewer),
        ("nobody", "nobody-at-all", of_second.clone()),
        ("of another request", "dcc-admin-2", other),
        ("of another content", "dcc-admin-2", other_content),
        ("rubbish", "dcc-admin-2", b"no signature".to_vec()),
    ] {
        let answer = world.change_reference();
        let taken = TakenAnswer {
            by: by.parse().unwrap(),
            correlation_id: None,
            signed,
        };
        world
            .backend
            .requests
            .answer(&organisation, (request, answer), &taken)
            .await
            .unwrap();
        let queue = &world.backend.requests_queue;
        queue
            .change_answered(&organisation, request, answer, None)
            .await
            .unwrap();
        assert_eq!(world.run_intake().await, [false], "{what}");
        dead_letter(&world).await;
        assert!(world.registered("newcomer").await.is_none(), "{what}");
    }
    // None of it keeps the second administrator from answering.
    let (status, answer) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert!(world.registered("newcomer").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_told_of_twice_is_made_once() {
    let world = World::new().await;
    let id = world.change_reference();
    let viewer =
        json!({ "kind": "invite", "person": "newcomer", "name": "A", "roles": ["viewer"] });
    assert_eq!(
        forge(&world, LARGE, id, "supplier-admin", plain(&viewer)).await,
        [true]
    );
    let before = world.last_change("supplier-admin", LARGE).await;
    world
        .backend
        .requests_queue
        .change_asked(&LARGE.parse().unwrap(), (id, Users), None)
        .await
        .unwrap();
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(world.last_change("supplier-admin", LARGE).await, before);
}
