//! No value of a file or threshold reaches a log, whatever goes wrong: here with values that are in nothing else, on every way that
//! has them. What all other tests send is searched for, too (`support/secrets.rs`).

use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use std::slice::from_ref;
use std::sync::Arc;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use http::StatusCode;
use serde_json::{Value, json};

use super::support::{Call, Fate, GAS, IMPORT, Lines, World, decision, reason, secrets};

/// Added to each level, so that every threshold has nine digits.
const DISTINCT: u64 = 648_291_753;
const QUOTES: Fate = Fate::Quotes(StatusCode::BAD_REQUEST, "ValidationException");
const CANCELLED: Fate = Fate::Quotes(StatusCode::BAD_REQUEST, "TransactionCanceledException");
const GARBLED: Fate = Fate::CutShort;

/// An ADT file of distinct thresholds; it waits for a reviewer.
async fn raised(world: &World) -> String {
    world.adt(IMPORT, |_, level| Some(level + DISTINCT)).await
}

/// How often something was logged as a failure: a test that nothing fails in shows nothing.
fn failures() -> usize {
    let lines = Lines::collect().all();
    let failed = |line: &&Value| line["level"] == "ERROR";
    lines.iter().filter(failed).count()
}

/// Everything that a sender and a reviewer read of a submission, whatever the answers are.
async fn read_all(world: &World, reference: &str) {
    for path in [
        "/submissions".to_owned(),
        format!("/submissions/{reference}"),
        format!("/submissions/{reference}/findings"),
        format!("/submissions/{reference}/receipt"),
        format!("/thresholds/{IMPORT}"),
        format!("/thresholds/{IMPORT}/history"),
        "/quarantine-events".to_owned(),
        "/quarantine-events/1203/communications".to_owned(),
        "/reviews".to_owned(),
        format!("/reviews/{reference}"),
    ] {
        world.get("supplier-aro-1", &path).await;
        world.get("reviewer-1", &path).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_when_files_are_accepted_reviewed_or_at_fault() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = raised(&world).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let reference = held["reference"].as_str().unwrap();
    let mut decision = decision(Decision::Accept, &held);
    decision.reason = reason("Agreed up to 648291753 by telephone.");
    let path = format!("/reviews/{reference}/decision");
    let (status, _) = world.post_decision("reviewer-1", &path, &decision).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.run_intake().await, [true]);
    read_all(&world, reference).await;

    // Each finding quotes what is wrong: too high, no number, warning over quarantine, a User ID of somebody else.
    let mut wrong = raised(&world).await;
    for row in [
        "90-B3-D5-1F-30-01-00-00,7.2,PT1H,648291753648291753,999999999648291753,,",
        "90-B3-D5-1F-30-01-00-00,7.2,P1D,6482917x53,6482917y53,,",
        "90-B3-D5-1F-30-01-00-00,7.3,P1D,648291753,648291752,,",
        "00-DB-12-34-56-78-90-AB,7.2,P1D,648291751,648291752,,",
    ] {
        wrong.push_str(row);
        wrong.push_str("\r\n");
    }
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &wrong, &signer)
        .await;
    assert_eq!(settled["state"], "rejected", "{settled:#}");

    let mut exit = world.exit("1203", "Delete", 3).await;
    exit.push_str("1203,90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-AB:648291753,Release\r\n");
    exit.push_str("1203,90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90:648291754,Release\r\n");
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &exit,
            &signer,
        )
        .await;
    assert_eq!(settled["state"], "rejected", "{settled:#}");
    assert_eq!(secrets::found(), Vec::<String>::new());
}

/// Calls from one number on, each with the fate.
fn from_call(number: usize, fate: Fate) -> impl Fn(&Call) -> Fate + Send + Sync + 'static {
    move |call| {
        if call.number >= number {
            fate
        } else {
            Fate::Passes
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_when_tables_quote_what_they_were_asked_or_answer_halves() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let plain = Arc::clone(&world.backend);
    let before = failures();
    for (more, fate) in [(0, QUOTES), (1, CANCELLED), (2, GARBLED)] {
        let file = world.adt(IMPORT, |_, level| Some(level + DISTINCT + more));
        let reference = world
            .send_signed("supplier-submitter", FileKind::Adt, &file.await, &signer)
            .await;
        let message = world.queues.one().await;
        // A later call each time, until the work is through.
        for number in 0..40 {
            let proxy = world.tables_behind(from_call(number, fate)).await;
            let handled = world.hand_over(from_ref(&message)).await;
            read_all(&world, &reference).await;
            drop(proxy);
            if handled == [true] {
                break;
            }
        }
        world.backend = Arc::clone(&plain);
    }
    assert!(failures() > before + 50, "{}", failures() - before);
    assert_eq!(secrets::found(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn not_when_a_submission_cannot_be_started_or_decided() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = raised(&world).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let calm = world.adt(GAS, |_, level| Some(level + DISTINCT)).await;
    let request = World::request(
        FileKind::Adt,
        &calm,
        &signer.sign(&calm, world.now()).unwrap(),
    );
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    let decision = decision(Decision::Accept, &held);
    let before = failures();
    for fate in [QUOTES, CANCELLED] {
        let writes = move |call: &Call| if call.writes() { fate } else { Fate::Passes };
        let _proxy = world.tables_behind(writes).await;
        let (status, _) = world
            .post("supplier-aro-1", "/submissions", "quoted-1", &request)
            .await;
        assert!(status.is_server_error(), "{status}");
        let (status, _) = world.post_decision("reviewer-1", &path, &decision).await;
        assert!(status.is_server_error(), "{status}");
    }
    assert!(failures() >= before + 4);
    assert_eq!(secrets::found(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn not_when_the_inbox_or_the_queue_answers_wrongly() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = raised(&world).await;
    world
        .send_signed("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let message = world.queues.one().await;
    let plain = Arc::clone(&world.backend);
    for fate in [
        Fate::Quotes(StatusCode::BAD_REQUEST, "InvalidRequest"),
        GARBLED,
    ] {
        let _proxy = world.inbox_behind(move |_| fate).await;
        world.hand_over(from_ref(&message)).await;
    }
    world.backend = plain;
    world.hand_over(from_ref(&message)).await;

    let reviews = world.get_json("reviewer-1", "/reviews").await;
    let held = &reviews["items"][0]["submission"];
    let path = format!("/submissions/{}", held["reference"].as_str().unwrap());
    let verdict = world.get_json("reviewer-1", &path).await["verdict"].clone();
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    let decision = decision(Decision::Accept, &json!({ "verdict": verdict }));
    let _proxy = world.queue_behind(|_| QUOTES).await;
    let (status, _) = world.post_decision("reviewer-1", &path, &decision).await;
    assert!(status.is_server_error(), "{status}");
    assert_eq!(secrets::found(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn not_when_an_item_is_not_what_it_should_be() {
    let world = World::new().await;
    // So that it is searched for.
    World::request(FileKind::Adt, "\r\n,,,648291753,648291753,,", b"-");
    let json =
        br#"{"userId":"648291753","standing":[{"quarantine":"648291753"}],"origin":648291753}"#;
    for (name, value) in [
        ("json", AttributeValue::B(Blob::new(json.to_vec()))),
        ("json", AttributeValue::S("648291753".to_owned())),
        ("json", AttributeValue::B(Blob::new(b"648291753".to_vec()))),
    ] {
        let text = |value: &str| AttributeValue::S(value.to_owned());
        world
            .place
            .clients()
            .dynamodb
            .put_item()
            .table_name(&world.backend.settings.tables.thresholds)
            .item("pk", text(&format!("large-supplier#USER#{IMPORT}")))
            .item("sk", text("CURRENT"))
            .item("version", AttributeValue::N("648291753".to_owned()))
            .item(name, value)
            .send()
            .await
            .unwrap();
        let (status, _) = world
            .get("supplier-aro-1", &format!("/thresholds/{IMPORT}"))
            .await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }
    assert_eq!(secrets::found(), Vec::<String>::new());
}
