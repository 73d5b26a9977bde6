//! An Exit Quarantine file decides what it names, once, and leaves the rest held.

use sluice_shared::files::FileKind;
use std::sync::atomic::Ordering;

use sluice_functions::Step;

use super::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn some_are_released_and_the_rest_stay_held() {
    let world = World::new().await;
    assert_eq!(world.counts("1203").await, (240, 0, 0));
    let file = world.exit("1203", "Release", 100).await;
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &world.signer("supplier-aro-1"),
        )
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["effect"]["release"], 100);
    assert_eq!(settled["effect"]["leftHeld"], 140);
    assert_eq!(world.counts("1203").await, (140, 100, 0));

    let page = world
        .get_json(
            "supplier-aro-1",
            "/quarantine-events/1203/communications?page=0",
        )
        .await;
    let rows = page["communications"].as_array().unwrap();
    assert_eq!(rows.len(), 240);
    assert_eq!(rows.iter().filter(|row| row[4] == 1).count(), 100);
    let event = world
        .get_json("supplier-aro-1", "/quarantine-events/1203")
        .await;
    assert!(event["decidingFor"].is_null(), "the lock is gone");
    let by_srv = event["bySrv"].as_array().unwrap();
    let sum = |name: &str| {
        by_srv
            .iter()
            .map(|srv| srv[name].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!((sum("held"), sum("release"), sum("delete")), (140, 100, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_counts_once_and_the_second_file_is_told() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let first = world.exit("1201", "Release", 3).await;
    assert_eq!(
        world
            .settle(
                "supplier-submitter",
                FileKind::ExitQuarantine,
                &first,
                &signer
            )
            .await["state"],
        "accepted"
    );
    let second = world.exit("1201", "Delete", 2).await;
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &second,
            &signer,
        )
        .await;
    assert_eq!(settled["state"], "rejected", "{settled:#}");
    assert_eq!(settled["errors"], 2);
    assert_eq!(world.counts("1201").await, (0, 3, 0));
    let event = world
        .get_json("supplier-aro-1", "/quarantine-events/1201")
        .await;
    assert!(event["decidingFor"].is_null(), "the lock is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_decisions_write_thirteen_pages() {
    let world = World::with_large_event().await;
    let event = "18446744073709551617";
    let file = world.exit(event, "Delete", usize::MAX).await;
    // Counts the pages by stopping at the one that must not be.
    *world.stop.at.lock().unwrap() = Some(Step::PageDecided(14));
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &world.signer("supplier-aro-1"),
        )
        .await;
    assert_eq!(settled["state"], "accepted", "{:#}", settled["findings"]);
    assert_eq!(world.stop.stopped.load(Ordering::Relaxed), 0);
    assert_eq!(world.counts(event).await, (0, 0, 100_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_another_organisation_does_not_exist() {
    let world = World::new().await;
    let file = world
        .exit("1201", "Release", 1)
        .await
        .replace("\r\n1201,", "\r\n1301,");
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &world.signer("supplier-aro-1"),
        )
        .await;
    assert_eq!(settled["state"], "rejected");
    let path = format!(
        "/submissions/{}/findings",
        settled["reference"].as_str().unwrap()
    );
    let findings = world.get_json("supplier-submitter", &path).await;
    assert_eq!(
        findings["items"][0]["code"], "unknown-event",
        "{findings:#}"
    );
}
