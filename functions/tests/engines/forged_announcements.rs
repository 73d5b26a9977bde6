//! What `api` announces `intake` holds to the directory and to itself. Taken over, `api` sends files in the name of people who may send them,
//! and overrules nobody.

use std::slice::from_ref;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use sluice_functions::intake;
use sluice_shared::directory::PersonRole;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{IMPORT, LARGE, Lines, World, decision, event, testkit_file};

const SUBMITTER: &str = "supplier-submitter";
const NOT_THE_SENDERS: &str = "sender-may-not-send";
const IMPOSSIBLE: &str = "announcement-does-not-hold";

/// A calm file that is uploaded, and not handled yet; each time it is signed anew.
async fn sent(world: &World) -> String {
    world.pass(Duration::from_secs(1));
    let file = world.adt(IMPORT, |_, level| Some(level + 1)).await;
    let signer = world.signer("supplier-aro-1");
    world
        .send_signed(SUBMITTER, FileKind::Adt, &file, &signer)
        .await
}

async fn seen(world: &World, reference: &str) -> Value {
    let path = format!("/submissions/{reference}");
    world.get_json(SUBMITTER, &path).await
}

/// The message fails for this reason, nothing takes effect, and there is no record.
async fn is_refused(world: &World, reference: &str, reason: &str, what: &str) {
    let level = world.level("7.2").await;
    let message = world.queues.one().await;
    let answer = intake::handle(&world.backend, event(from_ref(&message))).await;
    assert_eq!(answer.batch_item_failures.len(), 1, "{what}");
    world.queues.delete(&message).await;
    let lines = Lines::collect().of_message(&message.id);
    let reasons: Vec<_> = lines
        .iter()
        .filter_map(|line| line["reason"].as_str())
        .collect();
    assert_eq!(reasons, [reason], "{what}");
    assert_eq!(world.level("7.2").await, level, "{what}");
    let id = reference.parse().unwrap();
    let record = world.backend.submissions.find(&id).await.unwrap();
    assert_eq!(record, None, "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_has_no_say_in_what_becomes_of_a_file() {
    let world = World::with_large_event().await;
    let stranger = world.signer("network-aro-1");
    let file = world.exit(LARGE, "Delete", 10).await;
    let kind = FileKind::ExitQuarantine;
    let reference = world.send_signed(SUBMITTER, kind, &file, &stranger).await;
    let now = world.now().to_string();
    let person = json!({ "id": "supplier-aro-1", "name": "Supplier ARO 1" });
    world
        .forge(&reference, |said| {
            let forged = json!({
                "state": {
                    "state": "awaiting-review", "receivedAt": now, "since": now, "rules": [],
                    "review": {
                        "reviewer": "reviewer-1", "decision": "accept", "reason": "It is as it should be.",
                        "decidedAt": now, "verdict": "0".repeat(64),
                    },
                },
                "recordingSince": now, "receipt": true, "signer": person, "reviewer": person, "checkedAt": now,
                "objectVersion": "another", "replacedBy": "4F7K-2M9Q-XW3T-8HBD",
                "findings": { "errors": 0, "warnings": 7, "counts": {}, "shown": 0 },
                "stopped": { "since": now, "reason": "none" },
            });
            for (name, value) in forged.as_object().unwrap() {
                said[name] = value.clone();
            }
        })
        .await;
    world
        .forge_attribute(&reference, "state", "awaiting-review")
        .await;
    world
        .forge_attribute(&reference, "reviewQueue", "WAITING")
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &reference).await;
    assert_eq!(settled["state"], "rejected", "{settled:#}");
    for name in ["signer", "reviewer", "replacedBy", "stopped"] {
        assert!(settled[name].is_null(), "{name}: {settled:#}");
    }
    assert_eq!(settled["findings"]["warnings"], 0, "{settled:#}");
    assert_eq!(world.counts(LARGE).await, (100_000, 0, 0));
    let waiting = world.get_json("reviewer-1", "/reviews").await;
    assert_eq!(waiting["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_announced_in_the_name_of_somebody_who_may_not_send_it_is_not_taken() {
    let world = World::new().await;
    let directory = &world.backend.directory;
    let viewer = "supplier-aro-2".parse().unwrap();
    let mut viewer = directory.person(&viewer).await.unwrap().unwrap();
    viewer.roles = vec![PersonRole::Viewer];
    directory.put_person(&viewer).await.unwrap();
    for who in [
        "network-submitter",
        "reviewer-1",
        "nobody-at-all",
        "supplier-aro-2",
    ] {
        let person = json!({ "id": who, "name": "Supplier submitter" });
        for (name, value) in [
            ("uploader", person.clone()),
            ("startedBy", person.clone()),
            ("alsoAsked", json!([person])),
        ] {
            let reference = sent(&world).await;
            world
                .forge(&reference, |said| said[name] = value.clone())
                .await;
            let what = format!("{who} as {name}");
            is_refused(&world, &reference, NOT_THE_SENDERS, &what).await;
            assert_eq!(
                seen(&world, &reference).await["state"],
                "awaiting-upload",
                "{what}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_have_been_announced_is_not_taken() {
    let world = World::new().await;
    let far = "9999-12-31T23:59:59.999Z";
    for (name, value) in [
        ("startedAt", json!(far)),
        ("length", json!(0)),
        ("length", json!(u64::MAX)),
        ("form", json!({ "form": "enveloping" })),
        (
            "form",
            json!({ "form": "detached", "signature": "0".repeat(64) }),
        ),
    ] {
        let reference = sent(&world).await;
        world
            .forge(&reference, |said| said[name] = value.clone())
            .await;
        is_refused(&world, &reference, IMPOSSIBLE, &format!("{name}: {value}")).await;
    }
    let reference = sent(&world).await;
    world.forge_signature(&reference, b"another".to_vec()).await;
    is_refused(&world, &reference, IMPOSSIBLE, "another signature").await;
}

/// One that is announced for another place than that of its object.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_is_of_the_organisation_that_its_key_names() {
    let world = World::new().await;
    for (name, value) in [
        ("organisation", json!("network-operator")),
        ("checkOnly", json!(true)),
        ("id", json!("4F7K-2M9Q-XW3T-8HBD")),
    ] {
        let reference = sent(&world).await;
        world
            .forge(&reference, |said| said[name] = value.clone())
            .await;
        is_refused(&world, &reference, "unexpected", name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_organisations_are_called_what_the_directory_calls_them() {
    let world = World::new().await;
    let reference = sent(&world).await;
    world
        .forge(&reference, |said| {
            said["uploader"]["name"] = "Somebody Else".into();
            said["alsoAsked"] = json!([{ "id": "supplier-aro-2", "name": "Nobody" }]);
            said["organisationName"] = "Another Supplier".into();
        })
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["uploader"]["name"], "Supplier submitter");
    assert_eq!(settled["alsoAsked"][0]["name"], "Supplier ARO 2");
    assert_eq!(settled["organisationName"], "Large Supplier");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_announced_after_the_file_has_been_taken_changes_nothing() {
    let world = World::new().await;
    let reference = sent(&world).await;
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    let listed = async || world.get_json(SUBMITTER, "/submissions").await;
    let list = listed().await;
    let earlier = world.now().plus(time::Duration::hours(-3));
    world
        .forge(&reference, |said| {
            said["fileName"] = "another.csv".into();
            said["uploader"]["id"] = "supplier-aro-2".into();
            said["startedAt"] = earlier.to_string().into();
            said["sha256"] = "0".repeat(64).into();
        })
        .await;
    // Also where it would stand in lists as one of its own.
    let place = format!("{:015}#{reference}", earlier.unix_millis());
    world.forge_attribute(&reference, "listedAt", &place).await;
    assert_eq!(seen(&world, &reference).await, settled);
    assert_eq!(listed().await, list);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_that_is_announced_after_the_file_has_been_taken_changes_nothing() {
    let world = World::new().await;
    let raise = |srv: &str, level| Some(if srv == "7.2" { level * 3 } else { level });
    let file = world.adt(IMPORT, raise).await;
    let signature = world.signer("supplier-aro-1").sign(&file, world.now());
    let signature = signature.unwrap();
    let reference = world
        .send(SUBMITTER, FileKind::Adt, &file, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let other = world.signer("supplier-aro-2").sign(&file, world.now());
    world.forge_signature(&reference, other.unwrap()).await;

    let held = seen(&world, &reference).await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let path = format!("/reviews/{reference}/decision");
    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["signer"]["id"], "supplier-aro-1", "{settled:#}");
    let record = world.record(&reference).await;
    let kept = world.backend.submissions.signature(&record).await.unwrap();
    assert_eq!(kept, Some(signature));
}

/// A file that is rejected, sent by somebody of an organisation.
async fn rejected(world: &World, person: &str) -> String {
    let file = testkit_file("adt/header-missing.csv");
    let signer = world.signer("supplier-aro-1");
    let settled = world.settle(person, FileKind::Adt, &file, &signer).await;
    assert_eq!(settled["state"], "rejected", "{settled:#}");
    settled["reference"].as_str().unwrap().to_owned()
}

/// What two files correct that are each announced to correct this one, and come to this.
async fn corrections_of(world: &World, corrected: &str, state: &str) -> [Value; 2] {
    let mut replaces = Vec::new();
    for _ in 0..2 {
        let reference = sent(world).await;
        world
            .forge(&reference, |said| said["replaces"] = corrected.into())
            .await;
        assert_eq!(world.run_intake().await, [true]);
        let settled = seen(world, &reference).await;
        assert_eq!(settled["state"], state, "{settled:#}");
        replaces.push(settled["replaces"].clone());
    }
    replaces.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_corrections_of_one_that_are_announced_the_first_to_arrive_is_one() {
    let world = World::new().await;
    let wrong = rejected(&world, SUBMITTER).await;
    let [first, second] = corrections_of(&world, &wrong, "accepted").await;
    assert_eq!((first, second), (wrong.as_str().into(), Value::Null));
    let corrected = world.record(&wrong).await;
    let by = corrected.replaced_by.unwrap().to_string();
    assert_eq!(seen(&world, &by).await["replaces"], wrong.as_str());
}

/// Its file never came, and there is no record of it that could say so.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_corrections_of_one_that_expired_the_first_to_arrive_is_one() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level + 2)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, expired) = world.start(SUBMITTER, "expired-key-1", &request).await;
    world.pass(Duration::from_hours(25));
    let expired = expired.submission.reference.to_string();
    // Signed a day ahead of the clock of storage, and taken in all the same.
    let [first, second] = corrections_of(&world, &expired, "rejected").await;
    assert_eq!((first, second), (expired.into(), Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_corrects_none_that_it_may_not_correct() {
    let world = World::new().await;
    let accepted = sent(&world).await;
    assert_eq!(world.run_intake().await, [true]);
    let of_another = rejected(&world, "network-submitter").await;
    for corrected in [
        accepted.as_str(),
        of_another.as_str(),
        "4F7K-2M9Q-XW3T-8HBD",
    ] {
        let reference = sent(&world).await;
        world
            .forge(&reference, |said| said["replaces"] = corrected.into())
            .await;
        assert_eq!(world.run_intake().await, [true]);
        let settled = seen(&world, &reference).await;
        assert_eq!(settled["state"], "accepted", "{settled:#}");
        assert!(settled["replaces"].is_null(), "{corrected}: {settled:#}");
    }
    let path = format!("/submissions/{of_another}");
    let of_another = world.get_json("network-submitter", &path).await;
    assert!(of_another["replacedBy"].is_null(), "{of_another:#}");
}

/// One item that cannot be read, or stands in a list where it does not belong, takes the list from nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_announcement_takes_the_list_from_nobody() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let mut forged = Vec::new();
    for key in ["forged-key-1", "forged-key-2", "forged-key-3"] {
        let mut request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
        request.check_only = true;
        let (_, started) = world.start(SUBMITTER, key, &request).await;
        forged.push(started.submission.reference.to_string());
    }
    let accepted = sent(&world).await;
    assert_eq!(world.run_intake().await, [true]);
    world
        .forge(&forged[0], |said| said["kind"] = "no kind".into())
        .await;
    let far = "999999999999999#4F7K-2M9Q-XW3T-8HBD";
    world.forge_attribute(&forged[1], "listedAt", far).await;
    world
        .forge_attribute(&forged[2], "organisation", "network-operator")
        .await;
    for person in [SUBMITTER, "reviewer-1", "network-submitter"] {
        let list = world.get_json(person, "/submissions").await;
        let listed: Vec<_> = list["items"].as_array().unwrap().iter().collect();
        let of = |reference: &str| {
            listed
                .iter()
                .filter(|item| item["reference"] == reference)
                .count()
        };
        assert_eq!(of(&accepted), usize::from(person != "network-submitter"));
        for forged in &forged {
            assert_eq!(of(forged), 0, "{person}");
        }
        assert!(!listed.is_empty(), "{person}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_that_names_another_sender_leaves_no_file_as_received() {
    let world = World::new().await;
    let reference = sent(&world).await;
    world
        .forge(&reference, |said| {
            said["uploader"] = json!({ "id": "supplier-aro-2", "name": "Supplier ARO 2" });
        })
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &reference).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["uploader"]["id"], SUBMITTER, "{settled:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leads_to_a_submission_of_another_file_says_nothing_of_this_one() {
    let world = World::new().await;
    let other = sent(&world).await;
    assert_eq!(world.run_intake().await, [true]);
    world.pass(Duration::from_secs(1));
    let file = world.adt(IMPORT, |_, level| Some(level + 2)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (status, first) = world.start(SUBMITTER, "forged-lead-1", &request).await;
    assert_eq!(status, StatusCode::CREATED);

    let key = format!("large-supplier#REQUEST#{SUBMITTER}#forged-lead-1");
    world.forge_lead(key, &other).await;
    let path = "/submissions";
    let (status, problem) = world.post(SUBMITTER, path, "forged-lead-1", &request).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    assert_eq!(problem["code"], "key-reused");

    let of_file = format!("large-supplier#FILE#adt#{}", request.sha256);
    world.forge_lead(of_file, &other).await;
    let (status, anew) = world.start(SUBMITTER, "forged-lead-2", &request).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_ne!(anew.submission.reference, first.submission.reference);
    assert!(anew.upload.is_some());
}
