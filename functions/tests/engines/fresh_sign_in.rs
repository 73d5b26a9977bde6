//! What takes effect needs a sign-in of the last five minutes: a token that was stolen before that starts, decides and administers nothing, and
//! whoever signs in anew does what they meant to.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use sluice_local::identity::IssuerKey;
use sluice_shared::api::StartSubmission;
use sluice_shared::directory::{self, ChangeAnswer, Entrance, ROUTES, Route, SignInAge, routes};
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;
use sluice_testing::Client;

use super::keys::{ARO, LARGE, key, registration};
use super::support::{IMPORT, NEWCOMER, World, decision, signed_as_json};

const FIVE_MINUTES: Duration = Duration::from_mins(5);
const KEY: [(&str, &str); 1] = [("idempotency-key", "fresh-sign-in-1")];

/// A request that succeeds, if whoever asks has just signed in.
struct Asked {
    route: Route,
    person: &'static str,
    path: String,
    body: Value,
}

impl Asked {
    fn new(route: Route, person: &'static str, path: &str, body: Value) -> Self {
        let path = path.to_owned();
        Self {
            route,
            person,
            path,
            body,
        }
    }

    async fn with(&self, world: &World, token: String) -> (StatusCode, HeaderMap, Value) {
        let client = Client::in_process(world.router(), token).at(world.entrance(self.person));
        let body = self.body.to_string().into_bytes();
        let answer = client.send_raw(Method::POST, &self.path, &KEY, body);
        let (parts, body) = answer.await.unwrap().into_parts();
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        (parts.status, parts.headers, body)
    }
}

fn json_of(body: impl serde::Serialize) -> Value {
    serde_json::to_value(body).unwrap()
}

async fn start(world: &World, times: u64, check_only: bool) -> StartSubmission {
    let file = world.adt(IMPORT, |_, level| Some(level * times)).await;
    let mut request = world.signed_request(ARO, FileKind::Adt, &file);
    request.check_only = check_only;
    request
}

/// One for each route at which it takes effect.
async fn all_that_take_effect(world: &World) -> Vec<Asked> {
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let signer = world.signer(ARO);
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let reference = held["reference"].as_str().unwrap();
    let id = reference.parse().unwrap();
    let accept = decision(Decision::Accept, &held);
    let decided = world.signed_decision("reviewer-1", &id, &accept).await;

    let register = json!({ "kind": "create-organisation", "name": "Another", "userIds": [] });
    let (status, answer) = world.ask_signed("dcc-admin-1", "another", &register).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    let waiting = world.get_json("dcc-admin-2", "/changes-to-approve").await;
    let waiting = &waiting["items"][0];
    let request = waiting["request"].as_str().unwrap();
    let digest = waiting["signed"].as_str().unwrap();
    let statement = world.answer_statement(request.parse().unwrap(), digest, ChangeAnswer::Approve);
    let answer = signed_as_json(
        &world.signer("dcc-admin-2"),
        &statement,
        statement.answered_at,
    );

    let rename = json!({ "kind": "rename", "person": "supplier-submitter", "name": "A" });
    let change = world.change_statement(LARGE, &rename);
    let change = signed_as_json(&world.signer("dcc-admin-1"), &change, change.asked_at);
    let invite =
        json!({ "kind": "invite", "person": NEWCOMER.id, "name": "A", "roles": ["viewer"] });
    let new = world.new_signer(ARO);
    let registered = registration(world, ARO, &new);
    let registered = signed_as_json(&new, &registered, registered.asked_at);
    let of_large = |what: &str| format!("/organisations/{LARGE}/{what}");
    vec![
        Asked::new(
            routes::START_SUBMISSION,
            ARO,
            "/submissions",
            json_of(start(world, 1, false).await),
        ),
        Asked::new(
            routes::DECIDE_REVIEW,
            "reviewer-1",
            &format!("/reviews/{reference}/decision"),
            json_of(decided),
        ),
        Asked::new(
            routes::ASK_FOR_CHANGE,
            "supplier-admin",
            &of_large("changes"),
            json!({ "change": invite, "reason": "As agreed." }),
        ),
        Asked::new(
            routes::ASK_FOR_SIGNED_CHANGE,
            "dcc-admin-1",
            &of_large("signed-changes"),
            json_of(change),
        ),
        Asked::new(
            routes::REGISTER_CERTIFICATE,
            ARO,
            "/me/certificates",
            json_of(registered),
        ),
        Asked::new(
            routes::ANSWER_CHANGE,
            "dcc-admin-2",
            &format!("/organisations/another/changes/{request}/answer"),
            json_of(answer),
        ),
    ]
}

/// Those that need none of the last minutes: they stop keys, or check only.
async fn all_that_may_come_of_an_old_sign_in(world: &World) -> Vec<Asked> {
    let stop = |person: &str| {
        let key = key(&world.signer(person));
        json!({ "kind": "stop-key", "person": person, "key": key })
    };
    let signed = world.change_statement(LARGE, &stop("supplier-aro-2"));
    let signed = signed_as_json(&world.signer("dcc-admin-1"), &signed, signed.asked_at);
    let of_large = |what: &str| format!("/organisations/{LARGE}/{what}");
    let own = json!({ "key": key(&world.signer("reviewer-1")), "reason": "It was stolen." });
    vec![
        Asked::new(
            routes::START_SUBMISSION,
            ARO,
            "/submissions",
            json_of(start(world, 2, true).await),
        ),
        Asked::new(
            routes::ASK_FOR_CHANGE,
            "supplier-admin",
            &of_large("changes"),
            json!({ "change": stop(ARO), "reason": "It was stolen." }),
        ),
        Asked::new(
            routes::ASK_FOR_SIGNED_CHANGE,
            "dcc-admin-1",
            &of_large("signed-changes"),
            json_of(signed),
        ),
        Asked::new(routes::STOP_OWN_KEY, "reviewer-1", "/me/stopped-keys", own),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_older_than_five_minutes_starts_decides_and_administers_nothing() {
    let world = World::new().await;
    let all = all_that_take_effect(&world).await;
    let guarded = ROUTES
        .iter()
        .filter(|route| route.sign_in != SignInAge::Any);
    for route in guarded {
        let is_tried = all.iter().any(|asked| asked.route == *route);
        assert!(is_tried, "no request tries {route:?}");
    }
    let stolen: Vec<_> = all.iter().map(|asked| world.token(asked.person)).collect();
    world.pass(FIVE_MINUTES + Duration::from_secs(1));
    for (asked, stolen) in all.iter().zip(stolen) {
        let path = &asked.path;
        let (status, headers, problem) = asked.with(&world, stolen).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}: {problem}");
        assert_eq!(problem["code"], "sign-in-too-old", "{path}");
        let detail = problem["detail"].as_str().unwrap();
        let words = "needs a sign-in of the last 5 minutes, and yours is older. Sign in again";
        assert!(detail.contains(words), "{detail}");
        let challenge = headers["www-authenticate"].to_str().unwrap();
        for part in [
            "Bearer error=\"insufficient_user_authentication\"",
            "max_age=\"300\"",
        ] {
            assert!(challenge.contains(part), "{path}: {challenge}");
        }
    }
    assert!(world.queues.is_empty().await, "nothing was taken up");
    for asked in &all {
        let (status, _, answer) = asked.with(&world, world.token(asked.person)).await;
        assert!(status.is_success(), "{}: {status} {answer}", asked.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_stopped_and_a_file_is_checked_with_whatever_token_one_has() {
    let world = World::new().await;
    let all = all_that_may_come_of_an_old_sign_in(&world).await;
    let old: Vec<_> = all.iter().map(|asked| world.token(asked.person)).collect();
    world.pass(FIVE_MINUTES + Duration::from_secs(200));
    for (asked, old) in all.iter().zip(old) {
        let (status, _, answer) = asked.with(&world, old).await;
        assert!(status.is_success(), "{}: {status} {answer}", asked.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_else_there_is_answers_an_old_token() {
    let world = World::new().await;
    let people = [
        "supplier-aro-1",
        "supplier-admin",
        "reviewer-1",
        "dcc-admin-1",
    ];
    let old = people.map(|person| (person, world.token(person)));
    world.pass(FIVE_MINUTES + Duration::from_secs(200));
    for (person, token) in old {
        let entrance = world.entrance(person);
        let others = ROUTES
            .iter()
            .filter(|route| route.sign_in == SignInAge::Any);
        for route in others.filter(|route| entrance.has(route)) {
            let method = match route.method {
                directory::Method::Get => Method::GET,
                directory::Method::Post => Method::POST,
            };
            let path = route.path.replace("{organisation}", LARGE);
            let client = Client::in_process(world.router(), token.clone()).at(entrance);
            let answer = client.send_raw(method, &path, &[], b"{}".to_vec());
            let status = answer.await.unwrap().status();
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{person} {route:?}");
        }
    }
}

/// By the claim `auth_time`, which is the issuer's to say.
#[tokio::test(flavor = "multi_thread")]
async fn the_age_is_what_the_token_says_and_none_is_not_fresh() {
    let world = World::new().await;
    let key = IssuerKey::open(&world.folder().join("identity")).unwrap();
    let issuer = world.stack.urls().identity.as_str();
    let request = start(&world, 1, false).await;
    let asked = Asked::new(
        routes::START_SUBMISSION,
        ARO,
        "/submissions",
        json_of(request),
    );
    let now = world.now().unix_seconds();
    // A test may take seconds; the rule itself is held to the second in `shared`.
    for (auth_time, is_fresh, says) in [
        (json!(now - 250), true, Some(50)),
        (json!(now - 310), false, Some(-10)),
        (json!(now + 50), true, Some(350)),
        (json!(now + 120), false, None),
        (Value::Null, false, None),
        (json!("just now"), false, None),
        (json!(now.to_string()), false, None),
        (json!(i64::MAX), false, None),
        (json!(i64::MIN), false, None),
    ] {
        let token = key.sign(&json!({
            "iss": issuer, "sub": ARO, "aud": "sluice-page", "exp": now + 600, "scope": "openid", "auth_time": auth_time,
        }));
        let client = Client::in_process(world.router(), token.clone()).at(Entrance::Users);
        let me: Value = client.get("/me").await.unwrap();
        assert_eq!(me["signIn"]["seconds"], 300, "{auth_time}");
        if let Some(left) = says {
            let until = me["signIn"]["until"].as_str().unwrap();
            let until: sluice_shared::instant::UtcTime = until.parse().unwrap();
            assert_eq!(until.unix_seconds(), now + left, "{auth_time}");
        } else if auth_time.as_i64() != Some(i64::MIN) {
            assert_eq!(me["signIn"]["until"], Value::Null, "{auth_time}");
        }
        let (status, _, answer) = asked.with(&world, token).await;
        let refused = answer["code"] == "sign-in-too-old";
        assert_eq!(refused, !is_fresh, "{auth_time}: {answer}");
        assert_eq!(status.is_success(), is_fresh, "{auth_time}: {answer}");
    }
}
