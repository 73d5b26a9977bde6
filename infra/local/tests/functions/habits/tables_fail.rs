//! DynamoDB throttles, fails, or does what it is asked and cannot say so.

use std::slice::from_ref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::Value;
use sluice_shared::submission::StateName;

use super::super::support::{
    ALL_THROTTLED, BROKEN, Call, Fate, IMPORT, Proxy, THROTTLED, World, put, send,
};
use super::{decision, held, in_force_once, outcomes, released_once, seen, send_adt, send_exit};

/// Every call from the one of this number on fails, until somebody lets them pass.
#[derive(Clone)]
struct Outage {
    from: Arc<AtomicUsize>,
    with: Fate,
}

impl Outage {
    fn none(with: Fate) -> Self {
        let from = Arc::new(AtomicUsize::new(usize::MAX));
        Self { from, with }
    }

    fn from(&self, number: usize) {
        self.from.store(number, Ordering::Relaxed);
    }

    fn fate(&self, call: &Call) -> Fate {
        if call.number >= self.from.load(Ordering::Relaxed) {
            self.with
        } else {
            Fate::Passes
        }
    }
}

/// Delivers one message again and again, each time with an outage that begins one call later, until it gets through; how often it
/// failed.
async fn through_outages(world: &mut World, with: Fate) -> (Proxy, usize) {
    let message = world.queue.one().await;
    let outage = Outage::none(with);
    let asked = outage.clone();
    let proxy = world.tables_behind(move |call| asked.fate(call)).await;
    let mut failed = 0;
    loop {
        outage.from(proxy.calls().len() + failed);
        if world.hand_over(from_ref(&message)).await == [true] {
            outage.from(usize::MAX);
            return (proxy, failed);
        }
        failed += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adt_file_gets_through_an_outage_at_any_call() {
    for with in [THROTTLED, ALL_THROTTLED, BROKEN] {
        let mut world = World::new().await;
        let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
        let (_proxy, failed) = through_outages(&mut world, with).await;
        assert!(failed >= 5, "it fails at each call: {failed}");
        in_force_once(&world, &reference).await;
        assert_eq!(outcomes(&world, StateName::Accepted), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_gets_through_an_outage_at_any_call() {
    let mut world = World::new().await;
    let reference = send_exit(&world, &world.signer("supplier-aro-1"), 100).await;
    let (_proxy, failed) = through_outages(&mut world, THROTTLED).await;
    assert!(failed >= 5, "it fails at each call: {failed}");
    released_once(&world, &reference, 100).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
}

/// The answers to the first try of every write are lost.
fn first_answers_lost() -> impl Fn(&Call) -> Fate + Send + Sync + 'static {
    let lost = AtomicBool::new(false);
    move |call| {
        if call.writes() && !lost.fetch_xor(true, Ordering::Relaxed) {
            Fate::AnswerLost
        } else {
            Fate::Passes
        }
    }
}

/// Delivers what is there until it is handled.
async fn until_handled(world: &World) {
    for _ in 0..4 {
        if world.run_intake().await == [true] {
            return;
        }
    }
    panic!("four deliveries were not enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_whose_answers_are_lost_are_not_done_twice() {
    let mut world = World::new().await;
    let _proxy = world.tables_behind(first_answers_lost()).await;
    let signer = world.signer("supplier-aro-1");
    let adt = send_adt(&world, &signer).await;
    until_handled(&world).await;
    in_force_once(&world, &adt).await;
    let exit = send_exit(&world, &signer, 100).await;
    until_handled(&world).await;
    released_once(&world, &exit, 100).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_whose_decision_was_recorded_is_told_so_although_the_answer_was_lost() {
    let mut world = World::new().await;
    let held = held(&world, &world.signer("supplier-aro-1")).await;
    let proxy = world.tables_behind(first_answers_lost()).await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let asked = decision("accept", &held);
    let (status, answer) = world.post("reviewer-1", &path, "-", &asked).await;
    assert!(proxy.calls().iter().any(Call::writes));
    assert_eq!(status, StatusCode::OK, "{answer}");
    until_handled(&world).await;
    assert_eq!(seen(&world, reference).await["state"], "accepted");
}

/// What a person is told while nothing can be read or written.
async fn told(world: &World, method: &str, path: &str, body: Option<&Value>) -> Value {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api{path}"))
        .header(
            "authorization",
            format!("Bearer {}", world.token("supplier-submitter")),
        )
        .header("content-type", "application/json");
    if body.is_some() {
        request = request.header("idempotency-key", "in-an-outage-1");
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let (status, headers, bytes) = send(world.router(), request.body(body).unwrap()).await;
    let problem: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{path}: {problem}");
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(headers["retry-after"], "60");
    assert_eq!(
        problem["correlationId"],
        headers["x-correlation-id"].to_str().unwrap()
    );
    problem
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nothing_can_be_read_the_sender_is_told_what_to_do_and_afterwards_how_it_stands() {
    for with in [THROTTLED, ALL_THROTTLED, BROKEN] {
        let mut world = World::new().await;
        let signer = world.signer("supplier-aro-1");
        let reference = send_adt(&world, &signer).await;
        let outage = Outage::none(with);
        let asked = outage.clone();
        let _proxy = world.tables_behind(move |call| asked.fate(call)).await;
        outage.from(0);
        let file = any_file();
        let request = World::request("adt", &file, &signer.sign(&file, world.now()));
        let alone = format!("/submissions/{reference}");
        for (method, path, body) in [
            ("GET", alone.as_str(), None),
            ("GET", "/submissions", None),
            ("POST", "/submissions", Some(&request)),
        ] {
            let problem = told(&world, method, path, body).await;
            assert_eq!(problem["code"], "unavailable");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("Try again"), "{detail}");
            assert!(
                detail.contains("Nothing that you sent before is lost"),
                "{detail}"
            );
            assert!(
                !problem.to_string().contains("proxy"),
                "no cause: {problem}"
            );
        }
        assert_eq!(world.run_intake().await, [false]);
        outage.from(usize::MAX);
        assert_eq!(seen(&world, &reference).await["state"], "awaiting-upload");
        assert_eq!(world.run_intake().await, [true]);
        in_force_once(&world, &reference).await;
    }
}

/// Any file: that it is at fault does not matter here.
fn any_file() -> String {
    format!("UserID\r\n{IMPORT}\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_whose_answer_is_lost_or_fails_half_way_is_one_submission() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = World::request("adt", &file, &signer.sign(&file, world.now()));
    let outage = Outage::none(Fate::AnswerLost);
    let asked = outage.clone();
    let proxy = world.tables_behind(move |call| asked.fate(call)).await;
    let mut references = std::collections::BTreeSet::new();
    let mut upload = Value::Null;
    // Each try gets one call further; every call is done, and from that one on none is answered.
    for answered in 0.. {
        outage.from(proxy.calls().len() + answered);
        let (status, answer) = world
            .post(
                "supplier-submitter",
                "/submissions",
                "the-one-key",
                &request,
            )
            .await;
        if status.is_success() {
            references.insert(answer["submission"]["reference"].to_string());
            upload = answer["upload"].clone();
            break;
        }
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
        assert_eq!(answer["code"], "unavailable");
    }
    outage.from(usize::MAX);
    let list = world
        .read("supplier-submitter", "/submissions?state=awaiting-upload")
        .await;
    let listed = list["items"].as_array().unwrap();
    references.extend(listed.iter().map(|item| item["reference"].to_string()));
    assert_eq!(references.len(), 1, "{references:?}");
    assert_eq!(put(&upload, file.into_bytes()).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let reference = listed[0]["reference"].as_str().unwrap();
    in_force_once(&world, reference).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn now_and_then_a_throttled_call_is_tried_again_and_nobody_notices() {
    let mut world = World::new().await;
    let every_third = |call: &Call| {
        if call.number.is_multiple_of(3) {
            THROTTLED
        } else {
            Fate::Passes
        }
    };
    let _proxy = world.tables_behind(every_third).await;
    let signer = world.signer("supplier-aro-1");
    let adt = send_adt(&world, &signer).await;
    assert_eq!(world.run_intake().await, [true]);
    in_force_once(&world, &adt).await;
}
