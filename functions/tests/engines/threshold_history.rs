//! The history of a User ID has every statement that was accepted, however large they are: in pages that fit an answer.

use sluice_shared::files::FileKind;
use std::fmt::Write as _;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use sluice_shared::instant::UtcTime;

use super::support::{IMPORT, World};

/// More than one answer of the table (1 MB) holds, each with some 190 kB of changes.
const LARGE: usize = 7;

/// All exceptions with another warning threshold.
async fn declare_large(world: &World, start: UtcTime, warning: usize) {
    let standing = world.adt(IMPORT, |_, level| Some(level)).await;
    let standing = standing.split_inclusive('\n');
    let mut file: String = standing
        .filter(|line| !line.contains("6.14.3,P1D") || line.ends_with(",,\r\n"))
        .collect();
    let level = world.level("6.14.3").await;
    for day in 0..850 {
        let from = start.plus(time::Duration::days(day));
        let to = from.plus(time::Duration::hours(1));
        let _ = write!(
            file,
            "{IMPORT},6.14.3,P1D,{warning},{level},{from},{to}\r\n"
        );
    }
    let signer = world.signer("supplier-aro-1");
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    world.pass(Duration::from_secs(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_is_out_of_sight_behind_large_ones() {
    let world = World::with_large_event().await;
    let path = format!("/thresholds/{IMPORT}/history");
    let before = world.get_json("supplier-aro-1", &path).await["items"]
        .as_array()
        .unwrap()
        .len();
    let start = world.now().plus(time::Duration::days(2));
    for warning in 0..LARGE {
        declare_large(&world, start, warning).await;
    }
    let (mut submissions, mut next) = (Vec::<Value>::new(), None::<String>);
    let mut pages = 0;
    loop {
        let query = next.map_or_else(String::new, |next| format!("?cursor={next}"));
        let page = world
            .get_json("supplier-aro-1", &format!("{path}{query}"))
            .await;
        let items = page["items"].as_array().unwrap();
        submissions.extend(
            items
                .iter()
                .map(|item| item["origin"]["submission"].clone()),
        );
        pages += 1;
        next = page["next"].as_str().map(str::to_owned);
        if next.is_none() {
            break;
        }
    }
    assert!(pages > 1, "they do not fit one answer");
    assert_eq!(submissions.len(), before + LARGE);
    submissions.sort_by_key(Value::to_string);
    submissions.dedup();
    assert_eq!(submissions.len(), before + LARGE, "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_no_history_gave_is_refused() {
    let world = World::new().await;
    for cursor in ["W10", "SElTVE9SWSM", "MDAwMDAwMDAwMDAwMDAwI3g"] {
        let path = format!("/thresholds/{IMPORT}/history?cursor={cursor}");
        let (status, problem) = world.get("supplier-aro-1", &path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    }
}
