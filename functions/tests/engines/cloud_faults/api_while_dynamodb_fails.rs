//! DynamoDB fails while people ask: they are told that it is not their fault, and what to do.

use http::{Method, StatusCode};
use serde_json::Value;
use sluice_shared::api::{StartSubmission, SubmissionStarted};
use sluice_shared::files::FileKind;

use super::{in_force_once, seen, send_adt};
use crate::support::{
    ALL_THROTTLED, BROKEN, Fate, IMPORT, Outage, THROTTLED, World, put, testkit_file,
};

/// What a person is told while nothing can be read or written.
async fn told(world: &World, path: &str, body: Option<&StartSubmission>) -> Value {
    let client = world.client("supplier-submitter");
    let (method, headers, body) = match body {
        None => (Method::GET, vec![], vec![]),
        Some(body) => {
            let headers = vec![("idempotency-key", "in-an-outage-1")];
            (Method::POST, headers, serde_json::to_vec(body).unwrap())
        }
    };
    let answer = client.send_raw(method, path, &headers, body).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers());
    let problem: Value = serde_json::from_slice(answer.body()).unwrap();
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
async fn every_request_is_answered_503_with_what_to_do_and_the_file_is_accepted_afterwards() {
    for with in [THROTTLED, ALL_THROTTLED, BROKEN] {
        let mut world = World::new().await;
        let signer = world.signer("supplier-aro-1");
        let reference = send_adt(&world, &signer).await;
        let outage = Outage::now(with);
        let _proxy = world.tables_behind(outage.fate()).await;
        // That it is at fault does not matter here.
        let file = testkit_file("adt/header-only.csv");
        let request = World::request(
            FileKind::Adt,
            &file,
            &signer.sign(&file, world.now()).unwrap(),
        );
        let alone = format!("/submissions/{reference}");
        for (path, body) in [
            (alone.as_str(), None),
            ("/submissions", None),
            ("/submissions", Some(&request)),
        ] {
            let problem = told(&world, path, body).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_start_whose_answer_is_lost_or_fails_half_way_is_one_submission() {
    let mut world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = World::request(
        FileKind::Adt,
        &file,
        &signer.sign(&file, world.now()).unwrap(),
    );
    let outage = Outage::later(Fate::AnswerLost);
    let proxy = world.tables_behind(outage.fate()).await;
    let mut references = std::collections::BTreeSet::new();
    let mut upload = None;
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
            let started: SubmissionStarted = serde_json::from_value(answer).unwrap();
            references.insert(started.submission.reference.to_string());
            upload = started.upload;
            break;
        }
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
        assert_eq!(answer["code"], "unavailable");
    }
    outage.ends();
    let list = world
        .get_json("supplier-submitter", "/submissions?state=awaiting-upload")
        .await;
    let listed = list["items"].as_array().unwrap();
    let listed_references = listed
        .iter()
        .map(|item| item["reference"].as_str().unwrap());
    references.extend(listed_references.map(str::to_owned));
    assert_eq!(references.len(), 1, "{references:?}");
    assert_eq!(put(&upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let reference = listed[0]["reference"].as_str().unwrap();
    in_force_once(&world, reference).await;
}
