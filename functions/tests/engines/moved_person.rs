//! Somebody moves to another organisation: what they began at the one before is not theirs any more, by whichever route they ask.

use http::{Method, StatusCode};
use serde_json::Value;
use sluice_shared::api::{StartSubmission, SubmissionStarted};
use sluice_shared::directory::{Entrance, Person, PersonRole};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::OrganisationId;
use sluice_shared::submission::Decision;

use super::support::{IMPORT, World, decision};

const SUBMITTER: &str = "supplier-submitter";
const NETWORK: &str = "network-operator";

/// Registers somebody elsewhere, with the roles that they had.
async fn moves(world: &World, who: &str, organisation: &str) -> OrganisationId {
    let directory = &world.backend.directory;
    let person = directory.person(&who.parse().unwrap()).await.unwrap();
    let person = person.unwrap();
    let moved = Person {
        organisation: OrganisationId::parse(organisation).unwrap(),
        ..person.clone()
    };
    directory.put_person(&moved).await.unwrap();
    person.organisation
}

/// A submission that awaits its file: what was asked, and the answer.
async fn started(world: &World, key: &str) -> (StartSubmission, SubmissionStarted) {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (status, started) = world.start(SUBMITTER, key, &request).await;
    assert_eq!(status, StatusCode::CREATED);
    (request, started)
}

/// Nothing in an answer tells of a submission: no reference, no address, no organisation.
fn says_nothing_of(answer: &Value, started: &SubmissionStarted) {
    let text = answer.to_string();
    let reference = started.submission.reference.to_string();
    for told in [
        reference.as_str(),
        "large-supplier",
        "Large Supplier",
        "http://",
    ] {
        assert!(!text.contains(told), "{told} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_key_starts_the_same_file_for_the_organisation_of_today() {
    let world = World::new().await;
    let (request, first) = started(&world, "moved-key-1").await;
    moves(&world, SUBMITTER, NETWORK).await;
    // Also the key of before: it was another organisation's, and nothing of that is there.
    for (key, expected) in [
        ("moved-key-1", StatusCode::CREATED),
        ("moved-key-2", StatusCode::OK),
    ] {
        let (status, anew) = world.start(SUBMITTER, key, &request).await;
        assert_eq!(status, expected, "{key}");
        let reference = anew.submission.reference;
        assert_ne!(reference, first.submission.reference, "{key}");
        assert_eq!(anew.submission.organisation.as_str(), NETWORK, "{key}");
        let url = anew.upload.unwrap().url;
        assert!(url.contains(&format!("/{NETWORK}/{reference}")), "{url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_as_if_it_had_never_been() {
    let world = World::new().await;
    let (request, first) = started(&world, "moved-key-4").await;
    moves(&world, SUBMITTER, NETWORK).await;
    let reference = first.submission.reference;
    for (method, path) in [
        (Method::GET, format!("/submissions/{reference}")),
        (Method::GET, format!("/submissions/{reference}/findings")),
        (Method::GET, format!("/submissions/{reference}/receipt")),
        (Method::POST, format!("/submissions/{reference}/upload")),
        (Method::GET, format!("/thresholds/{IMPORT}")),
        (Method::GET, format!("/thresholds/{IMPORT}/history")),
        (Method::GET, "/quarantine-events/1201".to_owned()),
        (
            Method::GET,
            "/quarantine-events/1201/communications".to_owned(),
        ),
        (
            Method::GET,
            "/submissions?organisation=large-supplier".to_owned(),
        ),
    ] {
        let (status, problem) = world
            .call(method.clone(), SUBMITTER, &path, &[], None)
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{method} {path}: {problem}");
    }
    let listed = world.get_json(SUBMITTER, "/submissions").await;
    says_nothing_of(&listed, &first);

    let mut correction = request;
    correction.replaces = Some(reference);
    let (status, problem) = world
        .post(SUBMITTER, "/submissions", "moved-key-5", &correction)
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{problem}");

    // It is still there for those who stayed.
    let path = format!("/submissions/{reference}/upload");
    let (status, _) = world
        .call(Method::POST, "supplier-aro-1", &path, &[], None)
        .await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn dcc_staff_who_may_send_get_no_upload_of_anothers_submission() {
    let world = World::new().await;
    let (_, first) = started(&world, "moved-key-6").await;
    let directory = &world.backend.directory;
    let operator = directory.person(&"dcc-operator".parse().unwrap()).await;
    let mut operator = operator.unwrap().unwrap();
    operator.roles.push(PersonRole::Submitter);
    directory.put_person(&operator).await.unwrap();
    let reference = first.submission.reference;
    let path = format!("/submissions/{reference}");
    assert_eq!(
        world.get("dcc-operator", &path).await.0,
        StatusCode::OK,
        "it is seen"
    );
    let path = format!("{path}/upload");
    for (entrance, expected) in [
        (Entrance::Staff, StatusCode::NOT_FOUND),
        (Entrance::Users, StatusCode::FORBIDDEN),
    ] {
        world.asks_at(entrance, "dcc-operator");
        let (status, problem) = world
            .call(Method::POST, "dcc-operator", &path, &[], None)
            .await;
        assert_eq!(status, expected, "{entrance:?}: {problem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_the_dcc_decides_and_reads_no_review() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let held = world.settle(SUBMITTER, FileKind::Adt, &file, &signer).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let path = format!("/reviews/{}", held["reference"].as_str().unwrap());
    let id = held["reference"].as_str().unwrap().parse().unwrap();
    let asked = decision(Decision::Accept, &held);
    let decision = world.signed_decision("reviewer-1", &id, &asked).await;
    let decision = serde_json::to_value(decision).unwrap();

    let directory = &world.backend.directory;
    let reviewer = directory.person(&"reviewer-1".parse().unwrap()).await;
    let mut reviewer = reviewer.unwrap().unwrap();
    reviewer.organisation = OrganisationId::parse(NETWORK).unwrap();
    reviewer.roles = vec![PersonRole::Aro];
    directory.put_person(&reviewer).await.unwrap();

    for (method, path, body) in [
        (Method::GET, "/reviews".to_owned(), None),
        (Method::GET, path.clone(), None),
        (Method::POST, format!("{path}/decision"), Some(&decision)),
    ] {
        let (status, problem) = world.call(method, "reviewer-1", &path, &[], body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {problem}");
    }
    let path = format!("/submissions/{}", held["reference"].as_str().unwrap());
    let (status, _) = world.get("reviewer-1", &path).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "at the entrance of staff");
    world.asks_at(Entrance::Users, "reviewer-1");
    let (status, _) = world.get("reviewer-1", &path).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signer_who_moves_signs_for_the_organisation_before_no_longer() {
    let world = World::new().await;
    let before = moves(&world, "supplier-aro-1", NETWORK).await;
    let directory = &world.backend.directory;
    let left = directory.organisation_record(&before).await.unwrap();
    let ids: Vec<_> = left.unwrap().people.into_iter().map(|p| p.id).collect();
    assert!(!ids.contains(&"supplier-aro-1".parse().unwrap()), "{ids:?}");
}
