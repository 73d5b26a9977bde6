//! The whole table of routes: each that changes something, each refusal, and each that staff read leaves a record, whoever wrote the handler.

use http::Method;
use serde_json::{Value, json};
use sluice_local::demo::people::PEOPLE;
use sluice_shared::activity::{ActivityOutcome, Recorder, act_of_route};
use sluice_shared::directory::{self, Entrance, Permission, PersonRole, ROUTES, Route, routes};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::OrganisationId;

use super::super::support::{IMPORT, World};
use super::recorded;

/// Somebody of the demonstration who may ask a route at an entrance.
async fn who_may(world: &World, entrance: Entrance, permission: Permission) -> &'static str {
    for person in PEOPLE.iter().filter(|person| person.is_registered()) {
        let id = person.id.parse().unwrap();
        let known = world.backend.directory.person(&id).await.unwrap().unwrap();
        // Of the organisation whose submission is asked for.
        let is_theirs =
            known.organisation.is_dcc() || known.organisation.as_str() == "large-supplier";
        if Entrance::for_person(&known) == entrance && known.may(permission) && is_theirs {
            return person.id;
        }
    }
    panic!("nobody has {permission:?} at {entrance:?}");
}

fn address(route: &Route, reference: &str) -> String {
    let path = route
        .path
        .replace("{id}", reference)
        .replace("{userId}", IMPORT);
    let path = path
        .replace("{ref}", "1201")
        .replace("{organisation}", "large-supplier");
    let path = path.replace("{request}", "7D2P-5N8R-0YV6-3KCE");
    match *route {
        routes::ACTIVITY_FILE => format!("{path}?format=csv"),
        routes::WAITING_DECISIONS => format!("{path}?event=1201"),
        _ => path,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_changes_something_is_recorded_and_so_is_whatever_staff_read() {
    let world = World::new().await;
    let risky = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer("supplier-aro-1");
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &risky, &signer)
        .await;
    assert_eq!(settled["state"], "awaiting-review", "{settled}");
    let reference = settled["reference"].as_str().unwrap();
    let both = Entrance::ALL.into_iter();
    for (entrance, route) in both.flat_map(|at| ROUTES.iter().map(move |route| (at, route))) {
        if !entrance.has(route) || route.permission.roles().is_none() {
            continue;
        }
        let person = who_may(&world, entrance, route.permission).await;
        let own = match entrance {
            Entrance::Users => "large-supplier",
            Entrance::Staff => OrganisationId::DCC,
        };
        let before = recorded(&world, own).await.len();
        let (method, body) = match route.method {
            directory::Method::Get => (Method::GET, None),
            directory::Method::Post => (Method::POST, Some(Value::Object(serde_json::Map::new()))),
        };
        let path = address(route, reference);
        let (status, answer) = world
            .call(method.clone(), person, &path, &[], body.as_ref())
            .await;
        assert!(!status.is_server_error(), "{route:?}: {answer}");
        let asked = format!("{entrance:?} {person} {method} {path}: {status} {answer}");
        let after = recorded(&world, own).await;
        let is_read_of_own =
            entrance == Entrance::Users && method == Method::GET && status.is_success();
        if is_read_of_own {
            assert_eq!(after.len(), before, "their own, {asked}");
            continue;
        }
        // What was read a moment ago by another route of the same act is one reading.
        let latest = after
            .iter()
            .find(|record| record.act == act_of_route(route));
        let latest = latest.unwrap_or_else(|| panic!("no record: {asked}"));
        assert_eq!(
            latest.person.as_ref().unwrap().id.as_str(),
            person,
            "{asked}"
        );
        let recorder = match entrance {
            Entrance::Users => Recorder::Api,
            Entrance::Staff => Recorder::Review,
        };
        assert_eq!(latest.recorder, recorder, "{asked}");
        assert!(latest.correlation_id.is_some(), "{asked}");
        if method == Method::POST || !status.is_success() {
            assert_eq!(after.len(), before + 1, "{asked}");
            let code = answer["code"].as_str().map(|code| json!(code));
            let told = latest.outcome.code().map(|code| json!(code));
            assert_eq!(told, code, "{asked}");
        }
        // Whose data it opened, sees so.
        if entrance == Entrance::Staff && status.is_success() && route.path.contains('{') {
            let theirs = recorded(&world, "large-supplier").await;
            let seen = theirs.iter().any(|record| {
                record.act == act_of_route(route) && record.recorder == Recorder::Review
            });
            assert!(seen, "not on record of whose data it was: {asked}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_known_and_refused_is_on_record_and_nobody_else() {
    let world = World::new().await;
    // A role that does not allow it.
    let path = "/organisations/large-supplier/people";
    let (status, _) = world.get("supplier-submitter", path).await;
    assert_eq!(status, 403);
    let refused = recorded(&world, "large-supplier").await;
    let [refused] = &refused[..] else {
        panic!("{refused:#?}")
    };
    let code = sluice_shared::api::ProblemCode::NotAllowed;
    assert_eq!(refused.outcome, ActivityOutcome::Refused { code });
    assert_eq!(refused.roles, [PersonRole::Submitter]);
    assert_eq!(refused.recorder, Recorder::Api);
    // The other entrance.
    world.asks_at(Entrance::Staff, "supplier-submitter");
    let (status, _) = world.get("supplier-submitter", "/submissions").await;
    assert_eq!(status, 403);
    let refused = recorded(&world, "large-supplier").await;
    assert_eq!(refused.len(), 2);
    assert_eq!(refused[0].recorder, Recorder::Review);
    world.asks_at(Entrance::Users, "supplier-submitter");
    // What belongs to another organisation does not exist: a try is on record of whoever tried alone.
    let other = "/submissions/4F7K-2M9Q-XW3T-8HBD";
    let (status, _) = world.get("network-aro-1", other).await;
    assert_eq!(status, 404);
    assert_eq!(recorded(&world, "network-operator").await.len(), 1);
    assert_eq!(recorded(&world, "large-supplier").await.len(), 2);
    // Nobody who is not registered, and nobody without a token.
    let (status, _) = world.get("supplier-newcomer", "/submissions").await;
    assert_eq!(status, 403);
    let request = http::Request::get("/api/submissions").body(axum::body::Body::empty());
    let (status, ..) = super::super::support::send(world.router(), request.unwrap()).await;
    assert_eq!(status, 401);
    for (organisation, expected) in [("large-supplier", 2), ("network-operator", 1), ("dcc", 0)] {
        assert_eq!(
            recorded(&world, organisation).await.len(),
            expected,
            "{organisation}"
        );
    }
}
