//! What is wrong with a file is said, with its line, and nothing of the file takes effect.

use super::support::{IMPORT, World};
use sluice_shared::files::FileKind;

async fn codes(world: &World, settled: &serde_json::Value) -> Vec<String> {
    let path = format!(
        "/submissions/{}/findings",
        settled["reference"].as_str().unwrap()
    );
    let findings = world.get_json("supplier-submitter", &path).await;
    findings["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["code"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_in_the_content_is_reported_by_line_with_a_receipt() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let row = format!("{IMPORT},7.2,PT1H,201,200,,\r\n");
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            &(file.clone() + &row),
            &world.signer("supplier-aro-1"),
        )
        .await;
    assert_eq!(settled["state"], "rejected");
    assert_eq!(settled["receipt"], true);
    let path = format!(
        "/submissions/{}/findings",
        settled["reference"].as_str().unwrap()
    );
    let findings = world.get_json("supplier-submitter", &path).await;
    assert_eq!(findings["items"][0]["code"], "warning-above-quarantine");
    assert_eq!(findings["items"][0]["line"], file.lines().count() + 1);
    let history = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}/history"))
        .await;
    assert_ne!(
        history["items"][0]["origin"]["submission"],
        settled["reference"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signature_of_another_file_is_refused() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign("another file", world.now())
        .unwrap();
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    world.run_intake().await;
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "rejected");
    assert_eq!(
        codes(&world, &settled).await,
        ["signature-of-other-content"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aro_of_another_organisation_signs_nothing() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            &file,
            &world.signer("network-aro-1"),
        )
        .await;
    assert_eq!(settled["state"], "rejected");
    assert_eq!(codes(&world, &settled).await, ["signer-not-registered"]);
    assert!(settled["signer"].is_null());
    assert_eq!(
        settled["signature"]["subject"],
        "CN=Network ARO 1,O=Network Operator,C=GB"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_signature_at_all_is_named() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, b"not CMS")
        .await;
    world.run_intake().await;
    let settled = world
        .get_json("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(codes(&world, &settled).await, ["signature-not-cms"]);
}
