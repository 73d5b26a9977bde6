//! A cursor is what a list gave, or it is refused: nothing that anybody makes up looks like a failure of ours.

use sluice_shared::files::FileKind;
use std::fmt::Write as _;

use base64ct::{Base64UrlUnpadded, Encoding};
use http::StatusCode;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Handle;

use super::support::{IMPORT, World};

const SENTENCE: &str = "The cursor is not one that this list gave. Start at its first page.";

/// All lists, each with somebody who may read it. `{id}` is a submission.
const LISTS: [(&str, &str); 7] = [
    ("supplier-aro-1", "/submissions"),
    ("reviewer-1", "/submissions"),
    ("reviewer-1", "/reviews"),
    ("supplier-aro-1", "/quarantine-events"),
    ("dcc-operator", "/quarantine-events"),
    ("supplier-aro-1", "/submissions/{id}/findings"),
    ("supplier-aro-1", "/thresholds/{user}/history"),
];

/// A world in which every list has something, and the submission that waits.
async fn world() -> (World, String) {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let calm = world.adt(IMPORT, |_, level| Some(level)).await;
    world
        .settle("supplier-submitter", FileKind::Adt, &calm, &signer)
        .await;
    (world, held["reference"].as_str().unwrap().to_owned())
}

fn encoded(json: &Value) -> String {
    Base64UrlUnpadded::encode_string(json.to_string().as_bytes())
}

/// As a query has it, whatever the text is.
fn in_query(cursor: &str) -> String {
    cursor.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    })
}

fn path(list: &str, reference: &str, cursor: &str) -> String {
    let list = list.replace("{id}", reference).replace("{user}", IMPORT);
    format!("{list}?cursor={}", in_query(cursor))
}

/// Names of keys as the tables have them, and others; values as the tables have them, and others.
fn forged() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        8 => prop::sample::select(vec!["pk", "sk", "organisation", "all", "reviewQueue", "listedAt"])
            .prop_map(str::to_owned),
        1 => ".{0,12}",
    ];
    let value = prop_oneof![
        4 => prop::sample::select(vec!["", "ALL", "WAITING", "large-supplier", "META", "large-supplier#SUBMISSION#4F7K-2M9Q-XW3T-8HBD"])
            .prop_map(Value::from),
        2 => ".{0,40}".prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => vec(any::<u8>(), 0..4).prop_map(Value::from),
    ];
    let pairs = vec((name, value), 0..6);
    prop_oneof![
        6 => pairs.clone().prop_map(|pairs| encoded(&json!(pairs))),
        2 => pairs.prop_map(|pairs| encoded(&pairs.into_iter().collect::<serde_json::Map<_, _>>().into())),
        1 => ".{0,60}",
        1 => "[A-Za-z0-9_-]{0,1100}",
        1 => "[-+0-9]{0,25}",
        1 => vec(any::<u8>(), 0..60).prop_map(|bytes| Base64UrlUnpadded::encode_string(&bytes)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_at_all_looks_like_a_failure_of_ours() {
    let (world, reference) = world().await;
    let asked = |list: (&str, &str), cursor: &str| {
        tokio::task::block_in_place(|| {
            Handle::current().block_on(world.get(list.0, &path(list.1, &reference, cursor)))
        })
    };
    let config = Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(
            &(prop::sample::select(LISTS.to_vec()), forged()),
            |(list, cursor)| {
                let (status, answer) = asked(list, &cursor);
                prop_assert!(
                    status == StatusCode::OK || status == StatusCode::UNPROCESSABLE_ENTITY,
                    "{status} {list:?} {cursor:?}: {answer}"
                );
                Ok(())
            },
        )
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_did_not_give_is_refused_in_one_sentence() {
    let (world, reference) = world().await;
    let pairs = |last: Value| {
        json!([
            ["listedAt", "1#A"],
            ["organisation", "large-supplier"],
            ["pk", "large-supplier#SUBMISSION#A"],
            last
        ])
    };
    let forged = [
        ("the issue's", "W10".to_owned()),
        ("no JSON", "abc".to_owned()),
        (
            "one name missing",
            encoded(&json!([["pk", "a"], ["sk", "b"], ["listedAt", "c"]])),
        ),
        ("another name", encoded(&pairs(json!(["sort", "META"])))),
        ("one name twice", encoded(&pairs(json!(["pk", "META"])))),
        ("a number", encoded(&pairs(json!(["sk", 1])))),
        ("an empty text", encoded(&pairs(json!(["sk", ""])))),
        (
            "one name too many",
            encoded(&json!([
                ["listedAt", "1#A"],
                ["organisation", "large-supplier"],
                ["pk", "large-supplier#SUBMISSION#A"],
                ["sk", "META"],
                ["more", "x"]
            ])),
        ),
        (
            "another's item",
            encoded(&json!([
                ["listedAt", "1#A"],
                ["organisation", "large-supplier"],
                ["pk", "network-operator#SUBMISSION#A"],
                ["sk", "META"]
            ])),
        ),
        (
            "another's partition",
            encoded(&json!([
                ["listedAt", "1#A"],
                ["organisation", "network-operator"],
                ["pk", "large-supplier#SUBMISSION#A"],
                ["sk", "META"]
            ])),
        ),
    ];
    for (what, cursor) in &forged {
        for list in LISTS {
            let (status, problem) = world.get(list.0, &path(list.1, &reference, cursor)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {list:?}");
            assert_eq!(problem["detail"], SENTENCE, "{what}: {list:?}");
        }
    }
    let own = encoded(&pairs(json!(["sk", "META"])));
    let (status, _) = world
        .get("supplier-aro-1", &path("/submissions", &reference, &own))
        .await;
    assert_eq!(status, StatusCode::OK, "as the list gives them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_where_it_stopped_and_its_cursor_is_no_others() {
    let (world, reference) = world().await;
    for (person, list) in [
        ("supplier-aro-1", "/submissions"),
        ("dcc-operator", "/submissions"),
        ("supplier-aro-1", "/quarantine-events"),
        ("dcc-operator", "/quarantine-events"),
    ] {
        let first = world.get_json(person, &format!("{list}?limit=1")).await;
        let next = first["next"].as_str().unwrap();
        let second = world
            .get_json(person, &format!("{list}?limit=1&cursor={next}"))
            .await;
        assert_ne!(first["items"], second["items"], "{person} {list}");
        for other in ["network-aro-1", "reviewer-1"] {
            let is_same = person == "dcc-operator" && other == "reviewer-1";
            let (status, _) = world.get(other, &path(list, &reference, next)).await;
            assert_eq!(status == StatusCode::OK, is_same, "{person} {list} {other}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_list_is_refused() {
    let (world, _) = world().await;
    for (person, one, other) in [
        ("supplier-aro-1", "/quarantine-events", "/submissions"),
        ("supplier-aro-1", "/submissions", "/quarantine-events"),
        ("reviewer-1", "/quarantine-events", "/submissions"),
    ] {
        let first = world.get_json(person, &format!("{one}?limit=1")).await;
        let cursor = first["next"].as_str().unwrap();
        let (status, _) = world
            .get(person, &format!("{one}?limit=1&cursor={cursor}"))
            .await;
        assert_eq!(status, StatusCode::OK, "{person}: {one}");
        let (status, problem) = world
            .get(person, &format!("{other}?limit=1&cursor={cursor}"))
            .await;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        assert_eq!(status, refused, "{person}: {one}, {other}: {problem}");
    }
}
