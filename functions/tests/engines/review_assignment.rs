//! A reviewer takes a submission in hand; of two at once, one has it. It gives nobody a right and takes none.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::stores::StoreError;
use sluice_shared::directory::PersonRole;
use sluice_shared::review::Assignment;
use sluice_shared::submission::Decision;

use super::support::{World, decision};

fn review(held: &Value) -> String {
    format!("/reviews/{}", held["reference"].as_str().unwrap())
}

async fn assign(world: &World, person: &str, held: &Value, wanted: Value) -> (StatusCode, Value) {
    let path = format!("{}/assignment", review(held));
    world
        .call(Method::POST, person, &path, &[], Some(&wanted))
        .await
}

fn take() -> Value {
    json!({ "wanted": "take" })
}

fn over(from: &str) -> Value {
    json!({ "wanted": "take-over", "from": from })
}

/// Who has it, as the queue and the review's page show it to this person.
async fn holder(world: &World, person: &str, held: &Value) -> Value {
    let page = world.get_json(person, &review(held)).await;
    let queue = world.get_json(person, "/reviews").await;
    assert_eq!(
        queue["items"][0]["assigned"], page["assigned"],
        "list and page agree"
    );
    page["assigned"]["person"]["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_has_it_and_the_other_is_told_who() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let (one, two) = tokio::join!(
        assign(&world, "reviewer-1", &held, take()),
        assign(&world, "reviewer-2", &held, take()),
    );
    let (won, lost, winner) = if one.0 == StatusCode::OK {
        (one, two, "reviewer-1")
    } else {
        (two, one, "reviewer-2")
    };
    assert_eq!(won.0, StatusCode::OK, "{}", won.1);
    assert_eq!(won.1["assigned"]["person"]["id"], winner);
    assert_eq!(
        (lost.0, &lost.1["code"]),
        (StatusCode::CONFLICT, &"assigned-elsewhere".into())
    );
    let name = format!("DCC {} has had it", winner.replace('-', " "));
    let detail = lost.1["detail"].as_str().unwrap();
    assert!(detail.starts_with(&name), "{detail}");
    assert_eq!(holder(&world, "dcc-operator", &held).await, winner);
}

/// Both read before either wrote.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_by_what_was_before_has_nothing() {
    let world = World::new().await;
    let reviewing = &world.backend.reviewing;
    let (id, now) = ("4F7K-2M9Q-XW3T-8HBD".parse().unwrap(), world.now());
    let by = |id: &str| Assignment {
        person: serde_json::from_value(json!({ "id": id, "name": id })).unwrap(),
        since: now,
        taken_from: None,
    };
    let mut before = reviewing.held(&id).await.unwrap();
    for (first, late) in [("one", "two"), ("three", "four")] {
        let put = async |who: &str| reviewing.assign(&id, &before, Some(&by(who)), now).await;
        put(first).await.unwrap();
        let refused = put(late).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict(_))),
            "{refused:?}"
        );
        before = reviewing.held(&id).await.unwrap();
        assert_eq!(before.assignment, Some(by(first)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_over_from_whom_one_saw_given_back_and_taken_again() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let ok = async |person: &str, wanted: Value| {
        let (status, answer) = assign(&world, person, &held, wanted).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    };
    assert_eq!(holder(&world, "reviewer-1", &held).await, Value::Null);
    ok("reviewer-1", take()).await;
    let again = ok("reviewer-1", take()).await;
    assert!(again["assigned"]["takenFrom"].is_null(), "{again}");
    let (status, _) = assign(&world, "reviewer-2", &held, over("dcc-operator")).await;
    assert_eq!(status, StatusCode::CONFLICT, "it is not the operator's");
    let (status, _) = assign(
        &world,
        "reviewer-2",
        &held,
        json!({ "wanted": "give-back" }),
    )
    .await;
    assert_eq!(status, StatusCode::CONFLICT, "nobody gives back another's");
    let taken = ok("reviewer-2", over("reviewer-1")).await;
    assert_eq!(taken["assigned"]["takenFrom"]["name"], "DCC reviewer 1");
    assert_eq!(holder(&world, "reviewer-1", &held).await, "reviewer-2");
    ok("reviewer-2", json!({ "wanted": "give-back" })).await;
    assert_eq!(holder(&world, "reviewer-1", &held).await, Value::Null);
    let (status, problem) = assign(&world, "reviewer-1", &held, over("reviewer-2")).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    ok("reviewer-1", take()).await;
    assert_eq!(holder(&world, "reviewer-1", &held).await, "reviewer-1");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_no_authority_and_ends_with_the_submission_or_the_reviewers_role() {
    let world = World::new().await;
    let held = world.raise_that_waits().await;
    let (status, _) = assign(&world, "reviewer-1", &held, take()).await;
    assert_eq!(status, StatusCode::OK);
    // Whoever is no reviewer any more has nothing in hand: a colleague takes it as nobody's.
    let directory = &world.backend.directory;
    let reviewer = directory.person(&"reviewer-1".parse().unwrap()).await;
    let reviewer = reviewer.unwrap().unwrap();
    let mut left = reviewer.clone();
    left.roles = vec![PersonRole::Operator];
    directory.put_person(&left).await.unwrap();
    assert_eq!(holder(&world, "reviewer-2", &held).await, Value::Null);
    let (status, answer) = assign(&world, "reviewer-2", &held, take()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert!(answer["assigned"]["takenFrom"].is_null(), "{answer}");
    directory.put_person(&reviewer).await.unwrap();
    assert_eq!(holder(&world, "reviewer-1", &held).await, "reviewer-2");
    // Anybody who may decide it decides it all the same.
    let path = format!("{}/decision", review(&held));
    let asked = decision(Decision::Refuse, &held);
    let (status, answer) = world.post_decision("reviewer-1", &path, &asked).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let (status, problem) = assign(&world, "reviewer-1", &held, over("reviewer-2")).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::CONFLICT, &"already-decided".into())
    );
    assert_eq!(world.run_intake().await, [true]);
    let settled = world.get_json("reviewer-1", &review(&held)).await;
    assert!(settled["assigned"].is_null(), "{settled:#}");
    let (status, _) = assign(&world, "reviewer-2", &held, take()).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_decide_it_takes_it_and_it_is_recorded() {
    let world = World::new().await;
    let directory = &world.backend.directory;
    let reviewer = directory.person(&"reviewer-2".parse().unwrap()).await;
    let reviewer = reviewer.unwrap().unwrap();
    let held = world.raise_that_waits().await;
    // Somebody who could have sent it.
    let record = world.record(held["reference"].as_str().unwrap()).await;
    let mut sent = record.clone();
    sent.started_by = Some((&reviewer).into());
    world.backend.submissions.update(sent).await.unwrap();
    let (status, problem) = assign(&world, "reviewer-2", &held, take()).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::FORBIDDEN, &"review-barred".into())
    );
    for (person, expected) in [
        ("dcc-operator", StatusCode::FORBIDDEN),
        ("reviewer-1", StatusCode::OK),
    ] {
        let (status, answer) = assign(&world, person, &held, take()).await;
        assert_eq!(status, expected, "{person}: {answer}");
    }
    let records = world.get_json("supplier-admin", "/activity").await;
    let acts: Vec<_> = records["items"].as_array().unwrap().iter().collect();
    let done = |act: &&&Value| act["act"] == "assign-review" && act["outcome"]["name"] == "done";
    let taken: Vec<_> = acts.iter().filter(done).collect();
    assert_eq!(taken.len(), 1, "{acts:#?}");
    assert_eq!(taken[0]["person"]["id"], "reviewer-1");
}
