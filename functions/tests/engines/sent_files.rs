//! The file and the signature that were sent, to download: byte for byte, by who may, and by nobody else.

use std::time::Duration;

use http::{Request, StatusCode, header};
use serde_json::Value;
use sluice_shared::files::FileKind;

use super::support::{IMPORT, World, send};

/// A submission that is settled; its reference and its signature.
async fn settled(world: &World) -> (String, String, Vec<u8>) {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let signature = signer.sign(&file, world.now()).unwrap();
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    (reference, file, signature)
}

/// The answer to a question, headers and bytes.
async fn ask(world: &World, person: &str, path: &str) -> (StatusCode, http::HeaderMap, Vec<u8>) {
    let request = Request::builder()
        .uri(format!("/api{}{path}", world.entrance(person).prefix()))
        .header(
            header::AUTHORIZATION,
            format!("Bearer {}", world.token(person)),
        )
        .body(axum::body::Body::empty())
        .unwrap();
    send(world.router(), request).await
}

async fn fetch(url: &str) -> (u16, String, Vec<u8>) {
    let answer = reqwest::get(url).await.unwrap();
    let status = answer.status().as_u16();
    let named = answer.headers().get("content-disposition");
    let named = named.map(|value| value.to_str().unwrap().to_owned());
    let bytes = answer.bytes().await.unwrap().to_vec();
    (status, named.unwrap_or_default(), bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn its_own_organisation_and_dcc_reviewers_have_the_very_bytes() {
    let world = World::new().await;
    let (reference, file, signature) = settled(&world).await;
    for person in ["supplier-submitter", "supplier-aro-2", "reviewer-1"] {
        let path = format!("/submissions/{reference}/file");
        let (status, headers, body) = ask(&world, person, &path).await;
        assert_eq!(status, StatusCode::OK, "{person}");
        assert_eq!(headers["cache-control"], "no-store");
        let told: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(told["length"], file.len());
        let url = told["url"].as_str().unwrap();
        assert!(url.contains("versionId="), "{url}");
        let (status, named, bytes) = fetch(url).await;
        assert_eq!(
            (status, bytes.as_slice()),
            (200, file.as_bytes()),
            "{person}"
        );
        assert_eq!(
            named,
            "attachment; filename=\"ADT_large-supplier_20261122.csv\"; \
             filename*=UTF-8''ADT_large-supplier_20261122.csv"
        );

        let path = format!("/submissions/{reference}/signature");
        let (status, headers, body) = ask(&world, person, &path).await;
        assert_eq!((status, &body), (StatusCode::OK, &signature), "{person}");
        assert_eq!(headers["content-type"], "application/pkcs7-signature");
        assert_eq!(
            headers["content-disposition"],
            "attachment; filename=\"ADT_large-supplier_20261122.csv.p7s\"; \
             filename*=UTF-8''ADT_large-supplier_20261122.csv.p7s"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_another_organisation_it_is_as_if_there_were_no_such_submission() {
    let world = World::new().await;
    let (reference, ..) = settled(&world).await;
    for what in ["file", "signature"] {
        let answer = |reference: String| {
            let world = &world;
            async move {
                let path = format!("/submissions/{reference}/{what}");
                let (status, mut problem) = world.get("network-aro-1", &path).await;
                assert_eq!(status, StatusCode::NOT_FOUND);
                problem["correlationId"] = Value::Null;
                problem
            }
        };
        let theirs = answer(reference.clone()).await;
        let nobodys = answer("4F7K-2M9Q-XW3T-8HBD".to_owned()).await;
        assert_eq!(theirs, nobodys, "{what}");
        // DCC staff who neither review nor audit.
        let path = format!("/submissions/{reference}/{what}");
        let (status, _) = world.get("dcc-operator", &path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_good_for_this_version_for_a_minute() {
    let world = World::new().await;
    let (reference, ..) = settled(&world).await;
    let path = format!("/submissions/{reference}/file");
    let told = world.get_json("supplier-submitter", &path).await;
    let url = told["url"].as_str().unwrap();
    assert!(url.contains("X-Amz-Expires=60&"), "{url}");
    for changed in [
        url.replace(&reference, "4F7K-2M9Q-XW3T-8HBD"),
        url.replace("versionId=", "versionId=0"),
        url.replace("attachment", "inline"),
    ] {
        assert_ne!(changed, url);
        assert_eq!(fetch(&changed).await.0, 403, "{changed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_file_arrives_there_is_nothing() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (_, started) = world
        .start("supplier-submitter", "not-arrived", &request)
        .await;
    let reference = started.submission.reference;
    for hours in [0, 25] {
        world.pass(Duration::from_hours(hours));
        for what in ["file", "signature"] {
            let path = format!("/submissions/{reference}/{what}");
            let (status, problem) = world.get("supplier-submitter", &path).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("has not arrived"), "{detail}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_inside_its_signature_comes_as_one() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let object = signer.sign_enveloping(&file, world.now()).unwrap();
    let request = World::request_enveloping(&file, &object);
    let reference = world
        .send_request("supplier-submitter", &request, &object)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{reference}");
    let detail = world.get_json("supplier-submitter", &path).await;
    assert_eq!(detail["enveloping"], true);
    let told = world
        .get_json("supplier-submitter", &format!("{path}/file"))
        .await;
    let (status, named, bytes) = fetch(told["url"].as_str().unwrap()).await;
    assert_eq!((status, bytes), (200, object));
    assert!(named.contains("ADT_large-supplier_20261122.p7m"), "{named}");
    let (status, problem) = world
        .get("supplier-submitter", &format!("{path}/signature"))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("around it"), "{detail}");
}
