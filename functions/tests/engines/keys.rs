//! A signature counts by a certificate that its owner registered with a signature of its key, and by no other in the same name.

use http::{Method, StatusCode};
use serde_json::Value;
use sluice_functions::stores::{Asked, TakenRequest};
use sluice_shared::directory::{CertificateIdentity, ChangeStatement, DirectoryChange, Entrance};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::ChangeRequestId;

use super::support::{IMPORT, Signer, World, change_reason, signed_as_json};

pub(super) const LARGE: &str = "large-supplier";
pub(super) const ARO: &str = "supplier-aro-1";

/// That `person` registers the certificate of a key.
pub(super) fn registration(world: &World, person: &str, of: &Signer) -> ChangeStatement {
    let organisation = if person.starts_with("supplier") {
        LARGE
    } else {
        "dcc"
    };
    ChangeStatement {
        request: world.change_reference(),
        organisation: organisation.parse().unwrap(),
        change: DirectoryChange::RegisterCertificate {
            person: person.parse().unwrap(),
            certificate: CertificateIdentity::parse(of.certificate().unwrap()).unwrap(),
        },
        reason: change_reason("A new computer."),
        asked_at: world.now(),
    }
}

/// As the page registers a certificate: signed with its key. The answer.
pub(super) async fn register(
    world: &World,
    caller: &str,
    statement: &ChangeStatement,
    signer: &Signer,
) -> (StatusCode, Value) {
    let body = signed_as_json(signer, statement, statement.asked_at);
    let body = serde_json::to_value(body).unwrap();
    world
        .call(Method::POST, caller, "/me/certificates", &[], Some(&body))
        .await
}

pub(super) fn key(signer: &Signer) -> String {
    signer.certificate().unwrap().key_sha256().to_string()
}

/// Sends an ADT File that is nothing new, so that the first finding is the signature's; state and code of the first finding.
pub(super) async fn sent(world: &World, signer: &Signer, times: u64) -> (Value, Value) {
    let file = world.adt(IMPORT, |_, level| Some(level * times)).await;
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, signer)
        .await;
    let reference = settled["reference"].as_str().unwrap();
    let path = format!("/submissions/{reference}/findings");
    let findings = world.get_json("supplier-submitter", &path).await;
    world.pass(std::time::Duration::from_secs(2));
    (
        settled["state"].clone(),
        findings["items"][0]["code"].clone(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_the_same_name_counts_once_its_owner_has_registered_it() {
    let world = World::new().await;
    let (old, new) = (world.signer(ARO), world.new_signer(ARO));
    let (state, code) = sent(&world, &new, 1).await;
    assert_eq!(state, "rejected", "{code}");
    assert_eq!(code, "certificate-not-registered");

    let statement = registration(&world, ARO, &new);
    let (status, answer) = register(&world, ARO, &statement, &new).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let me = world.get_json(ARO, "/me").await;
    let mine = me["certificates"].as_array().unwrap();
    assert!(
        mine.iter()
            .any(|one| one["certificate"]["key"] == key(&new)),
        "{me:#}"
    );
    for signer in [&new, &old] {
        let (state, code) = sent(&world, signer, 1).await;
        assert_ne!(state, "rejected", "{code}: renewal overlaps");
    }
    let change = world.last_change("supplier-admin", LARGE).await;
    assert_eq!(change["change"]["kind"], "register-certificate");
    assert_eq!(change["state"]["name"], "made");
    assert_eq!(change["askedBy"]["id"], ARO);
    // The same again, as after an answer that was lost.
    let (status, answer) = register(&world, ARO, &statement, &new).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_registers_what_is_not_theirs_or_what_they_have_no_key_of() {
    let world = World::new().await;
    let (own, other) = (world.new_signer(ARO), world.new_signer("supplier-aro-2"));
    let before = registered(&world, ARO).await;
    let of_own = registration(&world, ARO, &own);
    let of_other = registration(&world, "supplier-aro-2", &other);
    let other_in_my_name = registration(&world, ARO, &other);
    for (what, caller, statement, signer, detail) in [
        (
            "signed with another key",
            ARO,
            &of_own,
            &world.signer(ARO),
            "not signed with this certificate's key",
        ),
        ("somebody else's", ARO, &of_other, &other, "was signed as"),
        (
            "somebody else's certificate",
            ARO,
            &other_in_my_name,
            &other,
            "was signed as",
        ),
        (
            "somebody else's certificate, own key",
            ARO,
            &other_in_my_name,
            &own,
            "not signed with this certificate's key",
        ),
        (
            "for somebody else",
            ARO,
            &of_other,
            &own,
            "certificates of their own",
        ),
        (
            "nobody who signs",
            "supplier-submitter",
            &of_own,
            &own,
            "needs one of the roles",
        ),
    ] {
        let (status, problem) = register(&world, caller, statement, signer).await;
        assert!(status.is_client_error(), "{what}: {status} {problem}");
        let said = problem["detail"].as_str().unwrap();
        assert!(said.contains(detail), "{what}: {said}");
    }
    assert!(world.queues.is_empty().await);
    // And past the API, with the credentials of either entrance.
    for (entrance, statement, signer) in [
        (Entrance::Users, &of_other, &own),
        (Entrance::Users, &other_in_my_name, &other),
        (Entrance::Staff, &of_own, &world.signer("dcc-admin-1")),
    ] {
        let signed = signed_as_json(signer, statement, statement.asked_at)
            .signed
            .0;
        let handled = forge(
            &world,
            entrance,
            statement.request,
            ARO,
            Asked::Signed(signed),
        )
        .await;
        if handled == [false] {
            let message = world.queues.one().await;
            world.queues.delete(&message).await;
        }
    }
    for (person, before) in [(ARO, before), ("supplier-aro-2", 1)] {
        assert_eq!(registered(&world, person).await, before, "{person}");
    }
}

/// How many certificates a person has registered.
pub(super) async fn registered(world: &World, person: &str) -> usize {
    let person = world.registered(person).await.unwrap();
    person.certificates.iter().count()
}

/// Writes, as `api` or `review` could, that somebody asks; whether `intake` took it for done.
pub(super) async fn forge(
    world: &World,
    entrance: Entrance,
    id: ChangeRequestId,
    by: &str,
    asked: Asked,
) -> Vec<bool> {
    let person = world.registered(by).await.unwrap();
    let organisation = person.organisation;
    let taken = TakenRequest {
        by: person.id,
        correlation_id: None,
        asked,
    };
    let requests = &world.backend.requests;
    let put = requests.ask(entrance, &organisation, id, &taken);
    put.await.unwrap();
    let queue = &world.backend.requests_queue;
    let told = queue.change_asked(&organisation, (id, entrance), None);
    told.await.unwrap();
    world.run_intake().await
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_entrance_registers_for_the_people_of_the_other() {
    let world = World::new().await;
    for (entrance, person) in [
        (Entrance::Staff, ARO),
        (Entrance::Users, "reviewer-1"),
        (Entrance::Users, "dcc-admin-2"),
    ] {
        let (signer, before) = (world.new_signer(person), registered(&world, person).await);
        let statement = registration(&world, person, &signer);
        let request = signed_as_json(&signer, &statement, statement.asked_at);
        let asked = Asked::Signed(request.signed.0);
        let handled = forge(&world, entrance, statement.request, person, asked).await;
        assert_eq!(handled, [false], "{person} at {entrance:?}");
        let message = world.queues.one().await;
        world.queues.delete(&message).await;
        assert_eq!(registered(&world, person).await, before, "{person}");
    }
}
