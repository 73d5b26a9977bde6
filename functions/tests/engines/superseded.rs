//! An old ADT file that is sent again was accepted once, and the answer says when a later one is in force.

use http::StatusCode;
use serde_json::Value;
use sluice_shared::files::FileKind;
use std::time::Duration;

use super::support::{IMPORT, World};

const SUBMITTER: &str = "supplier-submitter";

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_about_an_old_file_names_the_later_one() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let old = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = signer.sign(&old, world.now()).unwrap();
    let request = World::request(FileKind::Adt, &old, &signature);
    let reference = world
        .send_request(SUBMITTER, &request, old.as_bytes())
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let (status, same) = world.start(SUBMITTER, "old-key-1", &request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(same.superseded, [], "it is in force");

    world.pass(Duration::from_secs(2));
    let new = world.adt(IMPORT, |_, level| Some(level + 1)).await;
    let later = world.settle(SUBMITTER, FileKind::Adt, &new, &signer).await;
    assert_eq!(later["state"], "accepted", "{later:#}");

    let (status, again) = world.start("supplier-aro-2", "old-key-2", &request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(again.submission.reference.to_string(), reference);
    let [superseded] = again.superseded.as_slice() else {
        panic!("{again:#?}")
    };
    assert_eq!(superseded.user_id.to_string(), IMPORT);
    assert_eq!(Value::from(superseded.by.to_string()), later["reference"]);

    let path = format!("/submissions/{reference}");
    let told = world.get_json(SUBMITTER, &path).await;
    assert_eq!(told["superseded"][0]["by"], later["reference"], "{told:#}");
    let path = format!("/submissions/{}", later["reference"].as_str().unwrap());
    let told = world.get_json(SUBMITTER, &path).await;
    assert!(told["superseded"].is_null(), "{told:#}");
}
