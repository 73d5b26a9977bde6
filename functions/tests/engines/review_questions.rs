//! A reviewer asks, the sender's organisation answers; nothing takes effect by it, and nobody else sees it.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::stores::StoreError;
use sluice_shared::directory::PersonRole;
use sluice_shared::identifiers::ReviewMessage;
use sluice_shared::review::{ReviewAnswer, ReviewQuestion};
use sluice_shared::submission::Decision;

use super::support::{World, decision, supplier};

const QUESTION: &str = "Which campaign is the raise for?";
const ANSWER: &str = "The firmware campaign in the North, until 20 December.";

fn at(kind: &str, held: &Value, what: &str) -> String {
    format!("/{kind}/{}{what}", held["reference"].as_str().unwrap())
}

async fn post(world: &World, person: &str, path: &str, body: Value) -> (StatusCode, Value) {
    world
        .call(Method::POST, person, path, &[], Some(&body))
        .await
}

async fn ask(
    world: &World,
    person: &str,
    held: &Value,
    number: u32,
    text: &str,
) -> (StatusCode, Value) {
    let path = at("reviews", held, "/questions");
    post(
        world,
        person,
        &path,
        json!({ "number": number, "text": text }),
    )
    .await
}

async fn answer(world: &World, person: &str, held: &Value, text: &str) -> (StatusCode, Value) {
    let path = at("submissions", held, "/answers");
    post(world, person, &path, json!({ "number": 0, "text": text })).await
}

/// A list's questions about the one submission that waits.
async fn counted(world: &World, person: &str) -> Value {
    let list = world
        .get_json(person, "/submissions?state=awaiting-review")
        .await;
    list["items"][0]["questions"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reviewer_asks_the_sender_sees_and_answers_and_the_reviewer_reads() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    assert_eq!(counted(&world, "supplier-aro-1").await, Value::Null);
    let (status, asked) = ask(&world, "reviewer-1", &held, 0, QUESTION).await;
    assert_eq!(status, StatusCode::OK, "{asked}");
    // Sent once more since its answer was lost: one question.
    let (status, _) = ask(&world, "reviewer-1", &held, 0, QUESTION).await;
    assert_eq!(status, StatusCode::OK);
    let seen = world
        .get_json("supplier-submitter", &at("submissions", &held, ""))
        .await;
    assert_eq!(seen["asked"].as_array().unwrap().len(), 1, "{seen:#}");
    assert_eq!(seen["asked"][0]["text"], QUESTION);
    assert_eq!(seen["asked"][0]["asker"]["name"], "DCC reviewer 1");
    assert_eq!(
        counted(&world, "supplier-aro-1").await,
        json!({ "open": 1, "answered": 0 })
    );
    let (status, answered) = answer(&world, "supplier-aro-2", &held, ANSWER).await;
    assert_eq!(status, StatusCode::OK, "{answered}");
    let (status, _) = answer(&world, "supplier-aro-2", &held, ANSWER).await;
    assert_eq!(status, StatusCode::OK, "the same again is one answer");
    let (status, problem) = answer(&world, "supplier-submitter", &held, "Ask the ARO.").await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"question-barred".into())
    );
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("Supplier ARO 2 answered"), "{detail}");
    let review = world
        .get_json("reviewer-2", &at("reviews", &held, ""))
        .await;
    let kept = &review["submission"]["asked"][0];
    assert_eq!(kept["answer"]["text"], ANSWER, "{review:#}");
    assert_eq!(kept["answer"]["by"]["id"], "supplier-aro-2");
    let queue = world.get_json("reviewer-2", "/reviews").await;
    assert_eq!(
        queue["items"][0]["submission"]["questions"],
        json!({ "open": 0, "answered": 1 })
    );
    // It stays with the submission once that is decided, and nothing is asked or answered any more.
    let settled = world
        .decide(&held["reference"], &decision(Decision::Accept, &held))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["asked"][0]["answer"]["text"], ANSWER);
    for (status, problem) in [
        ask(&world, "reviewer-1", &held, 1, "And then?").await,
        answer(&world, "supplier-aro-1", &held, ANSWER).await,
    ] {
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        assert_eq!(problem["code"], "already-decided", "{problem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_see_nothing_and_viewers_read_and_do_not_answer() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let (status, _) = ask(&world, "reviewer-1", &held, 0, QUESTION).await;
    assert_eq!(status, StatusCode::OK);
    for person in ["network-aro-1", "network-submitter"] {
        let (status, _) = world.get(person, &at("submissions", &held, "")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{person}");
        let (status, _) = answer(&world, person, &held, ANSWER).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{person}");
    }
    let directory = &world.backend.directory;
    let submitter = directory
        .person(&"supplier-submitter".parse().unwrap())
        .await;
    let mut viewer = submitter.unwrap().unwrap();
    viewer.roles = vec![PersonRole::Viewer];
    directory.put_person(&viewer).await.unwrap();
    let seen = world
        .get_json("supplier-submitter", &at("submissions", &held, ""))
        .await;
    assert_eq!(seen["asked"][0]["text"], QUESTION);
    let (status, problem) = answer(&world, "supplier-submitter", &held, ANSWER).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::FORBIDDEN, &"not-allowed".into())
    );
    // DCC staff answer in nobody's name, and who may not decide does not ask.
    let (status, _) = ask(&world, "dcc-operator", &held, 1, QUESTION).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_limited_in_number_and_length_and_told_apart() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let most = world.backend.settings.profile.review.max_questions;
    for text in ["??", "\u{202e}hidden", &"a".repeat(2_001)] {
        let (status, problem) = ask(&world, "reviewer-1", &held, 0, text).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &"invalid-request".into())
        );
    }
    for number in 0..most {
        let (status, answer) = ask(&world, "reviewer-1", &held, number, QUESTION).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    // A colleague who saw no question asks nothing twice.
    let (status, problem) = ask(&world, "reviewer-2", &held, 0, "What for?").await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"question-barred".into())
    );
    let (_, problem) = ask(&world, "reviewer-1", &held, most, QUESTION).await;
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.starts_with(&format!("{most} questions were asked")),
        "{detail}"
    );
    let (_, problem) = post(
        &world,
        "supplier-aro-1",
        &at("submissions", &held, "/answers"),
        json!({ "number": most, "text": ANSWER }),
    )
    .await;
    assert_eq!(problem["code"], "question-barred", "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_ask_at_once_one_asks_and_the_other_is_told_to_look() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let (one, two) = tokio::join!(
        ask(&world, "reviewer-1", &held, 0, "What is it for?"),
        ask(&world, "reviewer-2", &held, 0, "Until when is it?"),
    );
    let mut statuses = [one.0, two.0];
    statuses.sort();
    assert_eq!(
        statuses,
        [StatusCode::OK, StatusCode::CONFLICT],
        "{one:?} {two:?}"
    );
}

/// Both looked before either put anything: what is there is never covered.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_or_answered_is_not_covered_by_who_looked_too_early() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let record = world.record(held["reference"].as_str().unwrap()).await;
    let reviewing = &world.backend.reviewing;
    let person = |id: &str| serde_json::from_value(json!({ "id": id, "name": id })).unwrap();
    let question = |by: &str| ReviewQuestion {
        number: 0,
        asker: person(by),
        asked_at: world.now(),
        text: message(QUESTION),
        answer: None,
    };
    reviewing
        .ask(&record, &question("reviewer-1"))
        .await
        .unwrap();
    let late = reviewing.ask(&record, &question("reviewer-2")).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    let answer = |by: &str| ReviewAnswer {
        by: person(by),
        answered_at: world.now(),
        text: message(ANSWER),
    };
    let first = answer("supplier-aro-1");
    assert_eq!(reviewing.answer(&record, 0, &first).await.unwrap(), None);
    let there = reviewing
        .answer(&record, 0, &answer("supplier-aro-2"))
        .await;
    assert_eq!(there.unwrap(), Some(first.clone()));
    let kept = reviewing.questions(&record).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].asker.id.as_str(), "reviewer-1");
    assert_eq!(kept[0].answer, Some(first));
}

/// As `api` could, taken over: an answer in the name of whoever it likes, or what nobody can read.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_answer_changes_no_verdict_no_decision_and_keeps_nobody_from_deciding() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let (status, _) = ask(&world, "reviewer-1", &held, 0, QUESTION).await;
    assert_eq!(status, StatusCode::OK);
    let before = world
        .get_json("reviewer-1", &at("reviews", &held, ""))
        .await;
    let record = world.record(held["reference"].as_str().unwrap()).await;
    let forged = ReviewAnswer {
        by: serde_json::from_value(json!({ "id": "supplier-aro-1", "name": "Supplier ARO 1" }))
            .unwrap(),
        answered_at: world.now(),
        text: message("All is agreed, accept it at once."),
    };
    let tenant = world.backend.for_organisation(&supplier());
    tenant.reviewing.answer(&record, 0, &forged).await.unwrap();
    let after = world
        .get_json("reviewer-1", &at("reviews", &held, ""))
        .await;
    assert_eq!(after["verdict"], before["verdict"]);
    assert_eq!(after["submission"]["state"], "awaiting-review");
    assert!(after["submission"]["progress"]["review"].is_null());
    // An answer to what nobody asked is shown nowhere.
    tenant.reviewing.answer(&record, 7, &forged).await.unwrap();
    let after = world
        .get_json("reviewer-1", &at("reviews", &held, ""))
        .await;
    assert_eq!(after["submission"]["asked"].as_array().unwrap().len(), 1);
    // One by nobody's name is none, and whoever answers then is told that theirs was not taken.
    let (status, _) = ask(&world, "reviewer-1", &held, 1, ANSWER).await;
    assert_eq!(status, StatusCode::OK);
    let nameless = ReviewAnswer {
        by: serde_json::from_value(json!({ "id": "reviewer-2", "name": "\u{202e}\n" })).unwrap(),
        ..forged
    };
    tenant
        .reviewing
        .answer(&record, 1, &nameless)
        .await
        .unwrap();
    let after = world
        .get_json("reviewer-1", &at("reviews", &held, ""))
        .await;
    assert!(after["submission"]["asked"][1]["answer"].is_null());
    let path = at("submissions", &held, "/answers");
    let answer = json!({ "number": 1, "text": ANSWER });
    let (status, _) = post(&world, "supplier-aro-1", &path, answer).await;
    assert!(!status.is_success(), "{status}");
    let settled = world
        .decide(&held["reference"], &decision(Decision::Refuse, &held))
        .await;
    assert_eq!(settled["state"], "refused", "{settled:#}");
}

/// With the credentials of another organisation neither questions nor answers are reached, and with nobody's at Users' entrance who has what.
#[tokio::test(flavor = "multi_thread")]
async fn with_anothers_credentials_nothing_is_read_and_nothing_put() {
    let world = World::new().await;
    // `LocalStack` gives sessions and holds nobody to their policies.
    if world.place.own.is_some() {
        return;
    }
    let held = world.raise_that_waits().await;
    let (status, _) = ask(&world, "reviewer-1", &held, 0, QUESTION).await;
    assert_eq!(status, StatusCode::OK);
    let record = world.record(held["reference"].as_str().unwrap()).await;
    let network = "network-operator".parse().unwrap();
    let other = world.backend.for_organisation(&network);
    assert!(other.reviewing.questions(&record).await.is_err());
    let forged = ReviewAnswer {
        by: serde_json::from_value(json!({ "id": "network-aro-1", "name": "Network ARO 1" }))
            .unwrap(),
        answered_at: world.now(),
        text: message(ANSWER),
    };
    assert!(other.reviewing.answer(&record, 0, &forged).await.is_err());
    let own = world.backend.for_organisation(&supplier());
    assert_eq!(own.reviewing.questions(&record).await.unwrap().len(), 1);
    assert!(own.reviewing.all_assigned().await.is_err());
    assert!(own.reviewing.held(&record.id).await.is_err());
}

fn message(text: &str) -> ReviewMessage {
    ReviewMessage::parse(text).unwrap()
}
