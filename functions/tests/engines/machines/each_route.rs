//! Every route of every entrance, asked by systems with each scope in their token, in their registration, and in both.

use http::{Method, StatusCode};
use serde_json::Value;
use sluice_shared::directory::{Entrance, MachineScope, Permission, ROUTES, Route, routes};
use sluice_testing::Client;

use crate::permissions::{address, method};
use crate::support::{FORECAST, GATEWAY, MONITOR, World, answered};

/// What somebody is answered at a route, and whether it was opened to them.
async fn asked(
    world: &World,
    (id, token): (&str, &[MachineScope]),
    entrance: Entrance,
    route: &Route,
) -> (bool, StatusCode, Value) {
    let token = world.machine_token(id, token);
    let client = Client::in_process(world.router(), token).at(entrance);
    let (status, answer) =
        answered(&client, method(route.method), &address(route.path), None).await;
    let code = answer["code"].as_str().unwrap_or_default();
    let is_open = !["scope-missing", "not-allowed", "system-stopped"].contains(&code);
    (is_open, status, answer)
}

/// By the table of routes: a scope opens the routes of its permission, and any scope what says who asks.
fn is_open_by(route: &Route, scope: MachineScope) -> bool {
    match route.permission {
        Permission::Anyone | Permission::SignedIn => true,
        permission => permission == scope.permission(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_scope_opens_the_routes_of_its_permission_and_no_other() {
    let world = World::new().await;
    let mut figures = (0, 0);
    for (id, home) in [(GATEWAY, Entrance::Users), (MONITOR, Entrance::Staff)] {
        let all = MachineScope::ALL.as_slice();
        let one = |scope: MachineScope| (vec![scope], all.to_vec(), scope);
        let other = |scope: MachineScope| (all.to_vec(), vec![scope], scope);
        let limits = MachineScope::ALL.into_iter();
        for (registered, in_token, scope) in limits.flat_map(|scope| [one(scope), other(scope)]) {
            world.register_machine(id, &registered).await;
            let organisation = world.registered_machine(id).await.unwrap().organisation;
            for route in ROUTES.iter().filter(|route| home.has(route)) {
                let (open, status, answer) = asked(&world, (id, &in_token), home, route).await;
                let may = scope.is_for(&organisation) && is_open_by(route, scope);
                let told =
                    format!("{id} for {registered:?}, with {in_token:?}, {route:?}: {answer}");
                let expected = route.permission == Permission::Anyone || may;
                assert_eq!(open, expected, "{told}");
                assert!(!status.is_server_error(), "{told}");
                assert_ne!(status, StatusCode::UNAUTHORIZED, "{told}");
                figures.0 += 1;
                figures.1 += usize::from(open && route.permission != Permission::Anyone);
            }
        }
        // Whatever it may, the other entrance is not its own.
        world.register_machine(id, all).await;
        for entrance in Entrance::ALL
            .into_iter()
            .filter(|entrance| *entrance != home)
        {
            for route in ROUTES.iter().filter(|route| entrance.has(route)) {
                let (open, _, answer) = asked(&world, (id, all), entrance, route).await;
                let answers_both = [routes::ME, routes::HEALTH, routes::OPENAPI, routes::DOCS];
                assert_eq!(
                    open,
                    answers_both.contains(route),
                    "{id} {entrance:?} {route:?}: {answer}"
                );
                figures.0 += 1;
                figures.1 += usize::from(open && route.permission != Permission::Anyone);
            }
        }
    }
    println!(
        "{} requests of systems (each scope alone in the registration, and alone in the token, × route × entrance), {} open",
        figures.0, figures.1
    );
    assert!(figures.1 > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_system_decides_signs_or_keeps_people_whatever_it_is_registered_for() {
    let world = World::new().await;
    let never = [
        Permission::ReadReviews,
        Permission::AnswerQuestions,
        Permission::DecideReviews,
        Permission::ReadPeople,
        Permission::KeepOwnPeople,
        Permission::KeepOwnKeys,
        Permission::KeepDirectory,
    ];
    for id in [GATEWAY, MONITOR] {
        world.register_machine(id, &MachineScope::ALL).await;
        for entrance in Entrance::ALL {
            let of_people = ROUTES
                .iter()
                .filter(|route| never.contains(&route.permission));
            for route in of_people.filter(|route| entrance.has(route)) {
                let (open, status, answer) =
                    asked(&world, (id, &MachineScope::ALL), entrance, route).await;
                assert!(!open, "{id} {entrance:?} {route:?}: {answer}");
                assert_eq!(status, StatusCode::FORBIDDEN, "{id} {route:?}: {answer}");
            }
        }
    }
    let without = Permission::ALL
        .into_iter()
        .filter(|one| one.scope().is_none());
    let without: Vec<_> = without.collect();
    for permission in never {
        assert!(without.contains(&permission), "{permission:?}");
    }
    assert_eq!(without.len(), never.len() + 2, "and what needs no role");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_says_what_is_missing() {
    let world = World::new().await;
    let monitor = world.machine(MONITOR);
    for (client, path, code, says) in [
        (
            world.machine(GATEWAY),
            "/thresholds",
            "scope-missing",
            "thresholds.read",
        ),
        (
            monitor.clone(),
            "/activity",
            "scope-missing",
            "activity.read",
        ),
        (
            monitor.clone(),
            "/reviews",
            "not-allowed",
            "A person has to do this",
        ),
        (
            monitor.at(Entrance::Users),
            "/submissions",
            "not-allowed",
            "below /api/dcc",
        ),
        (
            world.machine(FORECAST),
            "/submissions",
            "not-registered",
            FORECAST,
        ),
    ] {
        let (status, problem) = answered(&client, Method::GET, path, None).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{problem}");
        assert_eq!(problem["code"], code, "{problem}");
        assert!(
            problem["detail"].as_str().unwrap().contains(says),
            "{problem}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_sees_its_own_organisation_and_the_dccs_sees_each_which_is_recorded_there() {
    let world = World::new().await;
    world
        .register_machine(MONITOR, &[MachineScope::ReadThresholds])
        .await;
    world
        .register_machine(GATEWAY, &[MachineScope::ReadThresholds])
        .await;
    let network = "90-B3-D5-1F-30-03-00-00";
    let path = format!("/thresholds/{network}");
    let (status, _) = answered(&world.machine(GATEWAY), Method::GET, &path, None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = answered(&world.machine(MONITOR), Method::GET, &path, None).await;
    assert_eq!(status, StatusCode::OK);
    let activity = world
        .get_json("dcc-admin-1", "/activity?organisation=network-operator")
        .await;
    let [read] = activity["items"].as_array().unwrap().as_slice() else {
        panic!("{activity:#}")
    };
    assert_eq!(read["person"]["name"], "DCC monitor (system)", "{read:#}");
    assert_eq!(read["scopes"], serde_json::json!(["thresholds.read"]));
    assert_eq!(read["roles"], Value::Null);
    assert_eq!(read["act"], "read-thresholds");
    // And what it was refused, beside what it is let do.
    let me: Value = world.machine(MONITOR).get("/me").await.unwrap();
    assert_eq!(
        me["scopes"],
        serde_json::json!(["thresholds.read"]),
        "{me:#}"
    );
    assert_eq!(me["permissions"].as_array().unwrap().len(), 3, "{me:#}");
    let own = world
        .get_json("dcc-admin-1", "/activity?person=dcc-monitor")
        .await;
    assert_eq!(own["items"].as_array().unwrap().len(), 1, "{own:#}");
}
