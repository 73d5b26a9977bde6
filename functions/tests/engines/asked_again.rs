//! A submission that is asked for again: until its file arrives it is what the last request says; from then on, whoever says
//! otherwise is told.

use http::StatusCode;
use serde_json::Value;
use sluice_shared::api::{Base64Bytes, SignatureForm, StartSubmission};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{ServiceRequestRef, SubmissionId};

use super::support::{IMPORT, World, put};

const SUBMITTER: &str = "supplier-submitter";
const COLLEAGUE: &str = "supplier-aro-2";

/// A calm file with its request, which names no service-management request.
async fn asked(world: &World) -> (String, StartSubmission) {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    (file, request)
}

fn with_service_request(request: &StartSubmission, reference: &str) -> StartSubmission {
    StartSubmission {
        service_request: Some(ServiceRequestRef::parse(reference).unwrap()),
        ..request.clone()
    }
}

async fn detail(world: &World, reference: &str) -> Value {
    world
        .get_json(SUBMITTER, &format!("/submissions/{reference}"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_file_arrives_what_a_later_request_says_is_taken() {
    let world = World::new().await;
    let (file, request) = asked(&world).await;
    let (_, first) = world.start(SUBMITTER, "again-key-1", &request).await;
    let reference = first.submission.reference.to_string();

    let mut later = with_service_request(&request, "SMSR-2026-00417");
    later.file_name = "ADT_renamed.csv".parse().unwrap();
    let (status, same) = world.start(COLLEAGUE, "again-key-2", &later).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(same.submission.reference, first.submission.reference);
    assert_eq!(same.submission.file_name, later.file_name);

    assert_eq!(put(&same.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let settled = detail(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["serviceRequest"], "SMSR-2026-00417");
    assert_eq!(settled["fileName"], "ADT_renamed.csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_request_leaves_out_it_takes_from_whoever_makes_it_and_from_nobody_else() {
    let world = World::new().await;
    let (_, request) = asked(&world).await;
    let named = with_service_request(&request, "SMSR-1");
    let (_, first) = world.start(SUBMITTER, "again-key-3", &named).await;
    let reference = first.submission.reference.to_string();
    let said = async || detail(&world, &reference).await["serviceRequest"].clone();
    world.start(SUBMITTER, "again-key-9", &request).await;
    assert_eq!(said().await, Value::Null, "taken back");
    world.start(SUBMITTER, "again-key-10", &named).await;
    world.start(COLLEAGUE, "again-key-4", &request).await;
    assert_eq!(said().await, "SMSR-1", "a colleague's");
}

/// A connection that broke repeats what was asked before a colleague said more.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_repeated_says_nothing_new() {
    let world = World::new().await;
    let (file, request) = asked(&world).await;
    let (_, first) = world.start(SUBMITTER, "again-key-11", &request).await;
    let reference = first.submission.reference.to_string();
    let mut later = with_service_request(&request, "SMSR-1");
    later.file_name = "ADT_renamed.csv".parse().unwrap();
    world.start(COLLEAGUE, "again-key-12", &later).await;

    let (status, again) = world.start(SUBMITTER, "again-key-11", &request).await;
    assert_eq!(status, StatusCode::OK);
    let told = detail(&world, &reference).await;
    assert_eq!(told["serviceRequest"], "SMSR-1", "{told:#}");
    assert_eq!(told["fileName"], "ADT_renamed.csv");
    assert_eq!(put(&again.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let (status, _) = world.start(SUBMITTER, "again-key-11", &request).await;
    assert_eq!(status, StatusCode::OK, "it asks for nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_key_is_no_signature_and_is_not_kept() {
    let world = World::new().await;
    let (_, mut request) = asked(&world).await;
    let key = std::fs::read(world.folder().join("pki/faults/rsa-2048-key.pem")).unwrap();
    request.signature = SignatureForm::Detached {
        der: Base64Bytes(key),
    };
    let path = "/submissions";
    let (status, problem) = world.post(SUBMITTER, path, "again-key-13", &request).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("have its certificate revoked"), "{detail}");
    let list = world
        .get_json(SUBMITTER, "/submissions?state=awaiting-upload")
        .await;
    assert_eq!(list["items"].as_array().unwrap().len(), 0, "{list:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_file_has_arrived_whoever_says_otherwise_is_told() {
    let world = World::new().await;
    let (file, request) = asked(&world).await;
    let (_, first) = world.start(SUBMITTER, "again-key-5", &request).await;
    assert_eq!(put(&first.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let reference = first.submission.reference.to_string();

    let mut renamed = request.clone();
    renamed.file_name = "ADT_renamed.csv".parse().unwrap();
    let mut correcting = request.clone();
    correcting.replaces = Some(SubmissionId::from_random([1; 10]));
    for (key, later, word) in [
        (
            "again-key-6",
            with_service_request(&request, "SMSR-1"),
            "service-management request",
        ),
        ("again-key-7", renamed, "file name"),
        (
            "again-key-14",
            correcting,
            "earlier submission that it corrects",
        ),
    ] {
        let (status, problem) = world.post(COLLEAGUE, "/submissions", key, &later).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::CONFLICT, &"sent-before".into()),
            "{problem}"
        );
        assert_eq!(problem["submission"], reference.as_str());
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.contains(word)
                && detail.contains(&reference)
                && detail.contains("sign the file again"),
            "{detail}"
        );
    }
    let (status, _) = world.start(COLLEAGUE, "again-key-8", &request).await;
    assert_eq!(status, StatusCode::OK, "the same is harmless");
    let kept = detail(&world, &reference).await;
    assert!(kept["serviceRequest"].is_null(), "{kept:#}");
    assert!(kept["replaces"].is_null(), "{kept:#}");
    assert_eq!(kept["uploader"]["id"], SUBMITTER, "{kept:#}");
}

/// While a file is checked or reviewed another signature of it is not looked at.
#[tokio::test(flavor = "multi_thread")]
async fn another_signature_of_what_is_on_its_way_is_not_lost_in_silence() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let held = world.settle(SUBMITTER, FileKind::Adt, &file, &signer).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let other = world
        .signer("supplier-aro-2")
        .sign(&file, world.now())
        .unwrap();
    let signed_anew = World::request(FileKind::Adt, &file, &other);
    let (status, problem) = world
        .post(COLLEAGUE, "/submissions", "again-key-10", &signed_anew)
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("signature") && detail.contains("Wait for its outcome"),
        "{detail}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_meant_an_earlier_submission_still_means_it_after_its_outcome() {
    let world = World::new().await;
    let file = super::support::testkit_file("adt/header-missing.csv");
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, first) = world.start(SUBMITTER, "again-key-11", &request).await;
    let (_, second) = world.start(COLLEAGUE, "again-key-12", &request).await;
    assert_eq!(put(&second.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    // Its answer was lost, and the file was rejected meanwhile: asking again is no second try.
    let (status, same) = world.start(COLLEAGUE, "again-key-12", &request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(same.submission.reference, first.submission.reference);
}
