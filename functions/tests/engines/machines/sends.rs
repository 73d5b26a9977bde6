//! A system sends what a person has signed, and is on record as who sent it. `intake` holds it to the directory, whatever `api` announces.

use std::slice::from_ref;
use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::{Backend, intake};
use sluice_shared::directory::MachineScope;
use sluice_shared::files::FileKind;
use sluice_shared::profile::BudgetRules;
use sluice_shared::signature::{TrustAnchors, verify_receipt};
use sluice_testing::Client;

use crate::support::{FORECAST, GATEWAY, IMPORT, Lines, MONITOR, World, answered, event};

async fn request(world: &World, more: u64) -> (String, sluice_shared::api::StartSubmission) {
    let file = world.adt(IMPORT, |_, level| Some(level + more)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    (file, request)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_is_who_sent_it_and_a_person_who_signed() {
    let world = World::new().await;
    let (file, request) = request(&world, 0).await;
    let gateway = world.machine(GATEWAY);
    let id = gateway
        .submit("sent-by-system", &request, file.into_bytes())
        .await
        .unwrap();
    assert_eq!(world.run_intake().await, [true]);
    let settled: Value = gateway.get(&format!("/submissions/{id}")).await.unwrap();
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(
        settled["uploader"],
        json!({ "id": GATEWAY, "name": "Supplier gateway (system)" })
    );
    assert_eq!(settled["signer"]["id"], "supplier-aro-1");
    let receipt = world.receipt(&id.to_string()).await.unwrap();
    let anchors = TrustAnchors::parse(world.authority.root.as_bytes()).unwrap();
    let purposes = &world.backend.settings.profile.signing.accepted_key_purposes;
    let (receipt, _) = verify_receipt(&anchors, purposes, world.now(), &receipt).unwrap();
    assert_eq!(receipt.uploader.as_str(), GATEWAY);
    let acts = world
        .get_json("supplier-admin", &format!("/activity?person={GATEWAY}"))
        .await;
    let acts = acts["items"].as_array().unwrap();
    let named: Vec<_> = acts
        .iter()
        .map(|act| act["act"].as_str().unwrap())
        .collect();
    assert!(named.contains(&"start-submission"), "{acts:#?}");
    assert!(named.contains(&"file-accepted"), "{acts:#?}");
    let started = acts
        .iter()
        .find(|act| act["act"] == "start-submission")
        .unwrap();
    assert_eq!(
        started["scopes"],
        json!(["submissions.read", "files.send", "quarantine.read"]),
        "{started:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_effect_needs_a_token_of_the_last_five_minutes_and_reading_does_not() {
    let world = World::new().await;
    let (_, mut request) = request(&world, 0).await;
    let gateway = world.machine(GATEWAY);
    world.pass(Duration::from_mins(5) + Duration::from_secs(1));
    let body = serde_json::to_value(&request).unwrap();
    let (status, problem) = answered(&gateway, Method::POST, "/submissions", Some(&body)).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "{problem}");
    assert_eq!(problem["code"], "sign-in-too-old");
    request.check_only = true;
    let body = serde_json::to_value(&request).unwrap();
    let (status, answer) = answered(&gateway, Method::POST, "/submissions", Some(&body)).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let (status, _) = answered(&gateway, Method::GET, "/submissions", None).await;
    assert_eq!(status, StatusCode::OK);
}

/// With the rights of `api` alone an announcement in the name of a system that may not send comes to nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_in_the_name_of_a_system_that_may_not_send_is_not_taken() {
    let world = World::new().await;
    world
        .register_machine(FORECAST, &[MachineScope::ReadSubmissions])
        .await;
    for (number, who) in [FORECAST, MONITOR, "nothing-at-all"]
        .into_iter()
        .enumerate()
    {
        for name in ["uploader", "startedBy"] {
            world.pass(Duration::from_secs(1));
            let (file, request) = request(&world, 1 + number as u64).await;
            let reference = world
                .send_request("supplier-submitter", &request, file.as_bytes())
                .await;
            let system = json!({ "id": who, "name": "Supplier gateway (system)" });
            world
                .forge(&reference, |said| said[name] = system.clone())
                .await;
            let message = world.queues.one().await;
            let answer = intake::handle(&world.backend, event(from_ref(&message))).await;
            assert_eq!(answer.batch_item_failures.len(), 1, "{who} as {name}");
            world.queues.delete(&message).await;
            let lines = Lines::collect().of_message(&message.id);
            let reasons: Vec<_> = lines
                .iter()
                .filter_map(|line| line["reason"].as_str())
                .collect();
            assert_eq!(reasons, ["sender-may-not-send"], "{who} as {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_has_a_days_budget_as_a_person_has() {
    let mut world = World::new().await;
    let mut settings = world.place.settings();
    settings.profile.budgets = BudgetRules {
        person_submissions_a_day: 1,
        person_bytes_a_day: 1_000_000,
        organisation_submissions_a_day: 1_000,
        organisation_bytes_a_day: 1_000_000,
    };
    let ports = world.backend.ports.clone();
    world.backend = Backend::reading_uploads(&world.place.clients(), settings, ports).unwrap();
    let gateway: Client = world.machine(GATEWAY);
    let (_, first) = request(&world, 1).await;
    gateway.start("budget-first", &first).await.unwrap();
    let (_, second) = request(&world, 2).await;
    let body = serde_json::to_value(&second).unwrap();
    let (status, problem) = answered(&gateway, Method::POST, "/submissions", Some(&body)).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{problem}");
    assert_eq!(problem["code"], "budget-spent");
}
