//! Every route of every entrance, asked by every demo person and by nobody: the table of routes decides, and nothing else.

use std::sync::Arc;

use axum::body::Body;
use http::{Method, Request, StatusCode};
use sluice_functions::api;
use sluice_local::demo::people::PEOPLE;
use sluice_shared::directory::{self, Entrance, Permission, ROUTES, routes};
use sluice_shared::files::FileKind;

use super::support::{IMPORT, World, send};

pub(super) fn address(path: &str) -> String {
    path.replace("{id}", "4F7K-2M9Q-XW3T-8HBD")
        .replace("{userId}", IMPORT)
        .replace("{ref}", "1201")
        .replace("{organisation}", "large-supplier")
        .replace("{request}", "7D2P-5N8R-0YV6-3KCE")
}

pub(super) fn method(method: directory::Method) -> Method {
    match method {
        directory::Method::Get => Method::GET,
        directory::Method::Post => Method::POST,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_is_open_to_exactly_the_roles_of_the_table() {
    let world = World::new().await;
    let both = Entrance::ALL.into_iter();
    for (entrance, route) in both.flat_map(|at| ROUTES.iter().map(move |route| (at, route))) {
        for person in PEOPLE.iter().filter(|person| person.is_registered()) {
            world.asks_at(entrance, person.id);
            let registered = world
                .backend
                .directory
                .person(&person.id.parse().unwrap())
                .await
                .unwrap()
                .unwrap();
            let (status, problem) = world
                .call(
                    method(route.method),
                    person.id,
                    &address(route.path),
                    &[],
                    None,
                )
                .await;
            let asked = format!("{} {entrance:?} {route:?}: {problem}", person.id);
            if !entrance.has(route) {
                let is_there = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
                assert!(is_there.contains(&status), "{asked}");
                continue;
            }
            let refused = status == StatusCode::FORBIDDEN && problem["code"] == "not-allowed";
            let is_theirs = Entrance::for_person(&registered) == entrance
                || route.permission == Permission::Anyone
                || *route == routes::ME;
            let may = is_theirs && registered.may(route.permission);
            assert_eq!(!refused, may, "{asked}");
            if !is_theirs {
                let theirs = Entrance::for_person(&registered);
                // Where theirs has no such route, sending it there is no way on.
                let told = if theirs.has(route) {
                    format!("You are answered below /api{}: ", theirs.prefix())
                } else {
                    "This needs one of the roles: ".to_owned()
                };
                let detail = problem["detail"].as_str().unwrap();
                assert!(detail.starts_with(&told), "{asked}");
            }
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{} {route:?}", person.id);
            assert!(
                !status.is_server_error(),
                "{} {route:?}: {problem}",
                person.id
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_only_what_is_for_anyone_answers() {
    let world = World::new().await;
    let both = Entrance::ALL.into_iter();
    let all = both.flat_map(|at| ROUTES.iter().map(move |route| (at, route)));
    for (entrance, route) in all.filter(|(entrance, route)| entrance.has(route)) {
        let path = format!("{}{}", entrance.prefix(), address(route.path));
        let request = Request::builder()
            .method(method(route.method))
            .uri(format!("/api{path}"))
            .body(Body::empty())
            .unwrap();
        let (status, headers, body) = send(world.router(), request).await;
        let expected = if route.permission == Permission::Anyone {
            StatusCode::OK
        } else {
            StatusCode::UNAUTHORIZED
        };
        assert_eq!(status, expected, "{route:?}");
        if status == StatusCode::UNAUTHORIZED {
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(headers["content-type"], "application/problem+json");
            assert_eq!(problem["code"], "sign-in-needed");
            assert_eq!(
                problem["correlationId"],
                headers["x-correlation-id"].to_str().unwrap()
            );
        }
    }
}

/// What each function answers, beside the whole that one process serves here.
#[tokio::test(flavor = "multi_thread")]
async fn each_function_answers_at_its_own_entrance_alone() {
    let world = World::new().await;
    let [users, staff] =
        [api::users_router, api::staff_router].map(|function| function(Arc::clone(&world.backend)));
    for (function, path, expected) in [
        (&users, "/api/me", StatusCode::UNAUTHORIZED),
        (&users, "/api/dcc/me", StatusCode::NOT_FOUND),
        (&staff, "/api/dcc/me", StatusCode::UNAUTHORIZED),
        (&staff, "/api/me", StatusCode::NOT_FOUND),
    ] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (status, ..) = send(function.clone(), request).await;
        assert_eq!(status, expected, "{path}");
    }
}

/// The page asks there first, whoever it is, and goes where it is told.
#[tokio::test(flavor = "multi_thread")]
async fn either_entrance_says_which_is_whose_and_that_of_users_lists_no_organisations() {
    let world = World::new().await;
    for (person, own) in [("supplier-aro-1", "users"), ("reviewer-1", "staff")] {
        for entrance in Entrance::ALL {
            world.asks_at(entrance, person);
            let me = world.get_json(person, "/me").await;
            assert_eq!(me["entrance"], own, "{entrance:?}: {me}");
            let lists = own == "staff" && entrance == Entrance::Staff;
            assert_eq!(me["organisations"].is_array(), lists, "{entrance:?}: {me}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_the_table_is_not_there() {
    let world = World::new().await;
    for path in [
        "/",
        "/me/",
        "/admin",
        "/submissions/4F7K-2M9Q-XW3T-8HBD/evidence",
    ] {
        assert_eq!(
            world.get("reviewer-1", path).await.0,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let (status, problem) = world
        .call(Method::DELETE, "reviewer-1", "/submissions", &[], None)
        .await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"method-not-allowed".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_another_organisations_is_not_found() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            &file,
            &world.signer("supplier-aro-1"),
        )
        .await;
    let reference = settled["reference"].as_str().unwrap();
    let paths = [
        format!("/submissions/{reference}"),
        format!("/submissions/{reference}/findings"),
        format!("/submissions/{reference}/changes"),
        format!("/submissions/{reference}/receipt"),
        format!("/thresholds/{IMPORT}"),
        format!("/thresholds/{IMPORT}/history"),
        "/quarantine-events/1201".to_owned(),
        "/quarantine-events/1201/communications?page=0".to_owned(),
    ];
    for path in paths {
        assert_eq!(
            world.get("network-aro-1", &path).await.0,
            StatusCode::NOT_FOUND,
            "{path}"
        );
        assert_eq!(
            world.get("dcc-operator", &path).await.0,
            StatusCode::OK,
            "{path}"
        );
    }
    let theirs = world.get_json("network-aro-1", "/submissions").await;
    assert!(
        theirs["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["organisation"] == "network-operator")
    );
}
