//! Who started a submission and who sent it are two facts, and each is recorded of the right person.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_shared::api::{StartSubmission, SubmissionStarted};
use sluice_shared::directory::{Entrance, Person, PersonRole};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{OrganisationId, PersonId};
use sluice_shared::signature::{TrustAnchors, verify_receipt};
use sluice_shared::submission::Decision;

use super::support::{IMPORT, World, decision, put};

const STARTER: &str = "supplier-submitter";
const SENDER: &str = "supplier-aro-2";
const LARGE: &str = "large-supplier";

async fn started(
    world: &World,
    key: &str,
    factor: u64,
) -> (String, StartSubmission, SubmissionStarted) {
    let file = world.adt(IMPORT, |_, level| Some(level * factor)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let request = World::request(FileKind::Adt, &file, &signature);
    let (status, started) = world.start(STARTER, key, &request).await;
    assert_eq!(status, StatusCode::CREATED);
    (file, request, started)
}

async fn ask_for_address(world: &World, person: &str, reference: &str) -> SubmissionStarted {
    let path = format!("/submissions/{reference}/upload");
    let (status, answer) = world.call(Method::POST, person, &path, &[], None).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    serde_json::from_value(answer).unwrap()
}

async fn detail(world: &World, reference: &str) -> Value {
    world
        .get_json(STARTER, &format!("/submissions/{reference}"))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_the_address_is_who_sent_it() {
    let world = World::new().await;
    let (file, _, first) = started(&world, "sent-key-1", 1).await;
    let reference = first.submission.reference.to_string();
    let address = ask_for_address(&world, SENDER, &reference).await;
    assert_eq!(address.submission.uploader.id.as_str(), SENDER);
    assert_eq!(put(&address.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);

    let settled = detail(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["uploader"]["id"], SENDER);
    assert_eq!(settled["startedBy"]["id"], STARTER);
    let history = format!("/thresholds/{IMPORT}/history");
    let history = world.get_json(STARTER, &history).await;
    assert_eq!(history["items"][0]["origin"]["uploader"], SENDER);
    let receipt = world.receipt(&reference).await;
    let anchors = TrustAnchors::parse(world.authority.root.as_bytes()).unwrap();
    let purposes = &world.backend.settings.profile.signing.accepted_key_purposes;
    let (receipt, _) = verify_receipt(&anchors, purposes, world.now(), &receipt.unwrap()).unwrap();
    assert_eq!(receipt.uploader.as_str(), SENDER);
    assert_eq!(receipt.started_by.unwrap().as_str(), STARTER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_sends_the_same_file_is_who_sent_it() {
    let world = World::new().await;
    let (file, request, first) = started(&world, "sent-key-2", 1).await;
    let reference = first.submission.reference.to_string();
    let (_, same) = world.start(SENDER, "sent-key-3", &request).await;
    assert_eq!(put(&same.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let settled = detail(&world, &reference).await;
    assert_eq!(settled["uploader"]["id"], SENDER, "{settled:#}");
    assert_eq!(settled["startedBy"]["id"], STARTER, "{settled:#}");
}

/// An address is its owner's: who asked for another one later did not send what came by the first.
#[tokio::test(flavor = "multi_thread")]
async fn whose_address_the_file_came_by_is_who_sent_it_whoever_asked_last() {
    let world = World::new().await;
    let (file, request, first) = started(&world, "sent-key-6", 1).await;
    let reference = first.submission.reference.to_string();
    ask_for_address(&world, SENDER, &reference).await;
    world.start("supplier-aro-1", "sent-key-7", &request).await;
    assert_eq!(put(&first.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);

    let settled = detail(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["uploader"]["id"], STARTER);
    assert!(settled["startedBy"].is_null(), "{settled:#}");
    let also = settled["alsoAsked"].as_array().unwrap().iter();
    let also: Vec<_> = also.map(|person| &person["id"]).collect();
    assert_eq!(also, [SENDER, "supplier-aro-1"], "{settled:#}");
    let receipt = world.receipt(&reference).await;
    let anchors = TrustAnchors::parse(world.authority.root.as_bytes()).unwrap();
    let purposes = &world.backend.settings.profile.signing.accepted_key_purposes;
    let (receipt, _) = verify_receipt(&anchors, purposes, world.now(), &receipt.unwrap()).unwrap();
    assert_eq!(receipt.uploader.as_str(), STARTER);
    assert_eq!(receipt.started_by, None);
    let also: Vec<_> = receipt.also_asked.iter().map(PersonId::as_str).collect();
    assert_eq!(also, [SENDER, "supplier-aro-1"]);
}

/// The header that says whose address it is is signed with it.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_sends_in_the_name_of_another() {
    let world = World::new().await;
    let (file, _, first) = started(&world, "sent-key-8", 1).await;
    let other = ask_for_address(&world, SENDER, &first.submission.reference.to_string()).await;
    let mut upload = first.upload.unwrap();
    let of_the_other = other.upload.unwrap().headers["x-amz-meta-sent-by"].clone();
    upload
        .headers
        .insert("x-amz-meta-sent-by".to_owned(), of_the_other);
    assert_eq!(put(&upload, file).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_had_an_address_stays_on_record() {
    let world = World::new().await;
    let (_, request, first) = started(&world, "sent-key-4", 1).await;
    let reference = first.submission.reference.to_string();
    assert!(detail(&world, &reference).await["startedBy"].is_null());
    ask_for_address(&world, SENDER, &reference).await;
    ask_for_address(&world, "supplier-aro-1", &reference).await;
    // By the key that started it: an address, too.
    world.start(STARTER, "sent-key-4", &request).await;
    let told = detail(&world, &reference).await;
    assert_eq!(told["uploader"]["id"], STARTER, "{told:#}");
    assert!(
        told["startedBy"].is_null(),
        "it is the same person: {told:#}"
    );
    let also: Vec<_> = told["alsoAsked"].as_array().unwrap().iter().collect();
    assert_eq!(
        also.iter().map(|person| &person["id"]).collect::<Vec<_>>(),
        [SENDER, "supplier-aro-1"],
        "{told:#}"
    );
}

/// Whoever began it has left by the time that it arrives: it is the colleague's who sends it, and stays on record as begun by the one who left.
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_began_who_was_removed_since_goes_on_with_whoever_sends_it() {
    let world = World::new().await;
    let (file, _, first) = started(&world, "sent-key-6", 1).await;
    let reference = first.submission.reference.to_string();
    let address = ask_for_address(&world, SENDER, &reference).await;
    let removes = json!({ "kind": "remove", "person": STARTER });
    let (status, answer) = world.ask("supplier-admin", LARGE, &removes).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(put(&address.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let settled = world
        .get_json(SENDER, &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["uploader"]["id"], SENDER);
    assert_eq!(settled["startedBy"]["id"], STARTER);
}

/// Whoever could have sent a file may not decide it, wherever they are registered since.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_had_an_address_decides_it() {
    let world = World::new().await;
    let (file, _, first) = started(&world, "sent-key-5", 3).await;
    let reference = first.submission.reference.to_string();
    ask_for_address(&world, "supplier-aro-1", &reference).await;
    let address = ask_for_address(&world, SENDER, &reference).await;
    assert_eq!(put(&address.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let held = detail(&world, &reference).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");

    let asked = decision(Decision::Accept, &held);
    for who in [STARTER, SENDER, "supplier-aro-1"] {
        becomes_reviewer(&world, who).await;
        let path = format!("/reviews/{reference}/decision");
        let (status, problem) = world.post_decision(who, &path, &asked).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{who}: {problem}");
        assert_eq!(problem["code"], "review-barred", "{who}: {problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("you sent it, or could have"), "{detail}");
    }
}

async fn becomes_reviewer(world: &World, who: &str) {
    let directory = &world.backend.directory;
    let person = directory.person(&who.parse().unwrap()).await.unwrap();
    let reviewer = Person {
        organisation: OrganisationId::parse("dcc").unwrap(),
        roles: vec![PersonRole::Reviewer],
        ..person.unwrap()
    };
    directory.put_person(&reviewer).await.unwrap();
    world.asks_at(Entrance::Staff, who);
}
