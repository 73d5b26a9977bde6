//! Calls of `api` for a caller reach what is of the caller's organisation, whatever its checks would let through: the tables refuse the
//! rest. The stack holds each session to its policy, in this test and in every other one.

use http::{Method, StatusCode};
use sluice_shared::directory::{Entrance, PersonRole, ROUTES, routes};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::OrganisationId;

use super::support::{Fate, IMPORT, World, supplier};

const SUBMITTER: &str = "supplier-submitter";

/// Everything that a User's people may ask, about this submission.
fn asked(reference: &str) -> Vec<(Method, String)> {
    let of_users = ROUTES.iter().filter(|route| Entrance::Users.has(route));
    let digest = "0".repeat(64);
    let paths = of_users.map(|route| {
        let path = route.path.replace("{id}", reference);
        let path = path.replace("{userId}", IMPORT).replace("{ref}", "1201");
        let path = path.replace("{organisation}", "large-supplier");
        let path = match *route {
            routes::KNOWN_FOR_ADT => format!("{path}?sha256={digest}"),
            routes::KNOWN_FOR_EXIT => format!("{path}?sha256={digest}&events=1201"),
            routes::WAITING_DECISIONS => format!("{path}?event=1201"),
            _ => path,
        };
        let method = match route.method {
            sluice_shared::directory::Method::Get => Method::GET,
            sluice_shared::directory::Method::Post => Method::POST,
        };
        (method, path)
    });
    paths.collect()
}

async fn settled(world: &World) -> String {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let settled = world.settle(SUBMITTER, FileKind::Adt, &file, &signer).await;
    settled["reference"].as_str().unwrap().to_owned()
}

/// No call is refused by the tables: what is another's is not even asked for.
#[tokio::test(flavor = "multi_thread")]
async fn every_route_asks_the_tables_for_what_is_the_callers_alone() {
    let mut world = World::new().await;
    let reference = settled(&world).await;
    let proxy = world.tables_behind(|_| Fate::Passes).await;
    for (person, is_own) in [("supplier-aro-1", true), ("network-aro-1", false)] {
        for (method, path) in asked(&reference) {
            let before = proxy.calls().len();
            let body = if path.ends_with("/answers") {
                serde_json::json!({ "number": 0, "text": "As announced." })
            } else {
                serde_json::json!({})
            };
            let body = (method == Method::POST).then_some(body);
            let (status, answer) = world
                .call(method.clone(), person, &path, &[], body.as_ref())
                .await;
            assert!(
                !status.is_server_error(),
                "{person} {method} {path}: {answer}"
            );
            if !is_own && path.contains(&reference) {
                assert_eq!(status, StatusCode::NOT_FOUND, "{person} {path}: {answer}");
            }
            let anybody = ["/health", "/openapi.json", "/docs"].contains(&path.as_str());
            assert_eq!(proxy.calls().len() == before, anybody, "{path}");
        }
    }
}

/// As if every check had a mistake in it: what is another's is asked for with the credentials that are there for a caller.
#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_in_a_check_shows_nobody_anothers() {
    let world = World::new().await;
    // `LocalStack` gives sessions and holds nobody to their policies.
    if world.place.own.is_some() {
        return;
    }
    let reference = settled(&world).await;
    let id = reference.parse().unwrap();
    let network: OrganisationId = "network-operator".parse().unwrap();
    let [own, other] = [&supplier(), &network].map(|tenant| world.backend.for_organisation(tenant));
    let user_id = IMPORT.parse().unwrap();
    let event = "1201".parse().unwrap();
    let supplier = supplier();
    for (backend, is_own) in [(&own, true), (&other, false)] {
        let reads = [
            (
                "submission",
                backend.submissions.get(&supplier, &id).await.is_ok(),
            ),
            (
                "announcement",
                backend.announcements.get(&supplier, &id).await.is_ok(),
            ),
            (
                "thresholds",
                backend.thresholds.current(&supplier, user_id).await.is_ok(),
            ),
            (
                "event",
                backend.quarantine.event(&supplier, &event).await.is_ok(),
            ),
            (
                "people",
                backend
                    .directory
                    .organisation_record(&supplier)
                    .await
                    .is_ok(),
            ),
        ];
        for (what, is_read) in reads {
            assert_eq!(is_read, is_own, "{what}");
        }
        // What goes across organisations is nobody's to read there.
        assert!(backend.submissions.find(&id).await.is_err());
        assert!(backend.quarantine.organisation_of(&event).await.is_err());
        assert!(backend.directory.organisations().await.is_err());
        assert!(backend.directory.owner_of(user_id).await.is_err());
    }
}

/// Somebody who changes organisation has the rights of today with the next call.
#[tokio::test(flavor = "multi_thread")]
async fn who_moves_is_read_for_by_the_rights_of_today() {
    let world = World::new().await;
    let reference = settled(&world).await;
    let path = format!("/submissions/{reference}");
    let router = world.router();
    let status = async || {
        let client = sluice_testing::Client::in_process(router.clone(), world.token(SUBMITTER));
        let answer = client.send_raw(Method::GET, &path, &[], Vec::new()).await;
        answer.unwrap().status()
    };
    assert_eq!(status().await, StatusCode::OK);
    let directory = &world.backend.directory;
    let mut person = directory
        .person(&SUBMITTER.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    person.organisation = "network-operator".parse().unwrap();
    person.roles = vec![PersonRole::Viewer];
    directory.put_person(&person).await.unwrap();
    assert_eq!(status().await, StatusCode::NOT_FOUND);
}
