//! Every decision stays to be found: what counts, what was refused, and what took no effect.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{IMPORT, World, decision};

async fn raised(world: &World, to: u64) -> String {
    world
        .adt(IMPORT, move |srv, level| {
            Some(if srv == "7.2" { to } else { level })
        })
        .await
}

async fn sent(world: &World, file: &str) -> Value {
    let signer = world.signer("supplier-aro-1");
    world
        .settle("supplier-submitter", FileKind::Adt, file, &signer)
        .await
}

/// Reference, decision, reviewer and whether it is void, of those made in this test.
async fn history(world: &World, references: &[&Value]) -> Vec<(Value, Value, Value, bool)> {
    let page = world.get_json("dcc-operator", "/review-decisions").await;
    let items = page["items"].as_array().unwrap().clone();
    items
        .iter()
        .filter(|item| references.contains(&&item["submission"]["reference"]))
        .map(|item| {
            (
                item["submission"]["reference"].clone(),
                item["decision"]["decision"].clone(),
                item["reviewer"]["name"].clone(),
                !item["voidSince"].is_null(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn accepted_refused_and_void_decisions_are_listed_with_who_and_why() {
    let world = World::new().await;
    let start = world.level("7.2").await;
    // Signed first and sent last: it changes what is decided meanwhile.
    let between = raised(&world, start + 1).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&between, world.now())
        .unwrap();
    world.pass(Duration::from_secs(2));
    let refused = sent(&world, &raised(&world, 5 * start).await).await;
    world
        .decide(&refused["reference"], &decision(Decision::Refuse, &refused))
        .await;
    world.pass(Duration::from_secs(2));
    let held = sent(&world, &raised(&world, 3 * start).await).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let both = [&refused["reference"], &held["reference"]];
    let of_refused = |void| {
        (
            refused["reference"].clone(),
            Value::from("refuse"),
            Value::from("DCC reviewer 1"),
            void,
        )
    };
    assert_eq!(history(&world, &both).await, [of_refused(false)]);

    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    world
        .send("supplier-submitter", FileKind::Adt, &between, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let accept = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-2", &path, &accept).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let again = world
        .get_json("reviewer-1", &path.replace("/decision", ""))
        .await;
    let of_held = |decided: &str, name: &str, void| {
        (
            held["reference"].clone(),
            Value::from(decided),
            Value::from(name),
            void,
        )
    };
    assert!(
        again["submission"]["progress"]["void"].is_array(),
        "{again:#}"
    );
    assert_eq!(
        history(&world, &both).await,
        [of_held("accept", "DCC reviewer 2", true), of_refused(false)],
        "what waits again since its decision is void comes first"
    );
    let made = world
        .decide(&held["reference"], &decision(Decision::Accept, &again))
        .await;
    assert_eq!(made["state"], "accepted", "{made:#}");
    assert_eq!(
        history(&world, &both).await,
        [
            of_held("accept", "DCC reviewer 1", false),
            of_held("accept", "DCC reviewer 2", true),
            of_refused(false)
        ]
    );
    let (status, _) = world.get("supplier-admin", "/review-decisions").await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "it is at the entrance of staff"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_goes_on_page_by_page() {
    let world = World::new().await;
    let mut all = Vec::new();
    let mut path = "/review-decisions?limit=1".to_owned();
    loop {
        let page = world.get_json("reviewer-1", &path).await;
        let items = page["items"].as_array().unwrap();
        all.extend(
            items
                .iter()
                .map(|item| item["submission"]["reference"].clone()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/review-decisions?limit=1&cursor={next}"),
            None => break,
        }
    }
    // Those of the demonstration's history.
    assert_eq!(all.len(), 2, "{all:?}");
    let at_once = world.get_json("reviewer-1", "/review-decisions").await;
    assert_eq!(at_once["items"].as_array().unwrap().len(), 2);
}
