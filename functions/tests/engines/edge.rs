//! What stands before the functions: what came past it is answered by nobody, it alone says where somebody is in the network, and staff are answered
//! in the DCC's networks alone.

use axum::Router;
use axum::body::Body;
use http::{HeaderName, Request, StatusCode, header};
use serde_json::Value;
use sluice_functions::api::{self, edge};
use sluice_functions::{Backend, EdgeKey, Networks};

use super::support::{World, send};

const KEY: &str = "0123456789abcdefghijABCDEFGHIJ01";

/// The demonstration's API behind an edge with [`KEY`], whose staff are answered in `networks`.
fn behind_the_edge(world: &World, networks: &str) -> Router {
    let mut settings = world.place.settings();
    settings.edge_key = Some(EdgeKey::parse(KEY).unwrap());
    settings.staff_networks = Networks::parse(networks).unwrap();
    let ports = world.backend.ports.clone();
    api::router(Backend::reading_uploads(&world.place.clients(), settings, ports).unwrap())
}

async fn ask(
    (router, world): (&Router, &World),
    person: &str,
    path: &str,
    headers: &[(HeaderName, &str)],
) -> (StatusCode, Value) {
    let bearer = format!("Bearer {}", world.token(person));
    let request = Request::get(format!("/api{}{path}", world.entrance(person).prefix()));
    let request = request.header(header::AUTHORIZATION, bearer);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(name, *value)
    });
    let (status, _, body) = send(router.clone(), request.body(Body::empty()).unwrap()).await;
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_past_the_edge_is_answered_by_nobody() {
    let world = World::new().await;
    let router = behind_the_edge(&world, "");
    let wrong = format!("{KEY}1");
    for headers in [
        &[][..],
        &[(edge::VIEWER, "192.0.2.7")],
        &[(edge::EDGE, ""), (edge::VIEWER, "192.0.2.7")],
        &[(edge::EDGE, wrong.as_str())],
    ] {
        for path in ["/me", "/submissions"] {
            let asked = (&router, &world);
            let (status, problem) = ask(asked, "supplier-aro-1", path, headers).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{headers:?}");
            assert_eq!(problem["code"], "past-the-edge");
        }
        let health = Request::get("/api/health").body(Body::empty()).unwrap();
        let (status, ..) = send(router.clone(), health).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "what anybody may ask, too");
    }
    let asked = (&router, &world);
    let (status, _) = ask(asked, "supplier-aro-1", "/me", &[(edge::EDGE, KEY)]).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edge_says_where_somebody_is() {
    let world = World::new().await;
    let asked = (&behind_the_edge(&world, ""), &world);
    let path = "/submissions/4F7K-2M9Q-XW3T-8HBD";
    let viewers: [(&[&str], Option<&str>); 4] = [
        (&["2001:db8::7"], Some("2001:db8::7")),
        (&["192.0.2.7", "203.0.113.9"], None),
        (&["somewhere"], None),
        (&[], None),
    ];
    for (said, seen) in viewers {
        let viewers = said.iter().map(|address| (edge::VIEWER, *address));
        let headers: Vec<_> = [(edge::EDGE, KEY)].into_iter().chain(viewers).collect();
        ask(asked, "supplier-submitter", path, &headers).await;
        let activity = world.get_json("supplier-admin", "/activity").await;
        let last = &activity["items"][0];
        assert_eq!(last["act"], "read-submission", "{last}");
        assert_eq!(last["address"].as_str(), seen, "{said:?}: {last}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_answered_in_their_networks_alone_and_users_anywhere() {
    let world = World::new().await;
    let asked = (&behind_the_edge(&world, "192.0.2.0/24"), &world);
    let from = |address| [(edge::EDGE, KEY), (edge::VIEWER, address)];
    for person in ["reviewer-1", "dcc-admin-1"] {
        let (status, _) = ask(asked, person, "/submissions", &from("192.0.2.7")).await;
        assert_eq!(status, StatusCode::OK, "{person}");
        for path in ["/me", "/submissions"] {
            let (status, problem) = ask(asked, person, path, &from("203.0.113.9")).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{person} {path}");
            assert_eq!(problem["code"], "outside-networks");
        }
    }
    let nowhere = [(edge::EDGE, KEY)];
    let (status, _) = ask(asked, "reviewer-1", "/submissions", &nowhere).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "where is not known");
    let user = ask(
        asked,
        "supplier-aro-1",
        "/submissions",
        &from("203.0.113.9"),
    )
    .await;
    assert_eq!(user.0, StatusCode::OK);
    // Somebody who holds the token of a reviewer is seen to have tried.
    let seen = world
        .get_json("dcc-admin-1", "/activity?organisation=dcc")
        .await;
    let tried = seen["items"].as_array().unwrap().iter();
    let tried = tried.filter(|one| one["address"] == "203.0.113.9").count();
    assert_eq!(tried, 4, "{seen}");
}
