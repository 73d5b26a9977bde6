//! Asking twice starts one submission: by the same key, by the same file, in two tabs at once.

use http::StatusCode;
use sluice_shared::api::SignatureForm;
use sluice_shared::files::FileKind;

use super::support::{IMPORT, World, put, testkit_file};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_again_answers_with_the_first() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (first, started) = world
        .start("supplier-submitter", "the-key-1", &request)
        .await;
    let (again, same) = world
        .start("supplier-submitter", "the-key-1", &request)
        .await;
    assert_eq!((first, again), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(started.submission.reference, same.submission.reference);
    assert!(
        same.upload.is_some(),
        "the file has not arrived, so there is an upload"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_another_request_is_refused() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let mut request = World::request(FileKind::Adt, &file, &signature);
    world
        .start("supplier-submitter", "the-key-2", &request)
        .await;
    request.length = 12;
    let (status, problem) = world
        .post("supplier-submitter", "/submissions", "the-key-2", &request)
        .await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &"key-reused".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_by_a_colleague_answers_with_the_first() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, first) = world
        .start("supplier-submitter", "the-key-3", &request)
        .await;
    let (status, second) = world.start("supplier-aro-2", "the-key-4", &request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(first.submission.reference, second.submission.reference);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_in_many_tabs_at_once_starts_one_submission() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let keys: Vec<_> = (0..4).map(|tab| format!("tab-key-{tab}")).collect();
    let asked = keys
        .iter()
        .map(|key| world.start("supplier-submitter", key, &request));
    let answers = futures::future::join_all(asked).await;
    let references: std::collections::BTreeSet<_> = answers
        .iter()
        .map(|(_, started)| started.submission.reference)
        .collect();
    assert_eq!(references.len(), 1, "{answers:#?}");
    let created = answers
        .iter()
        .filter(|(status, _)| *status == StatusCode::CREATED)
        .count();
    assert_eq!(created, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_rejected_may_be_tried_again() {
    let world = World::new().await;
    let file = &testkit_file("adt/header-missing.csv");
    let signer = world.signer("supplier-aro-1");
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, file, &signer)
        .await;
    assert_eq!(settled["state"], "rejected");
    let mut request = World::request(
        FileKind::Adt,
        file,
        &signer.sign(file, world.now()).unwrap(),
    );
    let rejected = settled["reference"].as_str().unwrap();
    request.replaces = Some(rejected.parse().unwrap());
    let (status, again) = world
        .start("supplier-submitter", "the-key-5", &request)
        .await;
    assert_eq!(status, StatusCode::CREATED);
    let reference = again.submission.reference.to_string();
    assert_ne!(reference, rejected);
    assert_eq!(put(&again.upload.unwrap(), file.as_str()).await, 200);
    let path = format!("/submissions/{rejected}");
    let earlier = world.get_json("supplier-submitter", &path).await;
    assert_eq!(earlier["replacedBy"], reference);
}

/// A colleague who knows the digest of what is to be sent, as from a check without effect, cannot hold the place with another length.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_file_is_not_held_up_by_who_knows_its_digest() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let mut request = World::request(FileKind::Adt, &file, &signature);
    request.signature = SignatureForm::Enveloping {};
    let mut wrong = request.clone();
    wrong.length = 7;
    let start = async |person, key, request| {
        let (status, started) = world.start(person, key, request).await;
        (status, started.submission.reference)
    };
    let (_, held) = start("supplier-submitter", "the-key-8", &wrong).await;
    let (status, own) = start("supplier-aro-1", "the-key-9", &request).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_ne!(held, own);
}
