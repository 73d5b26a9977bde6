//! One submission corrects another: of the same kind, and each is corrected by one.

use http::StatusCode;
use serde_json::Value;
use sluice_shared::api::{StartSubmission, SubmissionStarted};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::SubmissionId;

use super::support::{IMPORT, LARGE, World, put, testkit_file};

const SUBMITTER: &str = "supplier-submitter";

/// A file that was rejected.
async fn rejected(world: &World, kind: FileKind, file: &str) -> SubmissionId {
    let signer = world.signer("supplier-aro-1");
    let settled = world.settle(SUBMITTER, kind, file, &signer).await;
    assert_eq!(settled["state"], "rejected", "{settled:#}");
    settled["reference"].as_str().unwrap().parse().unwrap()
}

/// The request of a file that corrects another; `level` makes it another file.
async fn correction(
    world: &World,
    replaces: SubmissionId,
    level: u64,
) -> (String, StartSubmission) {
    let file = world.adt(IMPORT, |_, before| Some(before + level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let mut request = World::request(FileKind::Adt, &file, &signature);
    request.replaces = Some(replaces);
    (file, request)
}

async fn start(world: &World, key: &str, request: &StartSubmission) -> SubmissionStarted {
    let (status, started) = world.start(SUBMITTER, key, request).await;
    assert_eq!(status, StatusCode::CREATED);
    started
}

async fn links(world: &World, id: SubmissionId) -> (Value, Value) {
    let told = world
        .get_json(SUBMITTER, &format!("/submissions/{id}"))
        .await;
    (told["replaces"].clone(), told["replacedBy"].clone())
}

async fn is_refused(world: &World, key: &str, request: &StartSubmission, says: &str) {
    let (status, problem) = world.post(SUBMITTER, "/submissions", key, request).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"cannot-replace".into()),
        "{problem}"
    );
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(says), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_kind_corrects_nothing() {
    let world = World::with_large_event().await;
    let exit = world.exit(LARGE, "Keep", 1).await;
    let wrong = rejected(&world, FileKind::ExitQuarantine, &exit).await;
    let (_, request) = correction(&world, wrong, 0).await;
    is_refused(&world, "correct-key-1", &request, "an Exit Quarantine file").await;
    assert_eq!(links(&world, wrong).await, (Value::Null, Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_corrected_is_not_corrected_a_second_time() {
    let world = World::new().await;
    let wrong = testkit_file("adt/header-missing.csv");
    let wrong = rejected(&world, FileKind::Adt, &wrong).await;
    let (file, request) = correction(&world, wrong, 1).await;
    let first = start(&world, "correct-key-2", &request).await;
    let by = first.submission.reference;
    assert_eq!(put(&first.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);

    let (_, second) = correction(&world, wrong, 2).await;
    is_refused(&world, "correct-key-3", &second, &by.to_string()).await;
    let (back, forth) = (links(&world, wrong).await.1, links(&world, by).await.0);
    assert_eq!(
        (back, forth),
        (by.to_string().into(), wrong.to_string().into())
    );
}

/// A correction that was begun and never sent is in nobody's way, and does not come back as a second one.
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_never_arrived_gives_way_to_the_next() {
    let world = World::new().await;
    let wrong = testkit_file("adt/header-missing.csv");
    let wrong = rejected(&world, FileKind::Adt, &wrong).await;
    let (_, begun) = correction(&world, wrong, 1).await;
    let begun = start(&world, "correct-key-4", &begun).await;
    let (_, next) = correction(&world, wrong, 2).await;
    let next = start(&world, "correct-key-5", &next).await;
    let [begun, next] = [begun, next].map(|started| started.submission.reference);
    assert_eq!(links(&world, begun).await, (Value::Null, Value::Null));
    assert_eq!(links(&world, wrong).await.1, next.to_string());
    assert_eq!(links(&world, next).await.0, wrong.to_string());
}

/// Somebody else's may be on its way: nobody takes its place before the address that it was begun with has ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_correction_that_may_be_on_its_way_is_not_pushed_aside() {
    let world = World::new().await;
    let wrong = testkit_file("adt/header-missing.csv");
    let wrong = rejected(&world, FileKind::Adt, &wrong).await;
    let (file, begun) = correction(&world, wrong, 1).await;
    let begun = start(&world, "correct-key-10", &begun).await;
    let (_, next) = correction(&world, wrong, 2).await;
    let (status, problem) = world
        .post("supplier-aro-2", "/submissions", "correct-key-11", &next)
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let id = begun.submission.reference;
    assert_eq!(links(&world, wrong).await.1, id.to_string());
    assert_eq!(put(&begun.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(links(&world, id).await.0, wrong.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn until_its_file_arrives_a_later_request_says_what_it_corrects() {
    let world = World::new().await;
    let one = testkit_file("adt/header-missing.csv");
    let one = rejected(&world, FileKind::Adt, &one).await;
    let two = testkit_file("adt/missing-column.csv");
    let two = rejected(&world, FileKind::Adt, &two).await;
    let (_, mut request) = correction(&world, one, 1).await;
    request.replaces = None;
    let started = start(&world, "correct-key-6", &request).await;
    let id = started.submission.reference;

    for (key, replaces, links_of_one, links_of_two) in [
        (
            "correct-key-7",
            Some(one),
            id.to_string().into(),
            Value::Null,
        ),
        (
            "correct-key-8",
            Some(two),
            Value::Null,
            id.to_string().into(),
        ),
        ("correct-key-9", None, Value::Null, Value::Null),
    ] {
        request.replaces = replaces;
        let (status, _) = world.start(SUBMITTER, key, &request).await;
        assert_eq!(status, StatusCode::OK, "{key}");
        let forth = replaces.map_or(Value::Null, |one| one.to_string().into());
        assert_eq!(links(&world, id).await.0, forth, "{key}");
        assert_eq!(links(&world, one).await.1, links_of_one, "{key}");
        assert_eq!(links(&world, two).await.1, links_of_two, "{key}");
    }
}
