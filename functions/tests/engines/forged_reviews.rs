//! Nobody decides but who signs: what `review` writes down as a decision counts only for what its reviewer signed. Taken over, the function
//! decides in nobody's name; what it makes up ends as a dead letter, and the submission waits on.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use sluice_functions::stores::{SubmissionRecord, TakenDecision};
use sluice_shared::api::PersonRef;
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::PersonId;
use sluice_shared::submission::Decision;

use super::support::{Asked, IMPORT, World, decision, signed};

/// A file that raises a threshold threefold, and waits for a reviewer.
async fn held(world: &World) -> Value {
    let raise = |srv: &str, level| Some(if srv == "7.2" { level * 3 } else { level });
    let file = world.adt(IMPORT, raise).await;
    let signer = world.signer("supplier-aro-1");
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    held
}

async fn record(world: &World, held: &Value) -> SubmissionRecord {
    let id = held["reference"].as_str().unwrap().parse().unwrap();
    world.backend.submissions.find(&id).await.unwrap().unwrap()
}

fn path(held: &Value) -> String {
    format!("/reviews/{}/decision", held["reference"].as_str().unwrap())
}

async fn seen(world: &World, held: &Value) -> Value {
    let path = format!("/submissions/{}", held["reference"].as_str().unwrap());
    world.get_json("supplier-submitter", &path).await
}

/// Writes, as `review` could, that somebody decided, and tells `intake`. Whether that took it for done.
async fn forge(world: &World, held: &Value, reviewer: &str, signed: Vec<u8>) -> Vec<bool> {
    let record = record(world, held).await;
    let taken = TakenDecision {
        reviewer: Some(PersonRef {
            id: PersonId::parse(reviewer).unwrap(),
            name: "DCC reviewer 1".to_owned(),
        }),
        correlation_id: Some("9083bd2e173f643e".parse().unwrap()),
        signed,
    };
    let (decisions, submissions) = (&world.backend.decisions, &world.backend.submissions);
    decisions.put(submissions, &record, &taken).await.unwrap();
    let queue = &world.backend.decisions_queue;
    let told = queue.review_decided(&record.id, record.next_decision(), taken.correlation_id);
    told.await.unwrap();
    world.run_intake().await
}

/// A decision on `held` as this person signs it.
async fn signed_by(world: &World, person: &str, held: &Value, asked: &Asked) -> Vec<u8> {
    let id = held["reference"].as_str().unwrap().parse().unwrap();
    world.signed_decision(person, &id, asked).await.signed.0
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reviewer_did_not_sign_takes_no_effect_and_ends_as_a_dead_letter() {
    let world = World::new().await;
    let level = world.level("7.2").await;
    let held = held(&world).await;
    let accept = decision(Decision::Accept, &held);
    let by_aro = signed_by(&world, "supplier-aro-1", &held, &accept).await;
    let by_reviewer = signed_by(&world, "reviewer-1", &held, &accept).await;
    let refusal = signed_by(
        &world,
        "reviewer-1",
        &held,
        &decision(Decision::Refuse, &held),
    )
    .await;
    let position = refusal
        .windows(8)
        .position(|at| at == b"\"refuse\"")
        .unwrap();
    let mut changed = refusal.clone();
    changed[position..position + 8].copy_from_slice(b"\"accept\"");

    for (number, (reviewer, signed)) in [
        ("nobody-at-all", by_reviewer.clone()),
        ("reviewer-2", by_reviewer.clone()),
        ("reviewer-1", by_aro.clone()),
        ("supplier-aro-1", by_aro),
        ("dcc-operator", by_reviewer.clone()),
        ("reviewer-1", changed),
        ("reviewer-1", b"no signature".to_vec()),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(
            forge(&world, &held, reviewer, signed).await,
            [false],
            "{number}: {reviewer}"
        );
        // However often it is delivered, it counts for nothing.
        assert_eq!(world.run_intake().await, [false], "{number}: {reviewer}");
        let message = world.queues.one().await;
        world.queues.delete(&message).await;
        let after = seen(&world, &held).await;
        assert_eq!(after["state"], "awaiting-review", "{number}: {after:#}");
        assert_eq!(after["receipt"], json!(false), "{number}");
        assert!(after["progress"]["review"].is_null(), "{number}: {after:#}");
        assert_eq!(world.level("7.2").await, level, "{number}");
    }

    // What the reviewer does sign counts, all that went before notwithstanding.
    let (status, answer) = world
        .post_decision("reviewer-1", &path(&held), &accept)
        .await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let settled = seen(&world, &held).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["reviewer"]["name"], "DCC reviewer 1");
    assert_eq!(world.level("7.2").await, level * 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_one_submission_counts_for_no_other() {
    let world = World::new().await;
    let first = held(&world).await;
    let asked = decision(Decision::Refuse, &first);
    let genuine = signed_by(&world, "reviewer-1", &first, &asked).await;
    let (status, _) = world
        .post_decision("reviewer-1", &path(&first), &asked)
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.run_intake().await, [true]);
    world.pass(Duration::from_secs(2));
    let second = held(&world).await;
    assert_ne!(second["reference"], first["reference"]);
    assert_eq!(forge(&world, &second, "reviewer-1", genuine).await, [false]);
    assert_eq!(seen(&world, &second).await["state"], "awaiting-review");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_posts_a_decision_signs_it_and_is_told_what_is_wrong() {
    let world = World::new().await;
    let held = held(&world).await;
    let accept = decision(Decision::Accept, &held);
    let record = record(&world, &held).await;
    let by = |person: &str| world.signer(person);
    let now = world.now();
    let statement = accept.statement(record.id, record.sha256, now);
    let mut of_another = statement.clone();
    of_another.submission = "4F7K-2M9Q-XW3T-8HBD".parse().unwrap();
    let mut of_another_file = statement.clone();
    of_another_file.file_digest = accept.verdict;
    let mut ahead = statement.clone();
    ahead.decided_at = now.plus(time::Duration::hours(1));
    for (request, expected) in [
        (
            signed(&by("reviewer-2"), &statement),
            "it was signed as “CN=DCC reviewer 2,O=DCC,C=GB”",
        ),
        (
            signed(&by("supplier-aro-1"), &statement),
            "it was signed as “CN=Supplier ARO 1",
        ),
        (
            signed(&by("reviewer-1"), &of_another),
            "it is about submission 4F7K-2M9Q-XW3T-8HBD",
        ),
        (
            signed(&by("reviewer-1"), &of_another_file),
            "it is about another file",
        ),
        (signed(&by("reviewer-1"), &ahead), "which is later than now"),
    ] {
        let (status, problem) = world.post("reviewer-1", &path(&held), "-", &request).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{expected}: {problem}"
        );
        assert_eq!(problem["code"], "decision-not-counted", "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(expected), "{detail}");
        assert!(world.queues.is_empty().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_was_void_counts_no_more_when_its_verdict_is_true_again() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let start = world.level("7.2").await;
    let raised_to = |level: u64| {
        world.adt(IMPORT, move |srv, before| {
            Some(if srv == "7.2" { level } else { before })
        })
    };
    // Signed first, and sent last.
    let between = raised_to(start + 1).await;
    let signature = signer.sign(&between, world.now()).unwrap();
    world.pass(Duration::from_secs(2));
    let waiting = raised_to(3 * start).await;
    let waiting = world
        .settle("supplier-submitter", FileKind::Adt, &waiting, &signer)
        .await;
    assert_eq!(waiting["state"], "awaiting-review", "{waiting:#}");
    let old = signed_by(
        &world,
        "reviewer-1",
        &waiting,
        &decision(Decision::Accept, &waiting),
    )
    .await;
    // What it would replace changes: the decision, made meanwhile, is void.
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &between, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{reference}");
    let between = world.get_json("supplier-submitter", &path).await;
    assert_eq!(between["state"], "accepted", "{between:#}");
    assert_eq!(
        forge(&world, &waiting, "reviewer-1", old.clone()).await,
        [true]
    );
    let again = seen(&world, &waiting).await;
    assert_eq!(again["state"], "awaiting-review", "{again:#}");
    assert_eq!(again["progress"]["void"].as_array().unwrap().len(), 1);
    world.pass(Duration::from_secs(2));
    assert_eq!(forge(&world, &waiting, "reviewer-1", old).await, [false]);
    assert_eq!(seen(&world, &waiting).await["state"], "awaiting-review");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_of_somebody_who_has_left_counts_no_more() {
    let world = World::new().await;
    let level = world.level("7.2").await;
    let held = held(&world).await;
    let asked = decision(Decision::Accept, &held);
    let (status, answer) = world
        .post_decision("reviewer-1", &path(&held), &asked)
        .await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let directory = &world.backend.directory;
    let reviewer = PersonId::parse("reviewer-1").unwrap();
    let mut person = directory.person(&reviewer).await.unwrap().unwrap();
    person.roles.clear();
    directory.put_person(&person).await.unwrap();
    assert_eq!(world.run_intake().await, [false]);
    assert_eq!(world.level("7.2").await, level);
    assert_eq!(seen(&world, &held).await["state"], "awaiting-review");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_told_of_keeps_no_reviewer_from_deciding_and_is_shown_as_nobodys_decision() {
    let world = World::new().await;
    let held = held(&world).await;
    let accept = decision(Decision::Accept, &held);
    let refusal = decision(Decision::Refuse, &held);
    let by_aro = signed_by(&world, "supplier-aro-1", &held, &refusal).await;
    let put = async |reviewer: Option<&str>, signed: Vec<u8>| {
        let record = record(&world, &held).await;
        let taken = TakenDecision {
            reviewer: reviewer.map(|id| PersonRef {
                id: PersonId::parse(id).unwrap(),
                name: "IT Support: urgent".to_owned(),
            }),
            correlation_id: None,
            signed,
        };
        let (decisions, submissions) = (&world.backend.decisions, &world.backend.submissions);
        decisions.put(submissions, &record, &taken).await.unwrap();
    };
    for (reviewer, signed) in [
        (Some("reviewer-2"), by_aro),
        (Some("reviewer-2"), b"rubbish".to_vec()),
        (None, Vec::new()),
    ] {
        put(reviewer, signed).await;
        let queue = world.get_json("reviewer-1", "/reviews").await;
        let waiting = &queue["items"][0]["submission"]["reference"];
        assert_eq!(*waiting, held["reference"], "{queue:#}");
        let review = path(&held).replace("/decision", "");
        let shown = world.get_json("reviewer-1", &review).await;
        assert!(
            shown["submission"]["progress"]["review"].is_null(),
            "{shown:#}"
        );
        // Each look has told `intake`; the first message has it dropped.
        let handled = world.run_intake_on(2).await;
        assert!(handled.contains(&false), "{handled:?}");
        loop {
            let left = world.queues.receive(Duration::ZERO).await;
            for message in &left {
                world.queues.delete(message).await;
            }
            if left.is_empty() {
                break;
            }
        }
    }
    let (status, answer) = world
        .post_decision("reviewer-1", &path(&held), &accept)
        .await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(seen(&world, &held).await["state"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_what_was_not_on_the_screen_counts_for_nothing() {
    let world = World::new().await;
    let held = held(&world).await;
    let mut refusal = decision(Decision::Refuse, &held);
    refusal.verdict = "0".repeat(64).parse().unwrap();
    let signed = signed_by(&world, "reviewer-1", &held, &refusal).await;
    assert_eq!(forge(&world, &held, "reviewer-1", signed).await, [false]);
    assert_eq!(seen(&world, &held).await["state"], "awaiting-review");
}
