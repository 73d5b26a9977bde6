//! What a submission changed, changes or would have changed: told to who may see the submission, whatever became of it.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use sluice_shared::{files::FileKind, submission::Decision};

use super::support::{GAS, IMPORT, World, decision};

/// The quarantine thresholds that change, before and after.
fn changed(changes: &Value) -> Vec<(u64, u64)> {
    let rows = changes["comparisons"][0]["thresholds"].as_array().unwrap();
    let rows = rows.iter().filter(|row| row["change"] != "same");
    rows.map(|row| {
        let level = |which: &str| row[which]["quarantine"].as_u64().unwrap();
        (level("old"), level("new"))
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_file_tells_what_it_changed_then() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(GAS, |_, level| Some(level + 1)).await;
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(settled["state"], "accepted");
    assert_eq!(settled["checkedAt"], settled["settledAt"]);
    let path = format!(
        "/submissions/{}/changes",
        settled["reference"].as_str().unwrap()
    );
    let changes = world.get_json("supplier-submitter", &path).await;
    let raised = changed(&changes);
    assert!(!raised.is_empty());
    assert!(
        raised.iter().all(|(old, new)| *new == old + 1),
        "{raised:?}"
    );

    // What comes later changes nothing about it.
    let later = world.adt(GAS, |_, level| Some(level + 1)).await;
    world
        .settle("supplier-submitter", FileKind::Adt, &later, &signer)
        .await;
    assert_eq!(world.get_json("reviewer-1", &path).await, changes);
    let (status, _) = world.get("network-aro-1", &path).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_tells_its_sender_what_it_would_have_changed() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let waiting = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(waiting["state"], "awaiting-review");
    let reference = waiting["reference"].as_str().unwrap();
    let path = format!("/submissions/{reference}/changes");
    let before = world.get_json("supplier-submitter", &path).await;
    assert!(!changed(&before).is_empty());
    assert!(changed(&before).iter().all(|(old, new)| *new == old * 3));

    let evidence = world
        .get_json("reviewer-1", &format!("/reviews/{reference}"))
        .await;
    let refusal = decision(Decision::Refuse, &evidence);
    let (status, _) = world
        .post_decision(
            "reviewer-1",
            &format!("/reviews/{reference}/decision"),
            &refusal,
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.run_intake().await, [true]);
    let refused = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(refused["state"], "refused");
    assert_eq!(
        refused["checkedAt"], waiting["checkedAt"],
        "when it was checked first"
    );
    assert_eq!(world.get_json("supplier-submitter", &path).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_was_checked_first_stays_after_a_review() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let waiting = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let reference = waiting["reference"].as_str().unwrap();
    let evidence = world
        .get_json("reviewer-1", &format!("/reviews/{reference}"))
        .await;
    let acceptance = decision(Decision::Accept, &evidence);
    world.pass(std::time::Duration::from_mins(5));
    let path = format!("/reviews/{reference}/decision");
    let (status, _) = world.post_decision("reviewer-1", &path, &acceptance).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.run_intake().await, [true]);
    let accepted = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(accepted["state"], "accepted");
    assert_eq!(accepted["checkedAt"], waiting["checkedAt"]);
    assert_ne!(accepted["checkedAt"], accepted["settledAt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_file_tells_it_too_where_it_could_be_read() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(GAS, |_, level| Some(level + 1)).await;
    let old = signer.sign(&file, world.now()).unwrap();
    // A later statement counts by the time that the other one arrives.
    world.pass(std::time::Duration::from_mins(1));
    let newer = world.adt(GAS, |_, level| Some(level + 2)).await;
    let accepted = world
        .settle("supplier-submitter", FileKind::Adt, &newer, &signer)
        .await;
    assert_eq!(accepted["state"], "accepted");
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &old)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{reference}");
    let rejected = world.get_json("supplier-submitter", &path).await;
    assert_eq!(rejected["state"], "rejected");
    let changes = world
        .get_json("supplier-submitter", &format!("{path}/changes"))
        .await;
    assert!(!changed(&changes).is_empty());
    assert!(changed(&changes).iter().all(|(old, new)| *new + 1 == *old));
    // Nobody reviewed it, and nothing says so.
    let (status, _) = world
        .get("reviewer-1", &format!("/reviews/{reference}"))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_cannot_be_read_nothing_is_told() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let rejected = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            "no,thresholds\r\n",
            &signer,
        )
        .await;
    assert_eq!(rejected["state"], "rejected");
    let path = format!(
        "/submissions/{}/changes",
        rejected["reference"].as_str().unwrap()
    );
    assert_eq!(world.get_json("supplier-submitter", &path).await, json!({}));
}

/// Threshold values that were not accepted do not stay where the public function reads for good. Staff, who decided by them, have them elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_accepted_is_told_to_its_sender_for_30_days_and_kept_for_staff() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let waiting = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let refused = world
        .decide(&waiting["reference"], &decision(Decision::Refuse, &waiting))
        .await;
    assert_eq!(refused["state"], "refused", "{refused:#}");
    let path = format!(
        "/submissions/{}/changes",
        waiting["reference"].as_str().unwrap()
    );
    let told = world.get_json("supplier-submitter", &path).await;
    assert!(!changed(&told).is_empty(), "{told:#}");
    for (days, is_told) in [(29, true), (2, false)] {
        world.pass(Duration::from_hours(24 * days));
        let now = world.get_json("supplier-submitter", &path).await;
        assert_eq!(now == told, is_told, "{days} days later: {now:#}");
        assert_eq!(world.get_json("reviewer-1", &path).await, told);
    }
    let kept = world.get_json("supplier-submitter", &path).await;
    assert_eq!(kept, json!({}));
}
