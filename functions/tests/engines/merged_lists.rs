//! What is announced and what is on record are two tables and one list: newest first, each submission once, every page full.

use std::time::Duration;

use serde_json::Value;
use sluice_shared::files::FileKind;

use super::support::{IMPORT, World, put};

const SUBMITTER: &str = "supplier-submitter";

/// Whether the file of each arrives, oldest first: runs longer than a page, then one by one.
const ARRIVE: [bool; 16] = [
    true, true, true, true, true, false, false, false, false, false, true, false, true, false,
    true, false,
];

/// A world with a submission for each of them; their references, oldest first.
async fn world() -> (World, Vec<String>) {
    let world = World::new().await;
    let mut references = Vec::new();
    for (level, arrives) in ARRIVE.into_iter().enumerate() {
        world.pass(Duration::from_secs(1));
        // Without a service it is at fault: no level changes.
        let change = |srv: &str, before| (srv != "7.2").then_some(before + level as u64);
        let file = world.adt(IMPORT, change).await;
        let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
        let key = format!("listed-key-{level}");
        let (_, started) = world.start(SUBMITTER, &key, &request).await;
        references.push(started.submission.reference.to_string());
        if arrives {
            assert_eq!(put(&started.upload.unwrap(), file).await, 200);
            assert_eq!(world.run_intake().await, [true]);
        }
    }
    (world, references)
}

/// A list page by page, each of which is full but the last.
async fn pages(world: &World, person: &str, query: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), None::<String>);
    for _ in 0..40 {
        let cursor = next.map_or_else(String::new, |next| format!("&cursor={next}"));
        let path = format!("/submissions?limit={limit}{query}{cursor}");
        let page = world.get_json(person, &path).await;
        let found = page["items"].as_array().unwrap();
        next = page["next"].as_str().map(str::to_owned);
        items.extend(found.iter().cloned());
        if next.is_none() {
            return items;
        }
        assert_eq!(found.len(), limit, "a full page: {query}");
    }
    panic!("the list never ends");
}

fn references(items: &[Value]) -> Vec<&str> {
    let references = items.iter().map(|item| item["reference"].as_str());
    references.map(Option::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tables_are_one_list_in_order_and_whole() {
    let (world, started) = world().await;
    let newest_first: Vec<_> = started.iter().rev().map(String::as_str).collect();
    for person in [SUBMITTER, "dcc-operator"] {
        for limit in [1, 2, 3, 7, 50] {
            let items = pages(&world, person, "", limit).await;
            // What was before the story began comes after them.
            let all = references(&items);
            assert_eq!(all[..newest_first.len()], newest_first, "{person}, {limit}");
            assert!(all.len() > newest_first.len());
            for (item, arrived) in items.iter().zip(ARRIVE.iter().rev()) {
                let state = if *arrived {
                    "rejected"
                } else {
                    "awaiting-upload"
                };
                assert_eq!(item["state"], state, "{item:#}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_one_state_has_those_of_both_tables_that_are_in_it() {
    let (world, started) = world().await;
    let in_state = |wanted: bool| {
        let all = started.iter().zip(ARRIVE).rev();
        let wanted = all.filter(move |(_, arrived)| *arrived == wanted);
        wanted.map(|(id, _)| id.as_str()).collect::<Vec<_>>()
    };
    for (state, arrived) in [("awaiting-upload", false), ("rejected", true)] {
        for limit in [1, 3, 50] {
            let items = pages(&world, SUBMITTER, &format!("&state={state}"), limit).await;
            assert_eq!(references(&items), in_state(arrived), "{state}, {limit}");
        }
    }
    world.pass(Duration::from_hours(25));
    let items = pages(&world, SUBMITTER, "&state=expired", 2).await;
    assert_eq!(references(&items), in_state(false));
    let items = pages(&world, SUBMITTER, "&state=awaiting-upload", 2).await;
    assert_eq!(references(&items), [""; 0]);
}

/// What is announced to correct a submission is told in lists as it is on its page.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_says_what_is_announced_to_correct_a_submission() {
    let (world, started) = world().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let mut request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    request.replaces = Some(started[0].parse().unwrap());
    let (_, by) = world.start(SUBMITTER, "listed-key-20", &request).await;
    let by = by.submission.reference.to_string();
    for person in [SUBMITTER, "dcc-operator"] {
        let items = pages(&world, person, "", 50).await;
        let corrected = items
            .iter()
            .find(|item| item["reference"] == started[0].as_str());
        assert_eq!(corrected.unwrap()["replacedBy"], by, "{person}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_arrived_is_gone_after_ninety_days_whether_or_not_the_table_has_dropped_it() {
    let (world, started) = world().await;
    world.pass(Duration::from_hours(24 * 90));
    let items = pages(&world, SUBMITTER, "", 50).await;
    let kept: Vec<_> = started.iter().zip(ARRIVE).rev().collect();
    let kept = kept.iter().filter(|(_, arrived)| *arrived);
    let kept: Vec<_> = kept.map(|(id, _)| id.as_str()).collect();
    assert_eq!(references(&items)[..kept.len()], kept);
    let never = started.iter().zip(ARRIVE).find(|(_, arrived)| !arrived);
    let path = format!("/submissions/{}", never.unwrap().0);
    assert_eq!(world.get(SUBMITTER, &path).await.0, 404);
}
