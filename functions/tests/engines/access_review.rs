//! Who may do what is looked over and confirmed: as it was shown, by another, on record; and who is here is noted by the day.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::stores::Asked;
use sluice_shared::directory::{Access, DirectoryChange, Entrance, PersonRole};

use super::keys::{ARO, LARGE, forge, register, registration};
use super::support::{World, change_reason};

/// That what somebody may do now is still needed.
async fn confirmation(world: &World, who: &str) -> Value {
    let person = world.registered(who).await.unwrap();
    let change = DirectoryChange::ConfirmAccess {
        person: person.id.clone(),
        access: Access::of(&person),
    };
    serde_json::to_value(change).unwrap()
}

/// One of an organisation's people, as `asker` sees them.
async fn seen(world: &World, asker: &str, organisation: &str, who: &str) -> Value {
    let people = world.people(asker, organisation).await;
    let mut people = people["people"].as_array().unwrap().iter();
    let found = people.find(|person| person["person"]["id"] == who);
    found.unwrap().clone()
}

async fn bars(world: &World, asker: &str, organisation: &str, change: &Value, words: &str) {
    let by_dcc = asker.starts_with("dcc");
    let (status, problem) = if by_dcc {
        world.ask_signed(asker, organisation, change).await
    } else {
        world.ask(asker, organisation, change).await
    };
    assert_eq!(status, StatusCode::CONFLICT, "{asker}: {problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(words), "{asker}: {detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_is_kept_with_what_was_looked_at_and_changes_nothing_else() {
    let world = World::new().await;
    let before = seen(&world, "supplier-admin", LARGE, ARO).await;
    assert_eq!(
        before["reviewOverdue"], true,
        "nobody ever looked: {before:#}"
    );
    assert_eq!(before["mayConfirm"], true);
    assert_eq!(before["confirmed"], Value::Null);
    let large = LARGE.parse().unwrap();
    let directory = &world.backend.directory;
    let (version, person) = (
        directory.version(&large).await.unwrap(),
        world.registered(ARO).await,
    );

    let confirm = confirmation(&world, ARO).await;
    let (status, answer) = world.ask("supplier-admin", LARGE, &confirm).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);

    let after = seen(&world, "supplier-admin", LARGE, ARO).await;
    assert_eq!(
        after["confirmed"]["by"]["id"], "supplier-admin",
        "{after:#}"
    );
    assert_eq!(after["reviewOverdue"], false);
    assert_eq!(after["changedAt"], before["changedAt"]);
    let made = world.last_change("supplier-admin", LARGE).await;
    assert_eq!(made["change"], confirm);
    assert_eq!(made["state"]["name"], "made");
    assert_eq!(made["about"]["id"], ARO);
    assert_eq!(world.registered(ARO).await, person);
    // What waits for a reviewer rests on the version: it is not judged anew for a confirmation.
    assert_eq!(directory.version(&large).await.unwrap(), version);
    // An auditor sees it, and may confirm nobody.
    let audited = seen(&world, "dcc-admin-1", LARGE, ARO).await;
    assert_eq!(audited["confirmed"], after["confirmed"]);
    assert_eq!(audited["mayConfirm"], false, "their administrator does");
    bars(
        &world,
        "supplier-admin",
        LARGE,
        &confirm,
        "confirmed today already",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_since_it_was_shown_is_refused_before_and_after_it_was_taken() {
    let world = World::new().await;
    let shown = confirmation(&world, ARO).await;
    let new = world.new_signer(ARO);
    let statement = registration(&world, ARO, &new);
    // Taken as it was, and overtaken by a certificate that the person registered.
    let (status, answer) = world.ask("supplier-admin", LARGE, &shown).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    let mut person = world.registered(ARO).await.unwrap();
    person.roles.push(PersonRole::Viewer);
    world.backend.directory.put_person(&person).await.unwrap();
    assert_eq!(world.run_intake().await, [true]);
    let refused = world.last_change("supplier-admin", LARGE).await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    let why = refused["state"]["why"].as_str().unwrap();
    assert!(why.contains("changed since you looked"), "{why}");
    let now = seen(&world, "supplier-admin", LARGE, ARO).await;
    assert_eq!(now["confirmed"], Value::Null, "{now:#}");

    world.pass(Duration::from_secs(2));
    let shown = confirmation(&world, ARO).await;
    let (status, answer) = register(&world, ARO, &statement, &new).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    bars(
        &world,
        "supplier-admin",
        LARGE,
        &shown,
        "changed since you looked",
    )
    .await;
    let again = confirmation(&world, ARO).await;
    let (status, answer) = world.ask("supplier-admin", LARGE, &again).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_confirms_themselves_and_the_only_administrator_is_confirmed_by_the_dcc() {
    let world = World::new().await;
    let own = confirmation(&world, "supplier-admin").await;
    bars(
        &world,
        "supplier-admin",
        LARGE,
        &own,
        "Nobody confirms their own access",
    )
    .await;
    let aro = confirmation(&world, ARO).await;
    bars(
        &world,
        "dcc-admin-1",
        LARGE,
        &aro,
        "own administrators confirm",
    )
    .await;
    let of_dcc = confirmation(&world, "dcc-admin-1").await;
    bars(
        &world,
        "dcc-admin-1",
        "dcc",
        &of_dcc,
        "Nobody confirms their own access",
    )
    .await;
    for caller in [ARO, "network-aro-1"] {
        let (status, problem) = world.ask(caller, LARGE, &aro).await;
        let is_refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status);
        assert!(is_refused, "{caller}: {status} {problem}");
    }
    // As whoever had taken `api` over would put it.
    let asked = |change: &Value| Asked::Plain {
        change: serde_json::from_value(change.clone()).unwrap(),
        reason: change_reason("Trust me."),
    };
    let id = world.change_reference();
    let handled = forge(&world, Entrance::Users, id, "supplier-admin", asked(&own)).await;
    assert_eq!(handled, [true]);
    let refused = world.last_change("supplier-admin", LARGE).await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    let id = world.change_reference();
    let handled = forge(&world, Entrance::Staff, id, "supplier-admin", asked(&aro)).await;
    assert_eq!(handled, [false], "not from the entrance of staff");
    let message = world.queues.one().await;
    world.queues.delete(&message).await;

    for (organisation, who) in [(LARGE, "supplier-admin"), ("dcc", "dcc-operator")] {
        world.pass(Duration::from_secs(2));
        let change = confirmation(&world, who).await;
        let (status, answer) = world.ask_signed("dcc-admin-1", organisation, &change).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{who}: {answer}");
        assert_eq!(world.run_intake().await, [true]);
        let now = seen(&world, "dcc-admin-2", organisation, who).await;
        assert_eq!(now["confirmed"]["by"]["id"], "dcc-admin-1", "{now:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_says_who_gave_it_and_who_approved() {
    let world = World::new().await;
    let auditor = json!({ "kind": "change-roles", "person": "dcc-operator", "roles": ["operator", "auditor"] });
    world.ask_signed("dcc-admin-1", "dcc", &auditor).await;
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.last_change("dcc-admin-1", "dcc").await;
    let approve = sluice_shared::directory::ChangeAnswer::Approve;
    world.answer("dcc-admin-2", &waiting, approve).await;
    assert_eq!(world.run_intake().await, [true]);
    let operator = seen(&world, "dcc-admin-1", "dcc", "dcc-operator").await;
    let held = operator["held"].as_array().unwrap();
    let of = |role: &str| held.iter().find(|held| held["role"] == role).unwrap();
    assert_eq!(of("operator").get("given"), None, "{operator:#}");
    let given = &of("auditor")["given"];
    assert_eq!(given["by"]["id"], "dcc-admin-1");
    assert_eq!(given["approvedBy"]["id"], "dcc-admin-2");
    assert_eq!(operator["reviewOverdue"], false, "two have just looked");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_here_is_noted_by_the_day_and_who_stays_away_is_dormant() {
    let world = World::new().await;
    let now = world.now();
    let ago = |days: i64| now.plus(-time::Duration::days(days));
    let visits = &world.backend.visits;
    for (who, days) in [("supplier-aro-2", 100), (ARO, 89)] {
        let person = world.registered(who).await.unwrap();
        visits
            .note(&person.organisation, &person.id, ago(days))
            .await
            .unwrap();
    }
    let large = world.people("supplier-admin", LARGE).await;
    assert_eq!(large["notedSince"], ago(100).start_of_day().to_string());
    let of = |who: &str| {
        let mut people = large["people"].as_array().unwrap().iter();
        let found = people.find(|person| person["person"]["id"] == who);
        found.unwrap().clone()
    };
    let today = now.start_of_day().to_string();
    assert_eq!(of("supplier-admin")["lastHere"], today, "by asking this");
    for (who, dormant) in [
        ("supplier-admin", false),
        (ARO, false),
        ("supplier-aro-2", true),
        // Never seen since that is noted, and registered before.
        ("supplier-submitter", true),
    ] {
        assert_eq!(of(who)["dormant"], dormant, "{who}: {:#}", of(who));
    }
    // Coming back is enough; an earlier day that is noted late is not.
    let (status, _) = world
        .call(Method::GET, "supplier-aro-2", "/submissions", &[], None)
        .await;
    assert_eq!(status, StatusCode::OK);
    let person = world.registered("supplier-aro-2").await.unwrap();
    visits
        .note(&person.organisation, &person.id, ago(50))
        .await
        .unwrap();
    let back = seen(&world, "supplier-admin", LARGE, "supplier-aro-2").await;
    assert_eq!(
        (&back["dormant"], &back["lastHere"]),
        (&json!(false), &json!(today)),
        "{back:#}"
    );
    // Of staff, by the function of staff; of another organisation nothing.
    let (status, _) = world.get("reviewer-1", "/me").await;
    assert_eq!(status, StatusCode::OK);
    let reviewer = seen(&world, "dcc-admin-1", "dcc", "reviewer-1").await;
    assert_eq!(reviewer["lastHere"], today, "{reviewer:#}");
    let other = seen(&world, "dcc-admin-1", "network-operator", "network-aro-1").await;
    assert_eq!(other["lastHere"], Value::Null);
    assert_eq!(other["dormant"], false, "nobody is noted there yet");
}
