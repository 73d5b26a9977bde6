//! What a reviewer signed can be had by who may see the submission, and is named in the receipt.

use http::StatusCode;
use sha2::{Digest, Sha256};
use sluice_shared::files::FileKind;
use sluice_shared::profile::Profile;
use sluice_shared::review::SignedDecision;
use sluice_shared::signature::{TrustAnchors, verify_receipt};
use sluice_shared::submission::Decision;

use super::support::{IMPORT, World, decision, send};

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_names_the_signed_decision_which_can_be_downloaded() {
    for made in [Decision::Accept, Decision::Refuse] {
        let world = World::new().await;
        let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
        let signer = world.signer("supplier-aro-1");
        let held = world
            .settle("supplier-submitter", FileKind::Adt, &file, &signer)
            .await;
        let reference = held["reference"].as_str().unwrap();
        let path = format!("/submissions/{reference}/decision");
        let (status, _) = world.get("supplier-submitter", &path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "nobody has decided");

        let settled = world
            .decide(&held["reference"], &decision(made, &held))
            .await;
        let signature = &settled["decisionSignature"];
        assert_eq!(
            signature["signer"]["subject"],
            "CN=DCC reviewer 1,O=DCC,C=GB"
        );
        let downloaded = download(&world, "supplier-submitter", &path).await;
        let digest = hex::encode(Sha256::digest(&downloaded));
        assert_eq!(signature["sha256"], digest.as_str());
        let parsed = SignedDecision::parse(&downloaded).unwrap();
        assert_eq!(parsed.statement().decision, made);
        assert_eq!(parsed.statement().submission.to_string(), reference);
        assert_eq!(parsed.statement().file_digest.to_string(), held["sha256"]);
        assert_eq!(parsed.statement().verdict.to_string(), held["verdict"]);

        let receipt = download(
            &world,
            "supplier-submitter",
            &format!("/submissions/{reference}/receipt"),
        )
        .await;
        let anchors = TrustAnchors::parse(world.authority.root.as_bytes()).unwrap();
        let purposes = &Profile::standard().signing.accepted_key_purposes;
        let (receipt, _) = verify_receipt(&anchors, purposes, world.now(), &receipt).unwrap();
        let named = receipt.decision.unwrap();
        assert_eq!(named.reviewer.as_str(), "reviewer-1");
        assert_eq!(named.decision, made);
        assert_eq!(named.sha256.to_string(), digest);

        let (status, _) = world.get("network-aro-1", &path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "another organisation");
    }
}

async fn download(world: &World, person: &str, path: &str) -> Vec<u8> {
    let request = http::Request::builder()
        .uri(format!("/api{path}"))
        .header("authorization", format!("Bearer {}", world.token(person)))
        .body(axum::body::Body::empty())
        .unwrap();
    let (status, _, body) = send(world.router(), request).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    body
}
