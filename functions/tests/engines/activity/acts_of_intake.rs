//! What the service makes of things is on record, with whose act led to it, once for each time.

use serde_json::json;
use sluice_shared::activity::{Act, ActivityRecord, Recorder};
use sluice_shared::directory::ChangeAnswer;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::super::support::{IMPORT, World, decision, testkit_file};
use super::{acts, recorded};

async fn of_intake(world: &World, organisation: &str) -> Vec<ActivityRecord> {
    let mut records = recorded(world, organisation).await;
    records.retain(|record| record.recorder == Recorder::Intake);
    records
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_rejected_held_decided_and_accepted() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let faulty = testkit_file("adt/header-missing.csv");
    world
        .settle("supplier-submitter", FileKind::Adt, &faulty, &signer)
        .await;
    let risky = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &risky, &signer)
        .await;
    let reference = held["reference"].as_str().unwrap().to_owned();
    let evidence = world
        .get_json("reviewer-1", &format!("/reviews/{reference}"))
        .await;
    let asked = decision(Decision::Accept, &evidence);
    let body = world
        .signed_decision("reviewer-1", &reference.parse().unwrap(), &asked)
        .await;
    let path = format!("/reviews/{reference}/decision");
    let (status, answer) = world.post("reviewer-1", &path, "-", &body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let records = of_intake(&world, "large-supplier").await;
    let [accepted, counted, waits, rejected] = &records[..] else {
        panic!("{:?}", acts(&records))
    };
    assert_eq!(rejected.act, Act::FileRejected);
    assert_eq!(waits.act, Act::FileAwaitsReview);
    assert_eq!(counted.act, Act::DecisionCounted);
    assert_eq!(accepted.act, Act::FileAccepted);
    let by = |record: &ActivityRecord| record.person.as_ref().unwrap().id.to_string();
    assert_eq!(by(counted), "reviewer-1");
    assert_eq!(
        counted.person_organisation.as_ref().unwrap().as_str(),
        "dcc"
    );
    assert_eq!(by(accepted), "supplier-submitter");
    assert_eq!(accepted.about[0].identifier(), reference);
    // By it the requests that led to it are found, in the record and in the logs.
    let started = recorded(&world, "large-supplier").await;
    let started = started
        .iter()
        .filter(|record| record.act == Act::StartSubmission);
    let ids: Vec<_> = started.map(|record| record.correlation_id).collect();
    assert!(ids.contains(&accepted.correlation_id), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_people_are_on_record_where_they_were_made() {
    let world = World::new().await;
    let invite =
        json!({ "kind": "invite", "person": "newcomer", "name": "A", "roles": ["viewer"] });
    let (status, answer) = world.ask("supplier-admin", "large-supplier", &invite).await;
    assert_eq!(status, 202, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    // The second time there is somebody of that name.
    let moves = json!({ "kind": "move", "person": "supplier-aro-2", "to": "network-operator", "roles": ["viewer"] });
    let (status, answer) = world
        .ask_signed("dcc-admin-1", "large-supplier", &moves)
        .await;
    assert_eq!(status, 202, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.get_json("dcc-admin-2", "/changes-to-approve").await["items"][0].clone();
    let (status, answer) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Refuse)
        .await;
    assert_eq!(status, 202, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let records = of_intake(&world, "large-supplier").await;
    assert_eq!(
        acts(&records),
        ["change-refused", "change-awaits-approval", "change-made"]
    );
    assert_eq!(records[2].about[1].identifier(), "newcomer");
    assert_eq!(
        records[2].person.as_ref().unwrap().id.as_str(),
        "supplier-admin"
    );
    assert_eq!(
        records[0].person.as_ref().unwrap().id.as_str(),
        "dcc-admin-2"
    );
    // Where somebody was to go, too.
    let there = of_intake(&world, "network-operator").await;
    assert_eq!(acts(&there), ["change-refused", "change-awaits-approval"]);
    // The reason is nowhere.
    let all = serde_json::to_string(&recorded(&world, "large-supplier").await).unwrap();
    assert!(!all.contains("As agreed."), "{all}");
}
