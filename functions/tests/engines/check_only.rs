//! A file can be checked without effect: the same way through upload and intake, and nothing changes.

use sluice_shared::files::FileKind;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use super::support::{IMPORT, LARGE, World};

/// Sends a file to be checked only, and answers what it came to.
async fn checked(world: &World, kind: FileKind, file: &str) -> Value {
    let signature = world
        .signer("supplier-aro-1")
        .sign(file, world.now())
        .unwrap();
    let mut request = World::request(kind, file, &signature);
    request.check_only = true;
    let reference = world
        .send_request("supplier-submitter", &request, file.as_bytes())
        .await;
    assert_eq!(world.run_intake().await, [true]);
    world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await
}

async fn thresholds(world: &World) -> Value {
    let path = format!("/thresholds/{IMPORT}");
    world.get_json("supplier-aro-1", &path).await["thresholds"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_file_would_be_accepted_and_changes_nothing() {
    let world = World::new().await;
    let before = thresholds(&world).await;
    let file = world.adt(IMPORT, |_, level| Some(level + 1)).await;
    let checked = checked(&world, FileKind::Adt, &file).await;
    assert_eq!(checked["state"], "checked", "{checked:#}");
    assert_eq!(checked["progress"]["wouldBe"], "accepted");
    assert_eq!(checked["checkOnly"], true);
    assert_eq!(thresholds(&world).await, before);
    assert_eq!(
        checked["receipt"], false,
        "nothing to be taken for a receipt"
    );
    let path = format!(
        "/submissions/{}/receipt",
        checked["reference"].as_str().unwrap()
    );
    let (status, problem) = world.get("supplier-submitter", &path).await;
    assert_eq!(status, 409, "{problem}");
    let words = problem["detail"].as_str().unwrap();
    assert!(words.contains("it has no receipt"), "{words}");

    // Sent in earnest it is a submission of its own, and takes effect.
    let signer = world.signer("supplier-aro-1");
    let sent = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(sent["state"], "accepted", "{sent:#}");
    assert_ne!(sent["reference"], checked["reference"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_risky_one_would_wait_and_no_reviewer_is_asked() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(3 * level)).await;
    let checked = checked(&world, FileKind::Adt, &file).await;
    assert_eq!(
        checked["progress"]["wouldBe"], "awaiting-review",
        "{checked:#}"
    );
    assert_eq!(checked["progress"]["rules"][0]["rule"], "raise-over-factor");
    assert_eq!(
        world.get_json("reviewer-1", "/reviews").await["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_with_errors_would_be_rejected_with_every_finding() {
    let world = World::new().await;
    let file = world
        .adt(IMPORT, |srv, level| (srv != "7.2").then_some(level))
        .await;
    let checked = checked(&world, FileKind::Adt, &file).await;
    assert_eq!(checked["progress"]["wouldBe"], "rejected", "{checked:#}");
    assert_eq!(checked["findings"]["counts"]["missing-service"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_takes_no_lock_even_while_another_holds_it() {
    let world = World::with_large_event().await;
    let file = world.exit(LARGE, "Delete", 3).await;
    world.lock_for_another(LARGE).await;
    let checked = checked(&world, FileKind::ExitQuarantine, &file).await;
    assert_eq!(checked["progress"]["wouldBe"], "accepted", "{checked:#}");
    assert_eq!(world.counts(LARGE).await, (100_000, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_leaves_no_mark_on_the_submission_that_it_would_correct() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let wrong = world
        .adt(IMPORT, |srv, level| (srv != "7.2").then_some(level))
        .await;
    let rejected = world
        .settle("supplier-submitter", FileKind::Adt, &wrong, &signer)
        .await;
    assert_eq!(rejected["state"], "rejected");
    let right = world.adt(IMPORT, |_, level| Some(level)).await;
    let mut request = World::request(
        FileKind::Adt,
        &right,
        &signer.sign(&right, world.now()).unwrap(),
    );
    request.check_only = true;
    let replaced = rejected["reference"].as_str().unwrap();
    request.replaces = Some(replaced.parse().unwrap());
    world
        .send_request("supplier-submitter", &request, right.as_bytes())
        .await;
    let path = format!("/submissions/{}", rejected["reference"].as_str().unwrap());
    let rejected = world.get_json("supplier-submitter", &path).await;
    assert!(rejected["replacedBy"].is_null(), "{rejected:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_too_large_to_be_recorded_is_told_so() {
    let world = World::new().await;
    let mut file = world.adt(IMPORT, |_, level| Some(level)).await;
    let start = world.now().plus(time::Duration::days(2));
    for minute in 0..19_960 {
        let from = start.plus(time::Duration::minutes(2 * minute));
        let to = from.plus(time::Duration::minutes(1));
        let levels = "999999999999998,999999999999999";
        let _ = write!(file, "{IMPORT},6.14.3,P1D,{levels},{from},{to}\r\n");
    }
    let checked = checked(&world, FileKind::Adt, &file).await;
    assert_eq!(checked["progress"]["wouldBe"], "rejected", "{checked:#}");
    assert_eq!(checked["findings"]["counts"]["statement-too-large"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_gone_after_thirty_days_whether_or_not_the_table_has_dropped_it() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level + 1)).await;
    let checked = checked(&world, FileKind::Adt, &file).await;
    let path = format!("/submissions/{}", checked["reference"].as_str().unwrap());
    let listed = async || {
        let list = world.get_json("supplier-submitter", "/submissions").await;
        let items = list["items"].as_array().unwrap().iter();
        items.filter(|item| item["checkOnly"] == true).count()
    };
    assert_eq!(listed().await, 1);
    world.pass(Duration::from_hours(24 * 30 + 1));
    assert_eq!(listed().await, 0);
    let (status, _) = world.get("supplier-submitter", &path).await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_there_are_a_reviewer_sees_what_came_before_them() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let settle = async |file: &str| {
        world
            .settle("supplier-submitter", FileKind::Adt, file, &signer)
            .await
    };
    let good = world.adt(IMPORT, |_, level| Some(level)).await;
    let accepted = settle(&good).await;
    assert_eq!(accepted["state"], "accepted", "{accepted:#}");
    for number in 0..101 {
        checked(&world, FileKind::Adt, &format!("{number}\r\n")).await;
    }
    let risky = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = settle(&risky).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let evidence = world.get_json("reviewer-1", &path).await;
    let latest = &evidence["earlier"][0];
    assert_eq!(latest["reference"], accepted["reference"], "{latest:#}");
}
