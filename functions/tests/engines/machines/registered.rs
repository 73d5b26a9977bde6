//! Registering a system: a DCC administrator asks, signed, and a second one approves; then, and not before, it is let in.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_shared::directory::{ChangeAnswer, MachineScope};

use crate::support::{FORECAST, GATEWAY, World, answered};

const LARGE: &str = "large-supplier";

pub(super) fn register(id: &str) -> Value {
    json!({
        "kind": "register-machine", "machine": id, "name": "Supplier forecast", "scopes": ["submissions.read", "quarantine.read"],
    })
}

async fn status_of(world: &World, id: &str) -> StatusCode {
    let (status, _) = answered(&world.machine(id), Method::GET, "/submissions", None).await;
    status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_is_let_in_once_two_dcc_administrators_agreed() {
    let world = World::new().await;
    let (status, answer) = world
        .ask_signed("dcc-admin-1", LARGE, &register(FORECAST))
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let change = world.last_change("dcc-admin-1", LARGE).await;
    assert_eq!(change["state"]["name"], "awaiting-approval", "{change:#}");
    assert_eq!(change["about"]["name"], "Supplier forecast (system)");
    assert_eq!(status_of(&world, FORECAST).await, StatusCode::FORBIDDEN);
    // Not by whoever asked.
    let (status, answer) = world
        .answer("dcc-admin-1", &change, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{answer}");
    let (status, answer) = world
        .answer("dcc-admin-2", &change, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(status_of(&world, FORECAST).await, StatusCode::OK);

    let people = world.people("supplier-admin", LARGE).await;
    let machines = people["machines"].as_array().unwrap();
    let [forecast, gateway] = machines.as_slice() else {
        panic!("{machines:#?}")
    };
    assert_eq!(
        forecast["machine"]["registeredBy"]["name"],
        "DCC administrator 1"
    );
    assert_eq!(
        forecast["machine"]["scopes"],
        json!(["submissions.read", "quarantine.read"])
    );
    assert!(forecast["lastUsed"].is_string(), "{forecast:#}");
    assert_eq!(gateway["lastUsed"], Value::Null, "{gateway:#}");
    let acts = world
        .get_json("supplier-admin", "/activity?act=system-registered")
        .await;
    assert_eq!(acts["items"].as_array().unwrap().len(), 1, "{acts:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_id_stands_for_one_thing_for_good() {
    let world = World::new().await;
    // A person's, somebody's who was removed, another system's.
    let remove = json!({ "kind": "remove", "person": "supplier-submitter" });
    world.ask("supplier-admin", LARGE, &remove).await;
    assert_eq!(world.run_intake().await, [true]);
    for id in [
        "supplier-aro-1",
        "supplier-submitter",
        "reviewer-1",
        GATEWAY,
    ] {
        let (status, problem) = world.ask_signed("dcc-admin-1", LARGE, &register(id)).await;
        assert_eq!(status, StatusCode::CONFLICT, "{id}: {problem}");
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .starts_with("This client id is registered already"),
            "{problem}"
        );
    }
    // Nor does somebody sign in as what a system is called.
    let invite =
        json!({ "kind": "invite", "person": GATEWAY, "name": "Gate, Way", "roles": ["viewer"] });
    let (status, problem) = world.ask("supplier-admin", LARGE, &invite).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_approved_is_made_only_if_the_client_id_is_free_still() {
    let world = World::new().await;
    for administrator in ["dcc-admin-1", "dcc-admin-2"] {
        let (status, _) = world
            .ask_signed(administrator, LARGE, &register(FORECAST))
            .await;
        assert_eq!(status, StatusCode::ACCEPTED);
        assert_eq!(world.run_intake().await, [true]);
    }
    let people = world.people("dcc-admin-1", LARGE).await;
    let waiting = people["changes"].as_array().unwrap().clone();
    assert_eq!(waiting.len(), 2);
    for change in &waiting {
        let by = change["askedBy"]["id"].as_str().unwrap();
        let other = if by == "dcc-admin-1" {
            "dcc-admin-2"
        } else {
            "dcc-admin-1"
        };
        let (status, answer) = world.answer(other, change, ChangeAnswer::Approve).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        assert_eq!(world.run_intake().await, [true]);
    }
    let people = world.people("dcc-admin-1", LARGE).await;
    let mut states: Vec<_> = people["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["state"]["name"].clone())
        .collect();
    states.sort_by_key(ToString::to_string);
    assert_eq!(states, ["made", "refused"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisations_administrator_registers_none_and_no_system_signs_for_the_dcc() {
    let world = World::new().await;
    let (status, problem) = world
        .ask("supplier-admin", LARGE, &register(FORECAST))
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(
        problem["detail"].as_str().unwrap().starts_with("Only DCC"),
        "{problem}"
    );
    for scopes in [
        json!([]),
        json!(["reviews.decide"]),
        json!(["directory.keep"]),
    ] {
        let mut change = register(FORECAST);
        change["scopes"] = scopes;
        let body = json!({ "change": change, "reason": "As agreed." });
        let path = format!("/organisations/{LARGE}/changes");
        let (status, problem) = world
            .call(Method::POST, "supplier-admin", &path, &[], Some(&body))
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    }
    let mut change = register("dcc-sender");
    change["scopes"] = json!(["files.send"]);
    let (status, problem) = world.ask_signed("dcc-admin-1", "dcc", &change).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("the scope files.send"),
        "{problem}"
    );
    assert_eq!(world.registered_machine(FORECAST).await, None);
    // One that is registered for it all the same may not use it.
    world
        .register_machine("dcc-monitor", &MachineScope::ALL)
        .await;
    let me: Value = world.machine("dcc-monitor").get("/me").await.unwrap();
    let scopes = me["scopes"].as_array().unwrap();
    assert!(!scopes.contains(&"files.send".into()), "{me:#}");
    assert!(!scopes.contains(&"files.download".into()), "{me:#}");
}
