//! When somebody signed in: tokens say it, a session does not make it later, and whoever asks for a newer sign-in gets one.

use reqwest::Response;
use reqwest::header::{LOCATION, SET_COOKIE};
use sluice_local::stack::Stack;

use crate::identity_flow::{VERIFIER, at, browser, choose, claims, code, exchange, request};
use crate::support::{engines, folder};

async fn ask(stack: &Stack, more: &[(&'static str, &str)], cookie: &str) -> Response {
    let query = request(stack, more);
    let asked = browser().get(at(stack, "/authorize")).query(&query);
    asked.header("cookie", cookie).send().await.unwrap()
}

/// `auth_time` and `iat` of the tokens that a code is worth.
async fn times(stack: &Stack, answer: &Response) -> (i64, i64) {
    let (status, tokens) = exchange(stack, &code(answer), VERIFIER).await;
    assert_eq!(status, 200, "{tokens}");
    let (access, id) = (claims(&tokens["access_token"]), claims(&tokens["id_token"]));
    assert_eq!(access["auth_time"], id["auth_time"]);
    let number = |name: &str| access[name].as_i64().unwrap();
    (number("auth_time"), number("iat"))
}

fn cookie(answer: &Response) -> String {
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_that_answers_says_when_the_person_was_chosen() {
    let folder = folder();
    let stack = engines(&folder).await;
    let chosen = choose(&stack, "reviewer-1").await;
    let (first, _) = times(&stack, &chosen).await;
    stack.clock().set_ahead(400_000);
    let again = ask(&stack, &[], &cookie(&chosen)).await;
    let (auth_time, issued) = times(&stack, &again).await;
    assert_eq!(auth_time, first);
    assert!(issued - first >= 400, "{issued} {first}");
    // Nor does the cookie that came with the answer.
    let once_more = ask(&stack, &[], &cookie(&again)).await;
    assert_eq!(times(&stack, &once_more).await.0, first);
}

#[tokio::test]
async fn who_asks_for_a_newer_sign_in_is_shown_the_choice() {
    let folder = folder();
    let stack = engines(&folder).await;
    let cookie = cookie(&choose(&stack, "reviewer-1").await);
    stack.clock().set_ahead(400_000);
    for (more, status) in [
        (&[("max_age", "300")][..], 200),
        (&[("max_age", "3600")], 303),
        (&[("prompt", "login")], 200),
        (&[("prompt", "login"), ("max_age", "3600")], 200),
    ] {
        let answer = ask(&stack, more, &cookie).await;
        assert_eq!(answer.status(), status, "{more:?}");
    }
    // Without being shown anything there is no other answer.
    let silent = ask(&stack, &[("prompt", "none"), ("max_age", "300")], &cookie).await;
    let location = silent.headers()[LOCATION].to_str().unwrap();
    assert!(location.contains("?error=login_required&"), "{location}");
    let wrong = ask(&stack, &[("max_age", "soon")], &cookie).await;
    let location = wrong.headers()[LOCATION].to_str().unwrap();
    assert!(location.contains("?error=invalid_request&"), "{location}");
}

#[tokio::test]
async fn whoever_chooses_again_has_just_signed_in() {
    let folder = folder();
    let stack = engines(&folder).await;
    let (first, _) = times(&stack, &choose(&stack, "reviewer-1").await).await;
    stack.clock().set_ahead(400_000);
    let (again, issued) = times(&stack, &choose(&stack, "reviewer-1").await).await;
    assert!(again - first >= 400, "{again} {first}");
    assert!(issued - again <= 1, "{issued} {again}");
}
