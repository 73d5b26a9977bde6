//! A risky file waits; one reviewer decides; nothing takes effect before.

use http::StatusCode;
use serde_json::{Value, json};
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{IMPORT, World, decision};

/// A file that triples a level, and waits for it.
async fn risky(world: &World) -> Value {
    let file = world
        .adt(IMPORT, |srv, level| {
            Some(if srv == "7.2" { level * 3 } else { level })
        })
        .await;
    let held = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            &file,
            &world.signer("supplier-aro-1"),
        )
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_file_takes_effect_and_says_who_accepted_it() {
    let world = World::new().await;
    let before = world.level("7.2").await;
    let held = risky(&world).await;
    assert_eq!(
        world.level("7.2").await,
        before,
        "nothing takes effect while it waits"
    );
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let queue = world.get_json("reviewer-1", "/reviews").await;
    assert_eq!(
        queue["items"][0]["submission"]["reference"],
        held["reference"]
    );
    let evidence = world.get_json("reviewer-1", &path).await;
    assert_eq!(evidence["rules"][0]["rule"], "raise-over-factor");
    assert_eq!(evidence["evidence"]["comparisons"][0]["userId"], IMPORT);
    assert_eq!(
        evidence["signature"]["path"][0]["subject"],
        "CN=Supplier ARO 1,O=Large Supplier,C=GB"
    );
    assert!(evidence["barred"].is_null());

    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world
        .post_decision("reviewer-1", &format!("{path}/decision"), &asked)
        .await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(world.level("7.2").await, before * 3);
    let settled = world
        .get_json("supplier-aro-1", &path.replace("reviews", "submissions"))
        .await;
    assert_eq!(settled["state"], "accepted");
    assert_eq!(settled["reviewer"]["id"], "reviewer-1");
    assert_eq!(
        settled["progress"]["review"]["reason"],
        "Forecast seen and agreed."
    );
    assert_eq!(
        world.get_json("reviewer-1", "/reviews").await["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_has_no_effect_and_a_receipt() {
    let world = World::new().await;
    let before = world.level("7.2").await;
    let held = risky(&world).await;
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    assert_eq!(
        world
            .post_decision("reviewer-2", &path, &decision(Decision::Refuse, &held))
            .await
            .0,
        StatusCode::OK
    );
    assert_eq!(
        world.get_json("reviewer-1", "/reviews").await["items"],
        json!([]),
        "what is decided waits for nobody, although it has not taken effect"
    );
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(world.level("7.2").await, before);
    let path = format!("/submissions/{}", held["reference"].as_str().unwrap());
    let settled = world.get_json("supplier-aro-1", &path).await;
    assert_eq!(
        (&settled["state"], &settled["receipt"]),
        (&"refused".into(), &true.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_reviewers_at_once_one_decides_and_the_other_is_told_who() {
    let world = World::new().await;
    let held = risky(&world).await;
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    let (accept, refuse) = (
        decision(Decision::Accept, &held),
        decision(Decision::Refuse, &held),
    );
    let (first, second) = tokio::join!(
        world.post_decision("reviewer-1", &path, &accept),
        world.post_decision("reviewer-2", &path, &refuse)
    );
    let (won, lost, winner) = if first.0 == StatusCode::OK {
        (first, second, "DCC reviewer 1")
    } else {
        (second, first, "DCC reviewer 2")
    };
    assert_eq!(won.0, StatusCode::OK, "{}", won.1);
    assert_eq!(
        (lost.0, &lost.1["code"]),
        (StatusCode::CONFLICT, &"already-decided".into())
    );
    assert!(
        lost.1["detail"].as_str().unwrap().contains(winner),
        "{}",
        lost.1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_decision_again_is_harmless() {
    let world = World::new().await;
    let held = risky(&world).await;
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    let asked = decision(Decision::Accept, &held);
    for _ in 0..2 {
        assert_eq!(
            world.post_decision("reviewer-1", &path, &asked).await.0,
            StatusCode::OK
        );
    }
    assert_eq!(world.run_intake_on(2).await, [true, true]);
    assert_eq!(
        world.post_decision("reviewer-1", &path, &asked).await.0,
        StatusCode::OK
    );
    let history = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}/history"))
        .await;
    let items = history["items"].as_array().unwrap();
    assert_eq!(
        items
            .iter()
            .filter(|item| item["origin"]["submission"] == held["reference"])
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_an_older_version_is_not_taken() {
    let world = World::new().await;
    let held = risky(&world).await;
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    let mut stale = decision(Decision::Accept, &held);
    stale.verdict = "0".repeat(64).parse().unwrap();
    let (status, problem) = world.post_decision("reviewer-1", &path, &stale).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"changed".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn more_released_than_the_threshold_allows_waits_and_keeps_nothing_locked() {
    let world = World::with_large_event().await;
    let file = world.exit("18446744073709551617", "Release", 10_001).await;
    let signer = world.signer("supplier-aro-1");
    let held = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    assert_eq!(held["state"], "awaiting-review", "{:#}", held["findings"]);
    let event = world
        .get_json("supplier-aro-1", "/quarantine-events/18446744073709551617")
        .await;
    assert!(event["decidingFor"].is_null());
    assert_eq!(event["counts"]["held"], 100_000);

    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let evidence = world.get_json("reviewer-1", &path).await;
    assert_eq!(
        evidence["evidence"]["exits"][0]["event"],
        "18446744073709551617"
    );
    assert_eq!(
        world
            .post_decision(
                "reviewer-1",
                &format!("{path}/decision"),
                &decision(Decision::Accept, &held)
            )
            .await
            .0,
        StatusCode::OK
    );
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(
        world.counts("18446744073709551617").await,
        (89_999, 10_001, 0)
    );
}
