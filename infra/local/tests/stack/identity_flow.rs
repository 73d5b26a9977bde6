//! Signing in: authorisation code with PKCE, as a browser and the page do it.

use base64ct::{Base64UrlUnpadded, Encoding};
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sluice_local::stack::Stack;

use crate::support::{engines, folder};

pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

pub(crate) fn browser() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

pub(crate) fn request(stack: &Stack, more: &[(&'static str, &str)]) -> Vec<(String, String)> {
    let challenge = Base64UrlUnpadded::encode_string(&Sha256::digest(VERIFIER));
    let back = format!("{}/signed-in", stack.urls().page);
    let fixed = [
        ("response_type", "code"),
        ("client_id", "sluice-page"),
        ("redirect_uri", back.as_str()),
        ("scope", "openid"),
        ("state", "af0ifjsldkj"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    fixed
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

pub(crate) fn at(stack: &Stack, path: &str) -> String {
    format!("{}{path}", stack.urls().identity)
}

pub(crate) async fn choose(stack: &Stack, person: &str) -> Response {
    let form = request(stack, &[("person", person)]);
    let origin = stack.urls().identity.as_str();
    browser()
        .post(at(stack, "/authorize"))
        .header("origin", origin)
        .form(&form)
        .send()
        .await
        .unwrap()
}

pub(crate) fn code(response: &Response) -> String {
    let location = response.headers()[LOCATION].to_str().unwrap();
    assert!(location.ends_with("&state=af0ifjsldkj"), "{location}");
    location
        .split_once("?code=")
        .unwrap()
        .1
        .split_once('&')
        .unwrap()
        .0
        .to_owned()
}

pub(crate) async fn exchange(stack: &Stack, code: &str, verifier: &str) -> (u16, Value) {
    let back = format!("{}/signed-in", stack.urls().page);
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "sluice-page"),
        ("code", code),
        ("redirect_uri", &back),
        ("code_verifier", verifier),
    ];
    let page = stack.urls().page.as_str();
    let response = browser()
        .post(at(stack, "/token"))
        .header("origin", page)
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], page);
    (response.status().as_u16(), response.json().await.unwrap())
}

pub(crate) fn claims(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&Base64UrlUnpadded::decode_vec(part).unwrap()).unwrap()
}

#[tokio::test]
async fn a_chosen_person_gets_tokens_for_a_quarter_of_an_hour() {
    let folder = folder();
    let stack = engines(&folder).await;
    let (status, tokens) = exchange(
        &stack,
        &code(&choose(&stack, "supplier-aro-1").await),
        VERIFIER,
    )
    .await;
    assert_eq!(status, 200);
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"]),
        (&"Bearer".into(), &900.into())
    );
    let access = claims(&tokens["access_token"]);
    assert_eq!(
        (&access["sub"], &access["aud"]),
        (&"supplier-aro-1".into(), &"sluice-page".into())
    );
    assert_eq!(access["iss"], stack.urls().identity.as_str());
    assert_eq!(
        access["exp"].as_i64().unwrap() - access["iat"].as_i64().unwrap(),
        900
    );
    assert_eq!(claims(&tokens["id_token"])["name"], "Supplier ARO 1");
}

#[tokio::test]
async fn another_verifier_gets_nothing_and_uses_the_code_up() {
    let folder = folder();
    let stack = engines(&folder).await;
    let code = code(&choose(&stack, "supplier-aro-1").await);
    for verifier in ["another-verifier-another-verifier-another-ver", VERIFIER] {
        let (status, answer) = exchange(&stack, &code, verifier).await;
        assert_eq!((status, &answer["error"]), (400, &"invalid_grant".into()));
    }
}

#[tokio::test]
async fn a_code_is_good_once() {
    let folder = folder();
    let stack = engines(&folder).await;
    let code = code(&choose(&stack, "supplier-aro-1").await);
    assert_eq!(exchange(&stack, &code, VERIFIER).await.0, 200);
    assert_eq!(exchange(&stack, &code, VERIFIER).await.0, 400);
}

#[tokio::test]
async fn a_session_answers_at_once_unless_a_choice_is_asked_for() {
    let folder = folder();
    let stack = engines(&folder).await;
    let chosen = choose(&stack, "reviewer-1").await;
    let cookie = chosen.headers()[SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let ask = async |more: &[(&'static str, &str)], cookie: &str| {
        let query = request(&stack, more);
        browser()
            .get(at(&stack, "/authorize"))
            .query(&query)
            .header("cookie", cookie)
            .send()
            .await
            .unwrap()
    };
    let again = ask(&[], &cookie).await;
    assert_eq!(again.status(), 303);
    let (_, tokens) = exchange(&stack, &code(&again), VERIFIER).await;
    assert_eq!(claims(&tokens["access_token"])["sub"], "reviewer-1");
    assert_eq!(
        ask(&[("prompt", "select_account")], &cookie).await.status(),
        200
    );
    assert_eq!(ask(&[], "").await.status(), 200);
    let silent = ask(&[("prompt", "none")], "").await;
    assert!(
        silent.headers()[LOCATION]
            .to_str()
            .unwrap()
            .contains("?error=login_required&state=")
    );
}

#[tokio::test]
async fn an_access_token_is_no_session() {
    let folder = folder();
    let stack = engines(&folder).await;
    let (_, tokens) = exchange(&stack, &code(&choose(&stack, "reviewer-1").await), VERIFIER).await;
    let cookie = format!(
        "sluice-identity={}",
        tokens["access_token"].as_str().unwrap()
    );
    let query = request(&stack, &[]);
    let answer = browser()
        .get(at(&stack, "/authorize"))
        .query(&query)
        .header("cookie", cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "the chooser, no code");
}

#[tokio::test]
async fn only_the_choosers_own_form_signs_in() {
    let folder = folder();
    let stack = engines(&folder).await;
    let form = request(&stack, &[("person", "reviewer-1")]);
    for origin in ["http://example.org", "null", stack.urls().page.as_str()] {
        let answer = browser()
            .post(at(&stack, "/authorize"))
            .header("origin", origin)
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 403, "{origin}");
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let folder = folder();
    let stack = engines(&folder).await;
    let mut query = request(&stack, &[]);
    query[2].1 = "http://example.org/".to_owned();
    let answer = browser()
        .get(at(&stack, "/authorize"))
        .query(&query)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    assert!(!answer.headers().contains_key(LOCATION));
}

#[tokio::test]
async fn the_chooser_names_everyone_and_escapes_what_it_carries() {
    let folder = folder();
    let stack = engines(&folder).await;
    let query = request(&stack, &[("nonce", "\"><script>alert(1)</script>")]);
    let answer = browser()
        .get(at(&stack, "/authorize"))
        .query(&query)
        .send()
        .await
        .unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("script"),
        "{policy}"
    );
    let html = answer.text().await.unwrap();
    assert!(!html.contains("<script"));
    for person in sluice_local::demo::people::PEOPLE {
        assert!(
            html.contains(&format!("value=\"{}\"", person.id)),
            "{}",
            person.id
        );
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_goes_back() {
    let folder = folder();
    let stack = engines(&folder).await;
    let back = format!("{}/", stack.urls().page);
    let query = [("post_logout_redirect_uri", back.as_str())];
    let answer = browser()
        .get(at(&stack, "/logout"))
        .query(&query)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()[LOCATION].to_str().unwrap(), back);
    assert!(
        answer.headers()[SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
}

#[tokio::test]
async fn the_published_key_is_that_of_the_tokens() {
    let folder = folder();
    let stack = engines(&folder).await;
    let keys: Value = reqwest::get(at(&stack, "/.well-known/jwks.json"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let key = serde_json::from_value(keys["keys"][0].clone()).unwrap();
    let key = jsonwebtoken::DecodingKey::from_jwk(&key).unwrap();
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    validation.set_audience(&["sluice-page"]);
    validation.set_issuer(&[stack.urls().identity.as_str()]);
    let person = sluice_local::demo::people::Person::find("dcc-operator").unwrap();
    let token = stack.identity().access_token(person, 60);
    let decoded = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap();
    assert_eq!(decoded.claims["sub"], "dcc-operator");
}
