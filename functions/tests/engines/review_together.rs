//! Several decisions in one go are several decisions: each signed for its own file and verdict, each taken or refused by itself.

use std::fmt::Write as _;

use http::StatusCode;
use serde_json::Value;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{GAS, IMPORT, World, decision};

/// A file that raises the warning threshold of one service to its quarantine threshold, and nothing else.
async fn silenced(world: &World, user_id: &str) -> Value {
    let path = format!("/thresholds/{user_id}");
    let current = world.get_json("supplier-aro-1", &path).await;
    let mut file = FileKind::Adt.header() + "\r\n";
    let standing = current["thresholds"]["standing"].as_array().unwrap();
    for (place, row) in standing.iter().enumerate() {
        let [srv, period] = ["srv", "period"].map(|name| row[name].as_str().unwrap());
        let warning = if place == 0 {
            &row["quarantine"]
        } else {
            &row["warning"]
        };
        let _ = write!(
            file,
            "{user_id},{srv},{period},{warning},{},,\r\n",
            row["quarantine"]
        );
    }
    for row in current["thresholds"]["exceptions"].as_array().unwrap() {
        let [srv, period, from, to] =
            ["srv", "period", "from", "to"].map(|name| row[name].as_str().unwrap());
        let _ = write!(
            file,
            "{user_id},{srv},{period},{},{},{from},{to}\r\n",
            row["warning"], row["quarantine"]
        );
    }
    let signer = world.signer("supplier-aro-1");
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    assert_eq!(held["rules"], serde_json::json!(["warning-silenced"]));
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn each_decision_is_its_own_and_one_that_fails_costs_no_other() {
    let world = World::new().await;
    let (one, two) = (silenced(&world, IMPORT).await, silenced(&world, GAS).await);
    let queue = world.get_json("reviewer-1", "/reviews").await;
    let risks: Vec<_> = queue["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["risk"].clone())
        .collect();
    assert_eq!(risks, ["low", "low"], "{queue:#}");
    let path = |held: &Value| format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    // A decision on one is none on the other, whatever the two have in common.
    let of_two = world
        .signed_decision(
            "reviewer-1",
            &two["reference"].as_str().unwrap().parse().unwrap(),
            &decision(Decision::Accept, &two),
        )
        .await;
    let (status, problem) = world.post("reviewer-1", &path(&one), "-", &of_two).await;
    assert_eq!(
        (status, &problem["code"]),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            &"decision-not-counted".into()
        )
    );
    // Nor one on another verdict of the same.
    let mut stale = decision(Decision::Accept, &one);
    stale.verdict = two["verdict"].as_str().unwrap().parse().unwrap();
    let (status, problem) = world.post_decision("reviewer-1", &path(&one), &stale).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"changed".into())
    );
    let (status, answer) = world.post("reviewer-1", &path(&two), "-", &of_two).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    for (held, expected) in [(&one, "awaiting-review"), (&two, "accepted")] {
        let path = format!("/submissions/{}", held["reference"].as_str().unwrap());
        let now = world.get_json("supplier-aro-1", &path).await;
        assert_eq!(now["state"], expected, "{now:#}");
    }
}
