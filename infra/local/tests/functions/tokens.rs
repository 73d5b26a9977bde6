//! Tokens: whose, for whom, until when, and signed by which key.

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use sluice_local::identity::IssuerKey;

use super::support::{World, send};

async fn with(world: &World, authorization: &str) -> (StatusCode, Value) {
    let request = Request::builder()
        .uri("/api/me")
        .header("authorization", authorization)
        .body(Body::empty())
        .unwrap();
    let (status, _, body) = send(world.router(), request).await;
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_token_says_who_asks() {
    let world = World::new().await;
    let me = world.read("supplier-aro-1", "/me").await;
    assert_eq!(me["person"]["id"], "supplier-aro-1");
    assert_eq!(me["organisation"]["id"], "large-supplier");
    assert_eq!(me["organisations"], Value::Null);
    let me = world.read("reviewer-1", "/me").await;
    assert_eq!(me["organisations"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_named_as_such() {
    let world = World::new().await;
    let token = world.token("supplier-aro-1");
    world.pass(std::time::Duration::from_secs(601));
    let (status, problem) = with(&world, &format!("Bearer {token}")).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::UNAUTHORIZED, &"sign-in-needed".into())
    );
    assert!(
        problem["detail"].as_str().unwrap().contains("expired"),
        "{problem}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_not_ours_are_refused_without_saying_why() {
    let world = World::new().await;
    let good = world.token("supplier-aro-1");
    let ours = IssuerKey::open(&world.folder().join("identity")).unwrap();
    let stranger = IssuerKey::open(&world.folder().join("stranger")).unwrap();
    let issuer = world.stack.urls().identity.as_str();
    let exp = world.now().unix_seconds() + 600;
    let claims = |iss: &str, aud: &str| json!({ "iss": iss, "sub": "supplier-aro-1", "aud": aud, "exp": exp });
    let tampered = {
        let mut parts: Vec<_> = good.split('.').map(str::to_owned).collect();
        parts[2] = parts[2].chars().rev().collect();
        parts.join(".")
    };
    let bad = [
        (
            "of another key",
            stranger.sign(&claims(issuer, "sluice-page")),
        ),
        (
            "of another issuer",
            ours.sign(&claims("http://issuer.example", "sluice-page")),
        ),
        (
            "for another audience",
            ours.sign(&claims(issuer, "another-page")),
        ),
        (
            "without an end",
            ours.sign(&json!({ "iss": issuer, "sub": "supplier-aro-1", "aud": "sluice-page" })),
        ),
        ("tampered with", tampered),
        (
            "of no algorithm",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyZXZpZXdlci0xIn0.".to_owned(),
        ),
        ("nothing", String::new()),
    ];
    for (what, token) in bad {
        let (status, problem) = with(&world, &format!("Bearer {token}")).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{what}");
        assert_eq!(problem["code"], "sign-in-needed", "{what}");
    }
    assert_eq!(
        with(&world, &format!("Bearer {good}")).await.0,
        StatusCode::OK,
        "the good one is still good"
    );
    assert_eq!(
        with(&world, &format!("Basic {good}")).await.0,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_whom_the_directory_does_not_know_is_told_so() {
    let world = World::new().await;
    let key = IssuerKey::open(&world.folder().join("identity")).unwrap();
    let exp = world.now().unix_seconds() + 600;
    let issuer = world.stack.urls().identity.as_str();
    let token =
        key.sign(&json!({ "iss": issuer, "sub": "somebody", "aud": "sluice-page", "exp": exp }));
    let (status, problem) = with(&world, &format!("Bearer {token}")).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::FORBIDDEN, &"not-registered".into())
    );
}
