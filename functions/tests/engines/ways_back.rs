//! Ways back in, played with real requests as Help and the drills in `infra/DEPLOYING.md` tell them. A lost key, and a key in other hands, are
//! `stopped_keys.rs`; a person who is removed in the middle of something is `directory_changes.rs`.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sluice_functions::stores::{NotWritten, StoreError};
use sluice_shared::directory::{
    ChangeAnswer, NewAdministrator, NotReplaced, PersonRole, ReplacedAdministrator, SignerSubject,
};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{DisplayName, PersonId};
use sluice_shared::submission::Decision;

use super::keys::{ARO, LARGE, key};
use super::support::{IMPORT, NEWCOMER, World, change_reason, decision};

/// `asker` asks, and `intake` takes it up; the change as it is then.
async fn asked(world: &World, asker: &str, organisation: &str, change: &Value) -> Value {
    let (status, answer) = if asker.starts_with("dcc") {
        world.ask_signed(asker, organisation, change).await
    } else {
        world.ask(asker, organisation, change).await
    };
    assert_eq!(status, StatusCode::ACCEPTED, "{asker}: {answer}");
    assert_eq!(world.run_intake().await, [true]);
    let taken = world.last_change("dcc-admin-1", organisation).await;
    // The next one is later, whatever the clock's steps.
    world.pass(Duration::from_secs(1));
    taken
}

async fn approved(world: &World, by: &str, waiting: &Value) -> Value {
    assert_eq!(waiting["state"]["name"], "awaiting-approval", "{waiting:#}");
    let (status, answer) = world.answer(by, waiting, ChangeAnswer::Approve).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let organisation = waiting["organisation"].as_str().unwrap();
    let people = world.people(by, organisation).await;
    let mut changes = people["changes"].as_array().unwrap().iter();
    let settled = changes.find(|change| change["request"] == waiting["request"]);
    settled.unwrap().clone()
}

fn remove(person: &str) -> Value {
    json!({ "kind": "remove", "person": person })
}

/// What somebody may ask who has a sign-in: whether they are let in.
async fn is_let_in(world: &World, person: &str) -> bool {
    let (status, _) = world.call(Method::GET, person, "/me", &[], None).await;
    assert!(
        [StatusCode::OK, StatusCode::FORBIDDEN].contains(&status),
        "{person}: {status}"
    );
    status == StatusCode::OK
}

/// A file that the ARO signed, and that waits for a reviewer.
async fn held(world: &World) -> Value {
    let signer = world.signer(ARO);
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    held
}

/// What becomes of it when a reviewer accepts what was shown.
async fn state_once_accepted(world: &World, held: &Value) -> Value {
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let accept = decision(Decision::Accept, held);
    world.post_decision("reviewer-1", &path, &accept).await;
    assert!(world.run_intake().await.iter().all(|handled| *handled));
    let path = format!("/submissions/{reference}");
    let now = world.get_json("supplier-submitter", &path).await;
    now["state"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_their_sign_in_is_removed_and_comes_back_with_another_under_the_same_name() {
    let world = World::new().await;
    let aro = world.registered(ARO).await.unwrap();
    let subject = aro.signer_subject.clone().unwrap();
    let invite = json!({
        "kind": "invite", "person": NEWCOMER.id, "name": aro.name, "roles": ["aro"], "signerSubject": subject,
    });
    // Two sign-ins of one signer there are not, not even for a day.
    let (status, problem) = world.ask_signed("dcc-admin-1", LARGE, &invite).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let held = held(&world).await;
    asked(&world, "supplier-admin", LARGE, &remove(ARO)).await;
    assert!(!is_let_in(&world, ARO).await);
    assert_eq!(state_once_accepted(&world, &held).await, "rejected");

    let waiting = asked(&world, "dcc-admin-1", LARGE, &invite).await;
    let made = approved(&world, "dcc-admin-2", &waiting).await;
    assert_eq!(made["state"]["name"], "made", "{made:#}");
    let back = world.registered(NEWCOMER.id).await.unwrap();
    assert_eq!(back.signing_subject(), Some(&*subject));
    // Certificates are registered anew, by the new sign-in.
    assert!(back.certificates.is_empty());
    let client = world.client_of(&NEWCOMER);
    let answer = client.send_raw(Method::GET, "/me", &[], Vec::new()).await;
    assert_eq!(answer.unwrap().status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_without_its_only_administrator_gets_another_by_two_of_the_dcc() {
    let world = World::new().await;
    let invite = json!({
        "kind": "invite", "person": "deputy", "name": "Deputy", "roles": ["organisation-admin"],
    });
    let waiting = asked(&world, "dcc-admin-1", LARGE, &invite).await;
    assert!(
        world.registered("deputy").await.is_none(),
        "one alone gives it to nobody"
    );
    let made = approved(&world, "dcc-admin-2", &waiting).await;
    assert_eq!(made["state"]["name"], "made", "{made:#}");
    let deputy = world.registered("deputy").await.unwrap();
    assert!(deputy.is(PersonRole::OrganisationAdmin));
    // From then on either may go.
    let gone = asked(&world, "dcc-admin-1", LARGE, &remove("supplier-admin")).await;
    assert_eq!(gone["state"]["name"], "made", "{gone:#}");
    assert!(!is_let_in(&world, "supplier-admin").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_compromised_signer_has_sent_takes_no_effect_once_they_are_removed() {
    let world = World::new().await;
    let in_force = format!("/thresholds/{IMPORT}");
    let before = world.get_json("supplier-submitter", &in_force).await;
    let signer = world.signer(ARO);
    let held = held(&world).await;
    // The key first, which stops what is on its way; then the sign-in.
    let stop = json!({ "kind": "stop-key", "person": ARO, "key": key(&signer) });
    asked(&world, "supplier-admin", LARGE, &stop).await;
    asked(&world, "supplier-admin", LARGE, &remove(ARO)).await;
    assert!(!is_let_in(&world, ARO).await);
    assert_eq!(state_once_accepted(&world, &held).await, "rejected");
    let after = world.get_json("supplier-submitter", &in_force).await;
    assert_eq!(after["inForce"], before["inForce"]);
}

/// A third DCC administrator, by the two who are there.
async fn with_a_third(world: &World) {
    let third = json!({
        "kind": "change-roles", "person": "dcc-operator", "roles": ["operator", "dcc-admin"],
        "signerSubject": "CN=Third,O=DCC,C=GB",
    });
    let waiting = asked(world, "dcc-admin-1", "dcc", &third).await;
    approved(world, "dcc-admin-2", &waiting).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_three_dcc_administrators_one_removes_a_compromised_one_alone_with_what_they_asked_for()
{
    let world = World::new().await;
    with_a_third(&world).await;
    let stranger = json!({
        "kind": "invite", "person": NEWCOMER.id, "name": "Stranger", "roles": ["reviewer"], "signerSubject": "CN=Stranger,O=DCC,C=GB",
    });
    let waiting = asked(&world, "dcc-admin-2", "dcc", &stranger).await;
    let gone = asked(&world, "dcc-admin-1", "dcc", &remove("dcc-admin-2")).await;
    assert_eq!(
        gone["state"]["name"], "made",
        "no second one is asked: {gone:#}"
    );
    assert!(!is_let_in(&world, "dcc-admin-2").await);
    let refused = approved(&world, "dcc-admin-1", &waiting).await;
    assert_eq!(refused["state"]["name"], "refused", "{refused:#}");
    let why = refused["state"]["why"].as_str().unwrap();
    assert!(why.contains("registered no longer"), "{why}");
    assert!(world.registered(NEWCOMER.id).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_dcc_administrators_one_stops_the_others_key_and_the_account_replaces_them() {
    let world = World::new().await;
    let (status, problem) = world
        .ask_signed("dcc-admin-1", "dcc", &remove("dcc-admin-2"))
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("Two DCC administrators have to remain"),
        "{detail}"
    );
    // At once: the key, without which the sign-in changes nothing.
    let theirs = world.signer("dcc-admin-2");
    let stop = json!({ "kind": "stop-key", "person": "dcc-admin-2", "key": key(&theirs) });
    let stopped = asked(&world, "dcc-admin-1", "dcc", &stop).await;
    assert_eq!(stopped["state"]["name"], "made", "{stopped:#}");
    let (status, problem) = world.ask_signed("dcc-admin-2", LARGE, &remove(ARO)).await;
    assert!(status.is_client_error(), "{status} {problem}");
    assert!(is_let_in(&world, "dcc-admin-2").await, "they still read");

    let replaced = replaced("dcc-admin-2", "CN=Newly Appointed,O=DCC,C=GB");
    replace(&world, &replaced).await.unwrap();
    assert!(!is_let_in(&world, "dcc-admin-2").await);
    let new = world.registered(NEWCOMER.id).await.unwrap();
    assert_eq!(
        new.administering_subject(),
        Some("CN=Newly Appointed,O=DCC,C=GB")
    );
    let people = world.people("dcc-admin-1", "dcc").await;
    let of_account = |change: &&Value| change["askedBy"]["id"] == "account-administrator";
    let changes = people["changes"].as_array().unwrap().iter();
    let kinds: Vec<_> = changes
        .filter(of_account)
        .map(|change| (change["change"]["kind"].clone(), change["reason"].clone()))
        .collect();
    assert_eq!(kinds.len(), 2, "{people:#}");
    for kind in ["remove", "invite"] {
        assert!(
            kinds.contains(&(json!(kind), json!("Two at one screen."))),
            "{kinds:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_dcc_administrators_are_replaced_one_after_the_other_and_their_keys_are_stopped() {
    let world = World::new().await;
    for (lost, new, subject) in [
        ("dcc-admin-1", NEWCOMER.id, "CN=One More,O=DCC,C=GB"),
        ("dcc-admin-2", "second-new", "CN=Two More,O=DCC,C=GB"),
    ] {
        let by = ReplacedAdministrator {
            new: administrator(new, subject),
            ..replaced(lost, subject)
        };
        let keys = replace(&world, &by).await.unwrap();
        assert_eq!(
            keys,
            [world.signer(lost).certificate().unwrap().key_sha256()]
        );
        for key in keys {
            assert!(world.backend.directory.is_stopped(key).await.unwrap());
        }
        assert!(!is_let_in(&world, lost).await);
        let new = world.registered(new).await.unwrap();
        assert_eq!(new.roles, [PersonRole::DccAdmin]);
    }
    // What they had signed and nobody took up counts for nothing: nobody is called so.
    let (status, _) = world.ask_signed("dcc-admin-1", LARGE, &remove(ARO)).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_replaced_who_is_none_nor_by_somebody_who_is_there() {
    let world = World::new().await;
    let people = world.people("dcc-admin-1", "dcc").await;
    let free = "CN=Free,O=DCC,C=GB";
    for lost in [ARO, "reviewer-1", "nobody"] {
        let answer = replace(&world, &replaced(lost, free)).await;
        let refused = matches!(
            answer,
            Err(NotWritten::Rule(NotReplaced::NoSuchAdministrator(_)))
        );
        assert!(refused, "{lost}: {answer:?}");
    }
    let other = world
        .registered("dcc-admin-1")
        .await
        .unwrap()
        .signer_subject;
    let answer = replace(&world, &replaced("dcc-admin-2", &other.unwrap())).await;
    assert!(
        matches!(answer, Err(NotWritten::Rule(NotReplaced::SubjectTaken))),
        "{answer:?}"
    );
    for there in ["reviewer-1", "dcc-admin-1", "dcc-admin-2", ARO] {
        let by = ReplacedAdministrator {
            new: administrator(there, free),
            ..replaced("dcc-admin-2", free)
        };
        let answer = replace(&world, &by).await;
        let refused = match answer {
            Err(NotWritten::Rule(NotReplaced::RegisteredAlready)) => there != ARO,
            // Of another organisation, which the item of the sign-in says.
            Err(NotWritten::Store(StoreError::Conflict(_))) => there == ARO,
            _ => false,
        };
        assert!(refused, "{there}: {answer:?}");
    }
    let after = world.people("dcc-admin-1", "dcc").await;
    assert_eq!(after["people"], people["people"]);
    assert_eq!(after["changes"], people["changes"]);
}

fn administrator(id: &str, subject: &str) -> NewAdministrator {
    NewAdministrator {
        id: PersonId::parse(id).unwrap(),
        name: DisplayName::parse("Newly Appointed").unwrap(),
        subject: SignerSubject::parse(subject).unwrap(),
    }
}

fn replaced(lost: &str, subject: &str) -> ReplacedAdministrator {
    ReplacedAdministrator {
        lost: PersonId::parse(lost).unwrap(),
        new: administrator(NEWCOMER.id, subject),
        reason: change_reason("Two at one screen."),
    }
}

/// As `sluice-admin replace` does it; the keys that were stopped.
async fn replace(
    world: &World,
    replaced: &ReplacedAdministrator,
) -> Result<Vec<sluice_shared::identifiers::FileDigest>, NotWritten> {
    let references = [world.change_reference(), world.change_reference()];
    let directory = &world.backend.directory;
    let done = directory.replace_administrator(replaced, world.now(), references);
    done.await.map(|replacement| replacement.stopped)
}
