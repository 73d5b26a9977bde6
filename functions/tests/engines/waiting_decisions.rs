//! Which communications a submission decides on that waits for a reviewer.

use http::StatusCode;
use serde_json::{Value, json};
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{LARGE, World, decision};

fn path(reference: &Value, page: u32) -> String {
    let reference = reference.as_str().unwrap();
    format!("/submissions/{reference}/decisions?event={LARGE}&page={page}")
}

/// What is told to wait on a page of the event, beside each of its rows.
async fn on_page(world: &World, reference: &Value, page: u32) -> Vec<(Value, Value)> {
    let told = world
        .get_json("supplier-aro-2", &path(reference, page))
        .await;
    let communications = format!("/quarantine-events/{LARGE}/communications?page={page}");
    let rows = world.get_json("supplier-aro-2", &communications).await;
    let told = told["decisions"].as_array().unwrap();
    let rows = rows["communications"].as_array().unwrap();
    assert_eq!(told.len(), rows.len());
    told.iter().cloned().zip(rows.iter().cloned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn are_told_while_it_waits_and_to_nobody_else() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    let file = world.release(LARGE, "7.2", 300).await;
    let held = world
        .settle(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signer,
        )
        .await;
    assert_eq!(held["state"], "awaiting-review", "{held:#}");
    let reference = &held["reference"];

    let event = world
        .get_json("supplier-aro-2", &format!("/quarantine-events/{LARGE}"))
        .await;
    let mut named = 0;
    for page in 0..event["pages"].as_u64().unwrap() {
        let page = u32::try_from(page).unwrap();
        for (decided, row) in on_page(&world, reference, page).await {
            let request = format!(
                "{}:{},Release",
                row[0].as_str().unwrap(),
                row[1].as_str().unwrap()
            );
            let expected = i32::from(file.contains(&request));
            assert_eq!(decided, expected, "{row}");
            named += expected;
        }
    }
    assert_eq!(named, 300);

    let missing = |status| assert_eq!(status, StatusCode::NOT_FOUND);
    missing(world.get("network-aro-1", &path(reference, 0)).await.0);
    missing(world.get("supplier-aro-1", &path(reference, 9_999)).await.0);
    assert_eq!(
        world.get("dcc-operator", &path(reference, 0)).await.0,
        StatusCode::OK
    );
    let (status, problem) = world
        .get(
            "supplier-aro-1",
            &format!(
                "/submissions/{}/decisions?event=1301",
                reference.as_str().unwrap()
            ),
        )
        .await;
    missing(status);
    assert_eq!(problem["code"], json!("not-found"));

    // What another file decides meanwhile waits no more.
    let others_file = world.exit(LARGE, "Delete", 10).await;
    let kind = FileKind::ExitQuarantine;
    let others = world
        .settle("supplier-submitter", kind, &others_file, &signer)
        .await;
    assert_eq!(others["state"], "accepted", "{others:#}");
    let mut waiting = 0;
    for page in 0..event["pages"].as_u64().unwrap() {
        let page = u32::try_from(page).unwrap();
        for (decided, row) in on_page(&world, reference, page).await {
            let request = format!("{}:{},", row[0].as_str().unwrap(), row[1].as_str().unwrap());
            assert!(decided == 0 || !others_file.contains(&request), "{row}");
            waiting += i32::from(decided != 0);
        }
    }
    assert!(waiting < 300, "{waiting}");

    let asked = decision(Decision::Refuse, &held);
    let decide = format!("/reviews/{}/decision", reference.as_str().unwrap());
    let (status, answer) = world.post_decision("reviewer-1", &decide, &asked).await;
    assert!(status.is_success(), "{answer}");
    assert_eq!(world.run_intake().await, [true]);
    missing(world.get("supplier-aro-1", &path(reference, 0)).await.0);
}
