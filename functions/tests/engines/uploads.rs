//! Uploads that fail: too late, twice, with other content; and what can be done about it.

use std::time::Duration;

use http::StatusCode;
use sluice_shared::api::SubmissionStarted;
use sluice_shared::files::FileKind;

use super::support::{IMPORT, World, put};

#[tokio::test(flavor = "multi_thread")]
async fn storage_takes_only_what_was_announced_and_only_once() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .start("supplier-submitter", "upload-1", &request)
        .await;
    let upload = &started.upload.unwrap();
    let other = file.replace("7.2", "7.1");
    assert_ne!(
        put(upload, other).await,
        200,
        "other content of the same length"
    );
    assert_ne!(
        put(upload, &file.as_bytes()[1..]).await,
        200,
        "another length"
    );
    assert_eq!(put(upload, file.clone()).await, 200);
    assert_eq!(put(upload, file).await, 412, "a second time");
    assert_eq!(world.run_intake().await, [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_can_be_presigned_again_while_it_is_awaited() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .start("supplier-submitter", "upload-2", &request)
        .await;
    let path = format!("/submissions/{}/upload", started.submission.reference);
    let (status, again) = world
        .post("supplier-submitter", &path, "-", &serde_json::json!({}))
        .await;
    assert_eq!(status, StatusCode::OK);
    let again: SubmissionStarted = serde_json::from_value(again).unwrap();
    assert_eq!(put(&again.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let (status, problem) = world
        .post("supplier-submitter", &path, "-", &serde_json::json!({}))
        .await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"wrong-state".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_never_arrives_expires() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .start("supplier-submitter", "upload-3", &request)
        .await;
    let reference = started.submission.reference.to_string();
    world.pass(Duration::from_hours(25));
    let expired = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(expired["state"], "expired");
    let listed = world
        .get_json("supplier-submitter", "/submissions?state=expired")
        .await;
    assert_eq!(listed["items"][0]["reference"], reference);
    let waiting = world
        .get_json("supplier-submitter", "/submissions?state=awaiting-upload")
        .await;
    assert_eq!(waiting["items"], serde_json::json!([]));
    let (status, problem) = world
        .post(
            "supplier-submitter",
            &format!("/submissions/{reference}/upload"),
            "-",
            &serde_json::json!({}),
        )
        .await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::GONE, &"upload-expired".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_makes_no_sense_says_what_is_wrong() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let good = serde_json::to_value(World::request(FileKind::Adt, &file, &signature)).unwrap();
    let with = |name: &str, value: serde_json::Value| {
        let mut request = good.clone();
        request[name] = value;
        request
    };
    let cases = [
        (with("length", 0.into()), 422, "empty"),
        (with("length", 200_000_001_u64.into()), 413, "200000001"),
        (with("sha256", "ABC".into()), 422, "sha256"),
        (with("kind", "report".into()), 422, "kind"),
        (with("fileName", "../adt.csv".into()), 422, "fileName"),
        (
            with(
                "signature",
                serde_json::json!({ "form": "detached", "der": "" }),
            ),
            422,
            "signature",
        ),
        (with("unheard-of", 1.into()), 422, "unheard-of"),
    ];
    for (request, status, word) in cases {
        let (answered, problem) = world
            .post("supplier-submitter", "/submissions", "upload-4", &request)
            .await;
        assert_eq!(answered.as_u16(), status, "{problem}");
        assert!(
            problem["detail"].as_str().unwrap().contains(word),
            "{word}: {problem}"
        );
    }
    let (answered, problem) = world
        .call(
            http::Method::POST,
            "supplier-submitter",
            "/submissions",
            &[],
            Some(&good),
        )
        .await;
    assert_eq!(answered.as_u16(), 422);
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("Idempotency-Key")
    );
}
