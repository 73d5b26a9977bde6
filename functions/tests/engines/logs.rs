//! One correlation id from the page's request to the last function's log line.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use sluice_shared::api::SubmissionStarted;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{GAS, IMPORT, Lines, World, decision, put, send};

const OURS: &str = "9f86d081884c7d65";
const DECIDED: &str = "0b5c1e7a92d3f486";

#[tokio::test(flavor = "multi_thread")]
async fn the_requests_id_is_on_what_intake_logs_of_its_submission() {
    let world = World::new().await;
    let lines = Lines::collect();
    let file = world.adt(GAS, |_, level| Some(level + 1)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let headers = [
        ("idempotency-key", "correlated-1"),
        ("x-correlation-id", OURS),
    ];
    let body = serde_json::to_vec(&request).unwrap();
    let answer = world
        .client("supplier-submitter")
        .send_raw(Method::POST, "/submissions", &headers, body)
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(answer.headers()["x-correlation-id"], OURS);
    let started: SubmissionStarted = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(put(&started.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);

    let lines = lines.of_request(OURS);
    let settled = lines
        .iter()
        .find(|line| line["message"] == "settled")
        .unwrap();
    let reference = started.submission.reference.to_string();
    assert_eq!(settled["span"]["submission"], reference);
    assert_eq!(settled["level"], "INFO");
    assert_eq!(settled["state"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decisions_id_is_on_what_intake_logs_of_it() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let lines = Lines::collect();
    let path = format!("/reviews/{}/decision", held["reference"].as_str().unwrap());
    let id = held["reference"].as_str().unwrap().parse().unwrap();
    let asked = decision(Decision::Accept, &held);
    let decision = world.signed_decision("reviewer-1", &id, &asked).await;
    let decision = serde_json::to_value(decision).unwrap();
    let (status, body) = world
        .call(
            Method::POST,
            "reviewer-1",
            &path,
            &[("x-correlation-id", DECIDED)],
            Some(&decision),
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(world.run_intake().await, [true]);
    assert!(
        lines
            .of_request(DECIDED)
            .iter()
            .any(|line| line["message"] == "settled")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_correlation_id_is_not_taken_over() {
    let world = World::new().await;
    let ask = async |given: &str| {
        let request = Request::get("/api/health")
            .header("x-correlation-id", given)
            .body(Body::empty())
            .unwrap();
        let (_, headers, _) = send(world.router(), request).await;
        headers["x-correlation-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(ask(OURS).await, OURS);
    for given in ["9F86D081884C7D65", "{\"level\":\"ERROR\"}", ""] {
        let answered = ask(given).await;
        assert_ne!(answered, given);
        assert_eq!(answered.len(), 16);
    }
}
