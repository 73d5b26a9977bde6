//! A person's token never passes for a system's, nor a system's for a person's, whatever else it says.

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use sluice_local::identity::IssuerKey;

use crate::support::{GATEWAY, World, send};

const ALL: &str = "openid sluice/submissions.read sluice/files.send sluice/thresholds.read";

/// What `/me` answers whoever comes with a token that says this, signed by the issuer.
async fn me(world: &World, more: Value) -> (StatusCode, Value) {
    let key = IssuerKey::open(&world.folder().join("identity")).unwrap();
    let now = world.now().unix_seconds();
    let mut claims = json!({
        "iss": world.stack.urls().identity.as_str(), "iat": now, "exp": now + 300, "token_use": "access",
    });
    claims
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let request = Request::get("/api/me")
        .header("authorization", format!("Bearer {}", key.sign(&claims)))
        .body(Body::empty())
        .unwrap();
    let (status, _, body) = send(world.router(), request).await;
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_token_speaks_for_its_own_kind_alone() {
    let world = World::new().await;
    let system = json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": ALL });
    let (status, answer) = me(&world, system).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["person"]["id"], GATEWAY);
    assert_eq!(answer["scopes"], json!(["submissions.read", "files.send"]));
    for (what, claims, expected) in [
        (
            "a person's, with a system's scopes",
            json!({ "sub": "supplier-aro-1", "client_id": "sluice-page", "aud": "sluice-page", "scope": ALL }),
            ("ok", "supplier-aro-1"),
        ),
        (
            "a person's who is called like a system, by the page",
            json!({ "sub": GATEWAY, "client_id": "sluice-page", "aud": "sluice-page", "scope": ALL }),
            ("not-registered", ""),
        ),
        (
            "a person's, got by a system's client",
            json!({ "sub": "supplier-aro-1", "client_id": GATEWAY, "scope": ALL, "username": "aro" }),
            ("sign-in-needed", ""),
        ),
        (
            "the same, made for the page",
            json!({ "sub": "supplier-aro-1", "client_id": GATEWAY, "aud": "sluice-page", "scope": ALL }),
            ("ok", "supplier-aro-1"),
        ),
        (
            "a system's that calls itself a person",
            json!({ "sub": "supplier-aro-1", "client_id": "supplier-aro-1", "scope": ALL }),
            ("not-registered", ""),
        ),
        (
            "a system's with a person in it",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": ALL, "username": "aro" }),
            ("sign-in-needed", ""),
        ),
        (
            "a system's of two clients",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "azp": "another", "scope": ALL }),
            ("sign-in-needed", ""),
        ),
        (
            "the page's own, without a person",
            json!({ "sub": "sluice-page", "client_id": "sluice-page", "scope": ALL }),
            ("sign-in-needed", ""),
        ),
        (
            "a system's for something else",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": "billing/files.send" }),
            ("sign-in-needed", ""),
        ),
        (
            "a system's for another audience",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": ALL, "aud": "billing" }),
            ("sign-in-needed", ""),
        ),
        (
            "a system's without a scope of ours, where no audience is told",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": "files.send" }),
            ("sign-in-needed", ""),
        ),
        (
            "a system's that lets it nothing that it is registered for",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": "sluice/activity.read" }),
            ("scope-missing", ""),
        ),
        (
            "a system's ID token",
            json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": ALL, "token_use": "id" }),
            ("sign-in-needed", ""),
        ),
    ] {
        let (_, answer) = me(&world, claims).await;
        let got = answer["code"].as_str().unwrap_or("ok");
        assert_eq!(got, expected.0, "{what}: {answer}");
        if got == "ok" {
            assert_eq!(answer["person"]["id"], expected.1, "{what}");
            assert_eq!(
                answer["scopes"],
                Value::Null,
                "{what}: no scope of a person's counts"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_signed_in_when_its_token_was_made_and_not_when_it_says_otherwise() {
    let world = World::new().await;
    let now = world.now().unix_seconds();
    let of = |more: Value| {
        let mut claims = json!({ "sub": GATEWAY, "client_id": GATEWAY, "scope": ALL });
        claims
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        claims
    };
    let (_, fresh) = me(&world, of(json!({}))).await;
    assert!(fresh["signIn"]["until"].is_string(), "{fresh:#}");
    let (_, later) = me(
        &world,
        of(json!({ "auth_time": now + 30, "iat": now - 400 })),
    )
    .await;
    let until = later["signIn"]["until"].as_str().unwrap();
    assert!(until < world.now().to_string().as_str(), "{later:#}");
    let (_, never) = me(&world, of(json!({ "iat": null }))).await;
    assert_eq!(never["signIn"]["until"], Value::Null, "{never:#}");
    let (_, ahead) = me(&world, of(json!({ "iat": now + 3_600 }))).await;
    assert_eq!(ahead["signIn"]["until"], Value::Null, "{ahead:#}");
}
