//! Clocks that are ten minutes apart.
//!
//! - A signing time may be a quarter of an hour ahead of the server's time (the profile's `max-ahead-minutes`), so ten minutes decide
//!   nothing; but ADT files stand in the order in which they were signed, so that a file signed on a slow clock can be refused as older than one
//!   signed on a fast one. The finding says both times, and signing again helps.
//! - Tokens are held to the API's clock: an issuer ten minutes behind gives tokens that end early, one ten minutes ahead gives tokens
//!   that last longer; `nbf` may be no more than a minute ahead.
//! - An upload is good by the storage's clock, whatever the page's says.

use sluice_shared::files::FileKind;
use std::time::Duration;

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use sluice_local::demo::people::Person;
use sluice_local::identity::{IssuerKey, mint};
use sluice_shared::instant::UtcTime;

use super::{EVENT, in_force_once, released_once, seen};
use crate::support::{IMPORT, World, send};

const TEN_MINUTES: Duration = Duration::from_mins(10);

/// Sends a file that a page signs on a clock that is `minutes` ahead of the server's.
async fn settle(world: &World, kind: FileKind, file: &str, minutes: i64) -> String {
    let at = world.now().plus(time::Duration::minutes(minutes));
    let signature = world.signer("supplier-aro-1").sign(file, at).unwrap();
    let reference = world
        .send("supplier-submitter", kind, file, &signature)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    reference
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_signed_on_a_clock_ten_minutes_off_counts() {
    for minutes in [-10, 10] {
        let world = World::new().await;
        let adt = world.adt(IMPORT, |_, level| Some(level)).await;
        let adt = settle(&world, FileKind::Adt, &adt, minutes).await;
        in_force_once(&world, &adt).await;
        let exit = world.release(EVENT, "7.2", 10).await;
        let exit = settle(&world, FileKind::ExitQuarantine, &exit, minutes).await;
        released_once(&world, &exit, 10).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_signed_by_a_right_clock_after_one_by_a_fast_clock_is_told_both_times_and_can_be_signed_again()
 {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let fast = settle(&world, FileKind::Adt, &file, 10).await;
    in_force_once(&world, &fast).await;
    let right = settle(&world, FileKind::Adt, &file, 0).await;
    assert_eq!(seen(&world, &right).await["state"], "rejected");
    let path = format!("/submissions/{right}/findings");
    let finding = world.get_json("supplier-submitter", &path).await["items"][0].clone();
    assert_eq!(finding["code"], "statement-not-newer", "{finding:#}");
    let message = finding["message"].as_str().unwrap();
    for at in [&fast, &right] {
        let signed = &seen(&world, at).await["signature"]["signingTime"];
        let time = UtcTime::parse(signed.as_str().unwrap()).unwrap();
        let time = time.in_words_with_seconds();
        assert!(message.contains(&time), "both times: {message}");
    }
    assert!(message.contains(&fast), "what is in force: {message}");
    world.pass(Duration::from_mins(11));
    let later = settle(&world, FileKind::Adt, &file, 0).await;
    in_force_once(&world, &later).await;
}

async fn me(world: &World, token: &str) -> (StatusCode, Value) {
    let request = Request::get("/api/me")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty());
    let (status, _, body) = send(world.router(), request.unwrap()).await;
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_held_to_the_apis_clock() {
    let world = World::new().await;
    let key = IssuerKey::open(&world.folder().join("identity")).unwrap();
    let person = Person::find("supplier-aro-1").unwrap();
    let issuer = world.place.urls.identity.as_str();
    let now = world.now().unix_seconds();
    let minted = |at: i64, minutes: i64| mint(&key, person, issuer, at, minutes * 60);
    let behind = now - 600;
    assert_eq!(
        me(&world, &minted(behind, 15)).await.0,
        StatusCode::OK,
        "five minutes are left"
    );
    let (status, problem) = me(&world, &minted(behind, 10)).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::UNAUTHORIZED, &"sign-in-needed".into())
    );
    assert!(
        problem["detail"].as_str().unwrap().contains("expired"),
        "{problem}"
    );
    let ahead = now + 600;
    assert_eq!(
        me(&world, &minted(ahead, 15)).await.0,
        StatusCode::OK,
        "issued in the future"
    );
    let not_before = |from: i64| {
        key.sign(&json!({
            "iss": issuer, "sub": person.id, "aud": "sluice-page", "exp": ahead + 900, "scope": "openid", "nbf": from,
        }))
    };
    assert_eq!(me(&world, &not_before(now + 30)).await.0, StatusCode::OK);
    assert_eq!(
        me(&world, &not_before(ahead)).await.0,
        StatusCode::UNAUTHORIZED
    );
}

/// What is announced by one clock and arrives by the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_accepted_when_functions_and_storage_are_ten_minutes_apart() {
    for ahead in [true, false] {
        let world = World::new().await;
        if ahead {
            world.pass(TEN_MINUTES);
        } else {
            world.turn_back(TEN_MINUTES);
        }
        let file = world.adt(IMPORT, |_, level| Some(level)).await;
        let reference = settle(&world, FileKind::Adt, &file, 0).await;
        in_force_once(&world, &reference).await;
        // Each time is told by whose clock saw it, even if a file then seems to arrive before it was started.
        let settled = seen(&world, &reference).await;
        let started = settled["startedAt"].as_str().unwrap();
        let received = settled["progress"]["receivedAt"].as_str().unwrap();
        assert_eq!(received < started, ahead, "{started} {received}");
    }
}
