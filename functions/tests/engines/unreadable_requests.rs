//! A request that cannot be read: its status says what kind of fault it is, and its words are ours.

use http::{Method, Response, StatusCode};
use serde_json::{Value, json};
use sluice_shared::api::Base64Bytes;
use sluice_shared::directory::{self, Entrance, ROUTES};
use sluice_shared::files::FileKind;

use super::support::{IMPORT, World};

/// Words of the libraries that read requests.
const THEIRS: [&str; 9] = [
    "deserialize",
    "expected",
    "invalid type",
    "unknown field",
    "unknown variant",
    "missing field",
    "at line",
    "struct",
    "invalid digit",
];

fn problem(answer: &Response<Vec<u8>>, status: u16, code: &str, says: &str) {
    let problem: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(answer.status().as_u16(), status, "{problem}");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(problem["code"], code, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(says), "{says} in: {detail}");
    for theirs in THEIRS {
        assert!(!detail.contains(theirs), "{theirs} in: {detail}");
    }
}

async fn good(world: &World) -> Value {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let signature = signer.sign(&file, world.now()).unwrap();
    serde_json::to_value(World::request(FileKind::Adt, &file, &signature)).unwrap()
}

async fn post(
    world: &World,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response<Vec<u8>> {
    let client = world.client("supplier-submitter");
    let mut all = vec![("idempotency-key", "unreadable-1")];
    all.extend(headers);
    let body = body.as_bytes().to_vec();
    client
        .send_raw(Method::POST, path, &all, body)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_is_refused_at_every_depth() {
    let world = World::new().await;
    let mut body = good(&world).await;
    body["signature"]["checkOnly"] = true.into();
    let answer = post(&world, "/submissions", &[], &body.to_string()).await;
    problem(
        &answer,
        422,
        "invalid-request",
        "checkOnly is not known here",
    );

    body["signature"] = json!({ "form": "enveloping", "der": "MIIB" });
    let answer = post(&world, "/submissions", &[], &body.to_string()).await;
    problem(&answer, 422, "invalid-request", "der is not known here");

    let body = good(&world).await.to_string();
    let answer = post(&world, "/submissions?checkOnly=true", &[], &body).await;
    problem(&answer, 422, "invalid-request", "takes no parameters");

    let answer = post(&world, "/submissions", &[], &body).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let started: Value = serde_json::from_slice(answer.body()).unwrap();
    let reference = started["submission"]["reference"].as_str().unwrap();
    let path = format!("/submissions/{reference}/upload");
    let answer = post(
        &world,
        &path,
        &[],
        "{\"replaces\": \"4F7K-2M9Q-XW3T-8HBD\"}",
    )
    .await;
    problem(
        &answer,
        422,
        "invalid-request",
        "replaces is not known here",
    );
    for empty in ["", "{}"] {
        let answer = post(&world, &path, &[], empty).await;
        assert_eq!(answer.status(), StatusCode::OK, "{empty:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_behind_a_question_mark_is_refused_where_it_is_not_known() {
    let world = World::new().await;
    let people = [
        (
            Entrance::Users,
            &["supplier-submitter", "supplier-admin", "supplier-aro-1"][..],
        ),
        (Entrance::Staff, &["reviewer-1", "dcc-admin-1"]),
    ];
    let all = people.into_iter().flat_map(|(entrance, people)| {
        let there = ROUTES.iter().filter(move |route| entrance.has(route));
        there.map(move |route| (people, route))
    });
    for (people, route) in all {
        // Somebody who may ask it.
        let mut person = "";
        for one in people {
            let registered = world.registered(one).await.unwrap();
            if registered.may(route.permission) {
                person = one;
                break;
            }
        }
        let path = route.path.replace("{id}", "4F7K-2M9Q-XW3T-8HBD");
        let path = path.replace("{userId}", IMPORT).replace("{ref}", "1203");
        let path = path.replace("{organisation}", "large-supplier");
        let path = path.replace("{request}", "7D2P-5N8R-0YV6-3KCE");
        let method = match route.method {
            directory::Method::Get => Method::GET,
            directory::Method::Post => Method::POST,
        };
        let client = world.client(person);
        let asked = format!("{path}?unheard=of");
        let answer = client.send_raw(method, &asked, &[], Vec::new()).await;
        problem(&answer.unwrap(), 422, "invalid-request", "/api/docs lists");
    }
    let me = world.client("supplier-submitter");
    let answer = me.send_raw(Method::GET, "/me?", &[], Vec::new()).await;
    assert_eq!(answer.unwrap().status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_long_is_told_the_limit() {
    let world = World::new().await;
    let mut body = good(&world).await;
    body["fileName"] = "a".repeat(170_000).into();
    let answer = post(&world, "/submissions", &[], &body.to_string()).await;
    problem(&answer, 413, "request-too-large", "163840 bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_another_type_is_told_which() {
    let world = World::new().await;
    let body = good(&world).await.to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
    ] {
        let request = http::Request::post("/api/submissions")
            .header(
                "authorization",
                format!("Bearer {}", world.token("supplier-submitter")),
            )
            .header("idempotency-key", "unreadable-2")
            .header("content-type", kind)
            .body(axum::body::Body::from(body.clone()))
            .unwrap();
        let (status, headers, body) = super::support::send(world.router(), request).await;
        let mut answer = Response::new(body);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        problem(&answer, 415, "unsupported-media-type", "application/json");
    }
    let packed = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    let answer = post(
        &world,
        "/submissions",
        &packed,
        &good(&world).await.to_string(),
    )
    .await;
    problem(
        &answer,
        415,
        "unsupported-media-type",
        "without the header Content-Encoding",
    );
    let plain = [
        ("content-type", "application/json"),
        ("content-encoding", "identity"),
    ];
    let answer = post(
        &world,
        "/submissions",
        &plain,
        &good(&world).await.to_string(),
    )
    .await;
    assert_eq!(answer.status(), StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_a_library_reaches_a_person() {
    let world = World::new().await;
    let good = good(&world).await;
    for (field, value) in [
        ("length", json!("nine")),
        ("length", json!(-1)),
        ("sha256", json!(7)),
        ("sha256", json!("7")),
        ("kind", json!("report")),
        ("signature", json!("none")),
        ("signature", json!({ "form": "loose" })),
        ("signature", json!({})),
        ("signature", json!({ "form": 0, "der": "MIIB" })),
        ("checkOnly", json!("no")),
        ("replaces", json!("4F7K")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let answer = post(&world, "/submissions", &[], &body.to_string()).await;
        problem(&answer, 422, "invalid-request", "The body cannot be read.");
    }
    for body in ["", "{", "[]", "null", "{\"kind\":\"adt\",\"kind\":\"adt\"}"] {
        let answer = post(&world, "/submissions", &[], body).await;
        problem(&answer, 422, "invalid-request", "The body cannot be read.");
    }
    let client = world.client("supplier-submitter");
    for query in [
        "/submissions?limit=many",
        "/submissions?limit=0",
        "/submissions?limit=201",
        "/submissions?limit=99999999999999999999999",
        "/submissions?limit=5&limit=6",
        "/submissions?state=lost",
        "/submissions?unheard=of",
        "/submissions?cursor=",
        "/known/adt",
        "/known/adt?sha256=7",
        "/quarantine-events/1201/communications?page=last",
    ] {
        let answer = client.send_raw(Method::GET, query, &[], Vec::new()).await;
        problem(
            &answer.unwrap(),
            422,
            "invalid-request",
            "The query cannot be read.",
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_and_cannot_be_read_is_told_by_its_json() {
    let world = World::new().await;
    let admin = world.signer("dcc-admin-1");
    let sent = |bytes: Vec<u8>| json!({ "signed": Base64Bytes(bytes) });
    let path = "/organisations/large-supplier/signed-changes";
    for (content, expected) in [
        ("no JSON", "It cannot be read as JSON"),
        ("{}", "is missing"),
        (
            r#"{"change":{"kind":"stop-machine","machine":"a","x":1}}"#,
            "x is not known here",
        ),
    ] {
        let signed = admin.sign_enveloping(content.as_bytes(), world.now());
        let body = sent(signed.unwrap());
        let (status, problem) = world
            .call(Method::POST, "dcc-admin-1", path, &[], Some(&body))
            .await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("invalid-request"))
        );
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.starts_with("The change inside the signature cannot be read.")
                && detail.contains(expected),
            "{detail}"
        );
    }
    let body = sent(b"no signature".to_vec());
    let (_, problem) = world
        .call(Method::POST, "dcc-admin-1", path, &[], Some(&body))
        .await;
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("not inside a CMS signature"), "{detail}");
}
