//! What DCC staff read of a User is on record of that User, for its administrator to see, and of nobody else's.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::ConnectInfo;
use http::{Request, header};
use serde_json::Value;
use sluice_shared::files::FileKind;

use super::super::support::{GAS, IMPORT, World, send};
use super::{acts, listed, recorded};

async fn sent(world: &World) -> String {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    settled["reference"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_users_administrator_sees_who_of_the_dcc_read_what() {
    let world = World::new().await;
    let reference = sent(&world).await;
    let of_network = recorded(&world, "network-operator").await.len();
    world
        .get_json("reviewer-1", &format!("/submissions/{reference}"))
        .await;
    world
        .get_json("reviewer-1", &format!("/thresholds/{IMPORT}"))
        .await;
    let seen = listed(&world, "supplier-admin", "?person=reviewer-1").await;
    let [thresholds, submission] = &seen[..] else {
        panic!("{seen:#?}")
    };
    assert_eq!(submission["act"], "read-submission");
    assert_eq!(submission["about"][0]["id"], reference.as_str());
    assert_eq!(submission["person"]["name"], "DCC reviewer 1");
    assert_eq!(submission["personOrganisation"], "dcc");
    assert_eq!(submission["recorder"], "review");
    assert_eq!(submission["outcome"]["name"], "done");
    assert_eq!(thresholds["act"], "read-thresholds");
    assert_eq!(thresholds["about"][0]["id"], IMPORT);
    // Nothing of what was read.
    let text = serde_json::to_string(&seen).unwrap();
    assert!(
        !text.contains("warning") && !text.contains("quarantine"),
        "{text}"
    );
    assert_eq!(recorded(&world, "network-operator").await.len(), of_network);
    // In the DCC's own, of whose it was.
    let own = listed(
        &world,
        "dcc-admin-1",
        "?person=reviewer-1&act=read-submission",
    )
    .await;
    let whose = own[0]["about"].as_array().unwrap().iter();
    let whose: Vec<_> = whose.map(|about| about["id"].as_str().unwrap()).collect();
    assert_eq!(whose, [reference.as_str(), "large-supplier"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_all_is_on_record_of_the_dcc_and_one_that_shows_values_of_everybody_whose_they_are()
 {
    let world = World::new().await;
    sent(&world).await;
    for path in ["/submissions", "/reviews", "/quarantine-events"] {
        world.get_json("reviewer-1", path).await;
    }
    let by_staff = |organisation: &'static str| {
        let world = &world;
        async move {
            let records = recorded(world, organisation).await;
            let of = records
                .iter()
                .filter(|record| record.recorder.as_str() == "review");
            acts(&of.cloned().collect::<Vec<_>>())
        }
    };
    assert_eq!(by_staff("large-supplier").await, Vec::<&str>::new());
    assert_eq!(
        by_staff("dcc").await,
        ["list-quarantine", "list-reviews", "list-submissions"]
    );
    world
        .get_json("reviewer-1", "/submissions?organisation=large-supplier")
        .await;
    assert_eq!(by_staff("large-supplier").await, ["list-submissions"]);
    assert_eq!(by_staff("network-operator").await, Vec::<&str>::new());
    world.get_json("reviewer-1", "/thresholds").await;
    assert_eq!(
        by_staff("large-supplier").await,
        ["list-thresholds", "list-submissions"]
    );
    assert_eq!(by_staff("network-operator").await, ["list-thresholds"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_that_asks_again_is_one_reading_and_a_download_is_one_each() {
    let world = World::new().await;
    let reference = sent(&world).await;
    let path = format!("/submissions/{reference}");
    let router = world.router();
    let read_by = async |person: &str, path: &str| {
        let bearer = format!("Bearer {}", world.token(person));
        let request = Request::get(format!("/api/dcc{path}")).header(header::AUTHORIZATION, bearer);
        let request = request.body(axum::body::Body::empty()).unwrap();
        let (status, ..) = send(router.clone(), request).await;
        assert_eq!(status, 200);
    };
    let read = async |path: &str| read_by("reviewer-1", path).await;
    let of_staff = async || {
        let records = recorded(&world, "large-supplier").await;
        records
            .iter()
            .filter(|record| record.recorder.as_str() == "review")
            .count()
    };
    read(&path).await;
    read(&path).await;
    assert_eq!(of_staff().await, 1);
    world.pass(Duration::from_mins(16));
    read(&path).await;
    assert_eq!(of_staff().await, 2);
    read(&format!("{path}/file")).await;
    read(&format!("{path}/file")).await;
    assert_eq!(of_staff().await, 4);
    // It has addresses of people.
    let activity = "/activity/file?organisation=large-supplier&format=csv";
    read_by("dcc-admin-1", activity).await;
    read_by("dcc-admin-1", activity).await;
    assert_eq!(of_staff().await, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_written_in_another_way_names_the_same_thing() {
    let world = World::new().await;
    let encoded = |text: &str| {
        let (rest, last) = text.split_at(text.len() - 1);
        format!("{rest}%{:02X}", last.as_bytes()[0])
    };
    for user_id in [IMPORT, GAS] {
        let path = format!("/thresholds/{}", encoded(user_id));
        world.get_json("reviewer-1", &path).await;
    }
    let seen = listed(&world, "supplier-admin", "?person=reviewer-1").await;
    let about: Vec<_> = seen
        .iter()
        .map(|one| one["about"][0]["id"].as_str())
        .collect();
    assert_eq!(about, [Some(GAS), Some(IMPORT)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elsewhere_with_the_same_sign_in_is_another_reader() {
    let world = World::new().await;
    let router = world.router();
    for peer in ["198.51.100.7:1", "198.51.100.7:2", "203.0.113.9:1"] {
        let bearer = format!("Bearer {}", world.token("reviewer-1"));
        let mut request = Request::get(format!("/api/dcc/thresholds/{IMPORT}"))
            .header(header::AUTHORIZATION, bearer)
            .body(axum::body::Body::empty())
            .unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let (status, ..) = send(router.clone(), request).await;
        assert_eq!(status, 200);
    }
    let seen = listed(&world, "supplier-admin", "?person=reviewer-1").await;
    let addresses: Vec<_> = seen.iter().map(|one| one["address"].as_str()).collect();
    assert_eq!(addresses, [Some("203.0.113.9"), Some("198.51.100.7")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_that_of_the_connection_and_not_what_a_header_says() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("supplier-submitter"));
    let mut request = Request::get("/api/submissions/4F7K-2M9Q-XW3T-8HBD")
        .header(header::AUTHORIZATION, bearer)
        .header("x-forwarded-for", "203.0.113.9")
        .header("x-correlation-id", "9f86d081884c7d65")
        .body(axum::body::Body::empty())
        .unwrap();
    let peer: SocketAddr = "198.51.100.7:4711".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    send(world.router(), request).await;
    let seen: Vec<Value> = listed(&world, "supplier-admin", "").await;
    assert_eq!(seen[0]["address"], "198.51.100.7");
    assert_eq!(seen[0]["correlationId"], "9f86d081884c7d65");
}
