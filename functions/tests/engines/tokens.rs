//! Tokens: whose, for whom, until when, and signed by which key.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use base64ct::{Base64UrlUnpadded, Encoding};
use http::{Request, StatusCode};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RsaEncoding, RsaKeyPair};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sluice_functions::oidc::{TokenError, TokenVerifier};
use sluice_local::identity::IssuerKey;
use sluice_shared::instant::UtcTime;
use tokio::net::TcpListener;

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
    let me = world.get_json("supplier-aro-1", "/me").await;
    assert_eq!(me["person"]["id"], "supplier-aro-1");
    assert_eq!(me["organisation"]["id"], "large-supplier");
    assert_eq!(me["organisations"], Value::Null);
    let me = world.get_json("reviewer-1", "/me").await;
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
    let claims = |iss: &str, aud: &str| json!({ "iss": iss, "sub": "supplier-aro-1", "aud": aud, "scope": "openid", "exp": exp });
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
            ours.sign(&json!({ "iss": issuer, "sub": "supplier-aro-1", "aud": "sluice-page", "scope": "openid" })),
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
        key.sign(&json!({ "iss": issuer, "sub": "somebody", "aud": "sluice-page", "scope": "openid", "exp": exp }));
    let (status, problem) = with(&world, &format!("Bearer {token}")).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::FORBIDDEN, &"not-registered".into())
    );
}

/// An issuer with an RSA key, as Cognito is one, and what it signs.
struct RsaIssuer {
    key: RsaKeyPair,
    address: String,
}

impl RsaIssuer {
    async fn start() -> Self {
        Self::start_beside(&[]).await
    }

    /// One whose key set has these keys before its own.
    async fn start_beside(others: &[Value]) -> Self {
        let key = RsaPrivateKey::new(&mut p256::elliptic_curve::rand_core::OsRng, 2048).unwrap();
        let number = |value: &rsa::BigUint| Base64UrlUnpadded::encode_string(&value.to_bytes_be());
        let own = json!({
            "kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256", "n": number(key.n()), "e": number(key.e()),
        });
        let keys: Vec<Value> = others.iter().cloned().chain([own]).collect();
        let jwks = json!({ "keys": keys });
        let der = key.to_pkcs1_der().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let answer = get(async || axum::Json(jwks));
        let router = Router::new().route("/.well-known/jwks.json", answer);
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self {
            key: RsaKeyPair::from_der(der.as_bytes()).unwrap(),
            address,
        }
    }

    /// A token of client `page`, good for ten minutes from `now`, that says what it is for; signed by `sign` as its header claims.
    fn token(
        &self,
        algorithm: &str,
        token_use: &str,
        now: UtcTime,
        sign: impl FnOnce(&[u8]) -> Vec<u8>,
    ) -> String {
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": "1" });
        let claims = json!({
            "iss": self.address, "sub": "supplier-aro-1", "client_id": "page", "token_use": token_use,
            "exp": now.unix_seconds() + 600,
        });
        let part = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        let signed = [header, claims]
            .map(|json| part(json.to_string().as_bytes()))
            .join(".");
        let signature = sign(signed.as_bytes());
        format!("{signed}.{}", part(&signature))
    }

    fn sign(&self, encoding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.key.public().modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(encoding, &random, message, &mut signature)
            .unwrap();
        signature
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_issuers_key_decides_how_a_token_is_signed() {
    let issuer = RsaIssuer::start().await;
    let now = UtcTime::parse("2026-11-22T09:30:00Z").unwrap();
    let verifier = TokenVerifier::new(&issuer.address, "page");
    let by_key = |message: &[u8]| issuer.sign(&RSA_PKCS1_SHA256, message);
    let access = issuer.token("RS256", "access", now, by_key);
    let signed_in = verifier.verify(&access, now).await.unwrap();
    assert_eq!(signed_in.person().unwrap().as_str(), "supplier-aro-1");

    let confused = issuer.token("HS256", "access", now, |message| {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, b"anything");
        hmac::sign(&secret, message).as_ref().to_vec()
    });
    let longer = issuer.token("RS384", "access", now, |message| {
        issuer.sign(&RSA_PKCS1_SHA384, message)
    });
    let of_sign_in = issuer.token("RS256", "id", now, by_key);
    for token in [confused, longer, of_sign_in] {
        let refused = verifier.verify(&token, now).await;
        assert!(
            matches!(refused, Err(TokenError::Invalid(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_an_unknown_kind_beside_the_issuers_key_locks_nobody_out() {
    let p256 = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let others = [
        json!({ "kty": "AKP", "alg": "ML-DSA-44", "kid": "pq", "pub": "AAAA" }),
        json!({ "kty": "OKP", "crv": "X25519", "kid": "x", "x": "AAAA", "use": "enc" }),
        json!({ "kty": "RSA", "kid": "unfinished", "e": "AQAB" }),
        json!({ "kty": "EC", "crv": "secp256k1", "kid": "k", "x": p256, "y": p256 }),
        json!({ "kid": "without a kind" }),
        json!("not a key"),
    ];
    let now = UtcTime::parse("2026-11-22T09:30:00Z").unwrap();
    for other in &others {
        let issuer = RsaIssuer::start_beside(std::slice::from_ref(other)).await;
        let verifier = TokenVerifier::new(&issuer.address, "page");
        let token = issuer.token("RS256", "access", now, |message| {
            issuer.sign(&RSA_PKCS1_SHA256, message)
        });
        let person = verifier.verify(&token, now).await;
        assert!(person.is_ok(), "{other}: {person:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_keys_with_one_id_the_one_of_the_tokens_algorithm_counts_and_none_for_encryption() {
    let p256 = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    let others = [
        json!({ "kty": "EC", "crv": "P-256", "kid": "1", "x": p256, "y": y }),
        json!({ "kty": "RSA", "kid": "1", "use": "enc", "n": "AQAB", "e": "AQAB" }),
    ];
    let issuer = RsaIssuer::start_beside(&others).await;
    let now = UtcTime::parse("2026-11-22T09:30:00Z").unwrap();
    let verifier = TokenVerifier::new(&issuer.address, "page");
    let token = issuer.token("RS256", "access", now, |message| {
        issuer.sign(&RSA_PKCS1_SHA256, message)
    });
    let signed_in = verifier.verify(&token, now).await.unwrap();
    assert_eq!(signed_in.person().unwrap().as_str(), "supplier-aro-1");
}
