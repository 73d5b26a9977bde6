//! What a second DCC administrator approves is what takes effect: of what was there when it was asked for, and of nothing that came in between.

use http::StatusCode;
use serde_json::{Value, json};
use sluice_shared::directory::{ChangeAnswer, PersonRole};

use super::support::{NEWCOMER, World, change_reason, signed_as_json};

const LARGE: &str = "large-supplier";

/// A DCC administrator asks, and `intake` takes it up; the change as it is then.
async fn taken_up(world: &World, organisation: &str, change: &Value) -> Value {
    let (status, answer) = world.ask_signed("dcc-admin-1", organisation, change).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let taken = world.last_change("dcc-admin-1", organisation).await;
    // The next one is later, whatever the clock's steps.
    world.pass(std::time::Duration::from_secs(1));
    taken
}

/// Another approves it; the change as it is then.
async fn approved(world: &World, waiting: &Value) -> Value {
    let (status, answer) = world
        .answer("dcc-admin-2", waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let organisation = waiting["organisation"].as_str().unwrap();
    let people = world.people("dcc-admin-1", organisation).await;
    let mut changes = people["changes"].as_array().unwrap().iter();
    let settled = changes.find(|change| change["request"] == waiting["request"]);
    settled.unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_was_changed_meanwhile_is_not_set_back_by_an_approval() {
    let world = World::new().await;
    let more = json!({
        "kind": "change-roles", "person": "dcc-operator", "roles": ["operator", "auditor"],
    });
    let waiting = taken_up(&world, "dcc", &more).await;
    assert_eq!(
        waiting["before"]["roles"],
        json!(["operator"]),
        "{waiting:#}"
    );
    let less = json!({ "kind": "rename", "person": "dcc-operator", "name": "Has Married" });
    let made = taken_up(&world, "dcc", &less).await;
    assert_eq!(made["state"]["name"], "made", "{made:#}");

    let refused = approved(&world, &waiting).await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    let why = refused["state"]["why"].as_str().unwrap();
    assert!(why.contains("changed since this was asked for"), "{why}");
    let operator = world.registered("dcc-operator").await.unwrap();
    assert_eq!(operator.roles, [PersonRole::Operator]);
    assert_eq!(operator.name, "Has Married");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_that_was_changed_meanwhile_is_not_set_back_by_an_approval() {
    let world = World::new().await;
    let large = world.people("dcc-admin-1", LARGE).await["organisation"].clone();
    let with = |name: &str, contact: &str| {
        json!({
            "kind": "change-organisation", "name": name, "userIds": large["userIds"],
            "details": { "contact": contact },
        })
    };
    let name = large["name"].as_str().unwrap();
    let renamed = with("Larger Supplier", "old@example.com");
    let waiting = taken_up(&world, LARGE, &renamed).await;
    assert_eq!(waiting["state"]["name"], "awaiting-approval", "{waiting:#}");
    let made = taken_up(&world, LARGE, &with(name, "new@example.com")).await;
    assert_eq!(made["state"]["name"], "made", "{made:#}");

    let refused = approved(&world, &waiting).await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    let now = world.people("dcc-admin-1", LARGE).await;
    assert_eq!(now["organisation"]["name"], name);
    assert_eq!(now["details"]["contact"], "new@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_removed_all_people_of_an_organisation_does_not_choose_who_comes_next() {
    let world = World::new().await;
    let people = world.people("dcc-admin-1", "network-operator").await;
    for person in people["people"].as_array().unwrap() {
        let id = &person["person"]["id"];
        let remove = json!({ "kind": "remove", "person": id, "leavesNoAdministrator": true });
        let taken = taken_up(&world, "network-operator", &remove).await;
        if taken["state"]["name"] == "awaiting-approval" {
            approved(&world, &taken).await;
        }
    }
    let left = world.people("dcc-admin-1", "network-operator").await;
    assert_eq!(left["people"], json!([]));
    let first = json!({
        "kind": "invite", "person": NEWCOMER.id, "name": "A", "roles": ["organisation-admin"],
    });
    let taken = taken_up(&world, "network-operator", &first).await;
    assert_eq!(taken["state"]["name"], "awaiting-approval", "{taken:#}");
    assert!(world.registered(NEWCOMER.id).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_with_one_reference_in_two_organisations_both_are_shown_to_whoever_approves()
{
    let world = World::new().await;
    let reference = world.change_reference();
    for organisation in [LARGE, "network-operator"] {
        let change = json!({
            "kind": "invite", "person": format!("new-at-{organisation}"), "name": "A", "roles": ["viewer"],
        });
        let mut statement = world.change_statement(organisation, &change);
        statement.request = reference;
        statement.reason = change_reason("Made up twice.");
        let body = signed_as_json(&world.signer("dcc-admin-1"), &statement, statement.asked_at);
        let path = format!("/organisations/{organisation}/signed-changes");
        let body = serde_json::to_value(body).unwrap();
        let (status, answer) = world
            .call(http::Method::POST, "dcc-admin-1", &path, &[], Some(&body))
            .await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
    }
    let waiting = world.get_json("dcc-admin-2", "/changes-to-approve").await["items"].clone();
    let waiting = waiting.as_array().unwrap();
    assert_eq!(waiting.len(), 2, "{waiting:#?}");
    let made = approved(&world, &waiting[0]).await;
    assert_eq!(made["state"]["name"], "made", "{made:#}");
    let left = world.get_json("dcc-admin-2", "/changes-to-approve").await["items"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1, "{left:#}");
    assert_eq!(left[0]["organisation"], waiting[1]["organisation"]);
}
