//! DynamoDB fails while people ask: they are told that it is not their fault, and what to do.

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::Value;

use super::super::support::{
    ALL_THROTTLED, BROKEN, Fate, IMPORT, Outage, THROTTLED, World, put, send,
};
use super::{in_force_once, seen, send_adt};

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
        let outage = Outage::now(with);
        let _proxy = world.tables_behind(outage.fate()).await;
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
        outage.ends();
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
    let outage = Outage::later(Fate::AnswerLost);
    let proxy = world.tables_behind(outage.fate()).await;
    let mut references = std::collections::BTreeSet::new();
    let mut upload = Value::Null;
    // Each try gets one call further; every call is done, and from that one on none is answered.
    for answered in 0.. {
        outage.begins_with(proxy.calls().len() + answered);
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
    outage.ends();
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
