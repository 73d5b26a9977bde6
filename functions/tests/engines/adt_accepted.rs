//! A good ADT file of a registered ARO takes effect, and its sender gets a receipt.

use sluice_shared::files::FileKind;
use sluice_shared::signature::{ReceiptOutcome, TrustAnchors, verify_receipt};

use super::support::{GAS, IMPORT, World};
use sha2::{Digest, Sha256};

#[tokio::test(flavor = "multi_thread")]
async fn thresholds_are_in_force_and_a_receipt_says_so() {
    let world = World::new().await;
    let file = world
        .adt(IMPORT, |srv, level| {
            Some(if srv == "7.2" { level + 1 } else { level })
        })
        .await;
    let before = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}"))
        .await;

    let settled = world
        .settle(
            "supplier-submitter",
            FileKind::Adt,
            &file,
            &world.signer("supplier-aro-1"),
        )
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["uploader"]["id"], "supplier-submitter");
    assert_eq!(settled["signer"]["id"], "supplier-aro-1");
    assert_eq!(settled["effect"]["users"][0]["userId"], IMPORT);

    let after = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}"))
        .await;
    let level = |view: &serde_json::Value| {
        let rows = view["inForce"].as_array().unwrap();
        rows.iter().find(|row| row["srv"] == "7.2").unwrap()["quarantine"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(level(&after), level(&before) + 1);
    let history = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}/history"))
        .await;
    assert_eq!(
        history["items"][0]["origin"]["submission"],
        settled["reference"]
    );
    assert_eq!(history["items"][0]["origin"]["signer"], "supplier-aro-1");

    let id = settled["reference"].as_str().unwrap().parse().unwrap();
    let receipt = world.receipt(settled["reference"].as_str().unwrap()).await;
    let receipt = receipt.unwrap();
    let anchors = TrustAnchors::parse(world.authority.root.as_bytes()).unwrap();
    let (receipt, signed) = verify_receipt(
        &anchors,
        &world.backend.settings.profile.signing.accepted_key_purposes,
        world.now(),
        &receipt,
    )
    .unwrap();
    assert_eq!(receipt.outcome, ReceiptOutcome::Accepted);
    assert_eq!(receipt.reference, id);
    assert_eq!(receipt.uploader.as_str(), "supplier-submitter");
    assert_eq!(
        receipt.file_digest.as_bytes()[..],
        Sha256::digest(&file)[..]
    );
    assert!(
        signed.subject.as_str().contains("DCC"),
        "{}",
        signed.subject
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_p7m_with_the_file_inside_is_as_good() {
    let world = World::new().await;
    let file = world.adt(GAS, |_, level| Some(level)).await;
    let object = world
        .signer("supplier-aro-2")
        .sign_enveloping(&file, world.now())
        .unwrap();
    let request = World::request_enveloping(&file, &object);
    let reference = world
        .send_request("supplier-submitter", &request, &object)
        .await;
    assert_eq!(world.run_intake().await, [true]);
    let path = format!("/submissions/{reference}");
    let settled = world.get_json("supplier-submitter", &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["signer"]["id"], "supplier-aro-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_message_again_changes_nothing() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let reference = world
        .send("supplier-submitter", FileKind::Adt, &file, &signature)
        .await;
    let batch = world.queues.batch(1).await;
    for _ in 0..2 {
        let answer =
            sluice_functions::intake::handle(&world.backend, super::support::event(&batch)).await;
        assert!(answer.batch_item_failures.is_empty());
    }
    let settled = world
        .get_json("supplier-aro-1", &format!("/submissions/{reference}"))
        .await;
    let history = world
        .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}/history"))
        .await;
    let entries = history["items"].as_array().unwrap();
    let ours = entries
        .iter()
        .filter(|entry| entry["origin"]["submission"] == settled["reference"]);
    assert_eq!(ours.count(), 1);
    assert_eq!(settled["version"], 3, "started, received, settled");
}
