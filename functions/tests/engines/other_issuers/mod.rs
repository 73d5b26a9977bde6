//! What issuers of other makes send, in the shapes of their public documentation: key sets, headers and claims. Whoever signs in there gets in by an
//! access token, and by nothing else that the issuer signs.

mod makes;

use axum::Router;
use axum::routing::get;
use base64ct::{Base64UrlUnpadded, Encoding};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use sluice_functions::oidc::{TokenError, TokenHolder, TokenVerifier};
use sluice_shared::directory::MachineScope;
use sluice_shared::instant::UtcTime;
use tokio::net::TcpListener;

use makes::{all, of_the_standard};

const PAGE: &str = "sluice-page";
const WHEN: i64 = 1_764_503_900;

fn now() -> UtcTime {
    UtcTime::parse("2026-11-30T12:00:00Z").unwrap()
}

fn part(bytes: impl AsRef<[u8]>) -> String {
    Base64UrlUnpadded::encode_string(bytes.as_ref())
}

/// What an issuer signs with.
enum Key {
    Rsa(Box<RsaKeyPair>),
    P256(Box<EcdsaKeyPair>),
}

impl Key {
    /// With its public form, without what issuers add to it.
    fn rsa() -> (Self, Value) {
        let key = RsaPrivateKey::new(&mut p256::elliptic_curve::rand_core::OsRng, 2048).unwrap();
        let jwk = json!({ "kty": "RSA", "n": part(key.n().to_bytes_be()), "e": part(key.e().to_bytes_be()) });
        let pair = RsaKeyPair::from_der(key.to_pkcs1_der().unwrap().as_bytes()).unwrap();
        (Self::Rsa(Box::new(pair)), jwk)
    }

    fn p256() -> (Self, Value) {
        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &random)
                .unwrap();
        let point = pair.public_key().as_ref();
        let jwk = json!({ "kty": "EC", "crv": "P-256", "x": part(&point[1..33]), "y": part(&point[33..]) });
        (Self::P256(Box::new(pair)), jwk)
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = [header, claims]
            .map(|json| part(json.to_string()))
            .join(".");
        let random = SystemRandom::new();
        let signature = match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(
                    &RSA_PKCS1_SHA256,
                    &random,
                    signed.as_bytes(),
                    &mut signature,
                )
                .unwrap();
                signature
            }
            Self::P256(pair) => pair
                .sign(&random, signed.as_bytes())
                .unwrap()
                .as_ref()
                .to_vec(),
        };
        format!("{signed}.{}", part(signature))
    }
}

/// One value with members of another.
fn with(base: &Value, more: Value) -> Value {
    let mut all = base.clone();
    let Value::Object(more) = more else {
        panic!("an object, not {more}")
    };
    all.as_object_mut().unwrap().extend(more);
    all
}

/// Where an issuer's keys are, below its address.
#[derive(Clone, Copy)]
enum Place {
    /// `/.well-known/jwks.json`.
    Usual,
    /// Here, as the discovery document says.
    Told(&'static str),
}

/// Serves an issuer's keys; its address.
async fn serve(keys: Value, place: Place) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let keys = get(async || axum::Json(keys));
    let router = match place {
        Place::Usual => Router::new().route("/.well-known/jwks.json", keys),
        Place::Told(path) => {
            let told = json!({ "issuer": issuer, "jwks_uri": format!("{issuer}{path}") });
            let told = get(async || axum::Json(told));
            Router::new()
                .route(path, keys)
                .route("/.well-known/openid-configuration", told)
        }
    };
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    issuer
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_token_of_each_make_says_who_signed_in_and_when() {
    for make in all() {
        let issuer = serve(make.keys, make.place).await;
        let verifier = TokenVerifier::new(&issuer, PAGE);
        let claims = json!({ "iss": issuer, "iat": WHEN, "exp": now().unix_seconds() + 600 });
        let access = with(&make.access, claims);
        let signed_in = verifier
            .verify(&make.key.sign(&make.header, &access), now())
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", make.name));
        assert_eq!(
            signed_in.person().unwrap().as_str(),
            make.person,
            "{}",
            make.name
        );
        let when = signed_in.at.map(UtcTime::unix_seconds);
        assert_eq!(when, make.says_when.then_some(WHEN), "{}", make.name);
        for (what, differs) in make.others {
            let token = make.key.sign(&make.header, &with(&access, differs));
            let refused = verifier.verify(&token, now()).await;
            assert!(
                matches!(refused, Err(TokenError::Invalid(_))),
                "{} {what}: {refused:?}",
                make.name
            );
        }
    }
}

/// With what a system of each make may do here, when it signed in, and what passes for nobody.
#[tokio::test(flavor = "multi_thread")]
async fn the_access_token_of_each_makes_systems_says_which_it_is_and_what_it_may() {
    for make in all() {
        let issuer = serve(make.keys, make.place).await;
        let verifier = TokenVerifier::new(&issuer, PAGE);
        let claims = json!({ "iss": issuer, "iat": WHEN, "exp": now().unix_seconds() + 600 });
        let access = with(&make.of_system, claims);
        let token = make.key.sign(&make.header, &access);
        let signed_in = verifier.verify(&token, now()).await;
        let signed_in = signed_in.unwrap_or_else(|error| panic!("{}: {error}", make.name));
        let expected = TokenHolder::Machine {
            client: make.client.parse().unwrap(),
            scopes: vec![MachineScope::SendFiles],
        };
        assert_eq!(signed_in.who, expected, "{}", make.name);
        let when = signed_in.at.map(UtcTime::unix_seconds);
        assert_eq!(when, Some(WHEN), "{}: when it was made", make.name);
        for (what, differs) in make.of_neither {
            let token = make.key.sign(&make.header, &with(&access, differs));
            let refused = verifier.verify(&token, now()).await;
            let is_refused = matches!(refused, Err(TokenError::Invalid(_)));
            assert!(is_refused, "{} {what}: {refused:?}", make.name);
        }
        // What is a person's stays a person's, whatever scopes it says.
        let of_person = json!({ "iss": issuer, "exp": now().unix_seconds() + 600, "scope": "openid sluice/files.send files.send" });
        let token = make.key.sign(&make.header, &with(&make.access, of_person));
        let signed_in = verifier.verify(&token, now()).await.unwrap();
        assert_eq!(
            signed_in.person().unwrap().as_str(),
            make.person,
            "{}",
            make.name
        );
    }
}

/// Tokens for other ends are of other types (RFC 8725, 3.11).
#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_type_gives_no_access() {
    let make = of_the_standard();
    let issuer = serve(make.keys, make.place).await;
    let verifier = TokenVerifier::new(&issuer, PAGE);
    let claims = json!({ "iss": issuer, "exp": now().unix_seconds() + 600 });
    let claims = with(&make.access, claims);
    for (typ, is_good) in [
        (json!("AT+JWT"), true),
        (json!("JWT"), false),
        (json!(null), false),
        (json!("logout+jwt"), false),
        (json!("dpop+jwt"), false),
        (json!("secevent+jwt"), false),
    ] {
        let header = with(&make.header, json!({ "typ": typ }));
        let answer = verifier
            .verify(&make.key.sign(&header, &claims), now())
            .await;
        assert_eq!(answer.is_ok(), is_good, "{typ}: {answer:?}");
    }
}

/// That of `oidc-provider` has no `at_hash`, no `nonce` and no type: nothing but what every token has. Its audience is the client.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_does_not_say_that_it_gives_access_gives_none() {
    let make = of_the_standard();
    let issuer = serve(make.keys, make.place).await;
    let verifier = TokenVerifier::new(&issuer, PAGE);
    let header = json!({ "alg": "ES256", "kid": "ec" });
    let id_token = json!({ "iss": issuer, "sub": "supplier-aro-1", "aud": PAGE, "iat": WHEN, "exp": now().unix_seconds() + 600 });
    let refused = verifier
        .verify(&make.key.sign(&header, &id_token), now())
        .await;
    assert!(
        matches!(refused, Err(TokenError::Invalid(_))),
        "{refused:?}"
    );
    for says in [
        json!({ "scope": "openid" }),
        json!({ "scp": "access" }),
        json!({ "token_use": "access" }),
        json!({ "typ": "Bearer" }),
    ] {
        let access = make.key.sign(&header, &with(&id_token, says.clone()));
        let answer = verifier.verify(&access, now()).await;
        assert!(answer.is_ok(), "{says}: {answer:?}");
    }
}

/// Entra without the optional claim `idtyp`, and Keycloak without the name of the account: what a system's token has is a client and a subject.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_client_that_tells_of_no_sign_in_is_no_persons() {
    let make = of_the_standard();
    let issuer = serve(make.keys, make.place).await;
    let verifier = TokenVerifier::new(&issuer, PAGE);
    let system = json!({
        "iss": issuer, "sub": "6b1f7f63-0d8c-4f7e-9a51-5a4b1c2d3e4f", "aud": PAGE, "azp": "a-system", "roles": ["files.send"],
        "scope": "email profile", "exp": now().unix_seconds() + 600,
    });
    let refused = verifier
        .verify(&make.key.sign(&make.header, &system), now())
        .await;
    assert!(
        matches!(refused, Err(TokenError::Invalid(_))),
        "{refused:?}"
    );
    for of_a_person in [
        json!({ "scope": "email openid" }),
        json!({ "scp": "access" }),
        json!({ "auth_time": WHEN }),
        json!({ "azp": PAGE }),
    ] {
        let token = make
            .key
            .sign(&make.header, &with(&system, of_a_person.clone()));
        let answer = verifier.verify(&token, now()).await.unwrap();
        assert!(answer.person().is_some(), "{of_a_person}");
    }
}

/// Section 4.3 of Discovery: else whoever can answer for a path of the issuer's names their own keys.
#[tokio::test(flavor = "multi_thread")]
async fn keys_that_another_issuer_names_are_not_the_issuers() {
    let make = of_the_standard();
    let others = serve(make.keys, Place::Usual).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let told = json!({ "issuer": others, "jwks_uri": format!("{others}/.well-known/jwks.json") });
    let told = get(async || axum::Json(told));
    let router = Router::new().route("/.well-known/openid-configuration", told);
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    let claims = json!({ "iss": issuer, "exp": now().unix_seconds() + 600 });
    let token = make.key.sign(&make.header, &with(&make.access, claims));
    let refused = TokenVerifier::new(&issuer, PAGE)
        .verify(&token, now())
        .await;
    assert!(
        matches!(refused, Err(TokenError::KeysUnavailable(_))),
        "{refused:?}"
    );
}
