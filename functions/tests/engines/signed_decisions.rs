//! What a reviewer signed can be had by who may see the submission, and is named in the receipt.

use http::StatusCode;
use sha2::{Digest, Sha256};
use sluice_shared::api::{Base64Bytes, SignedRequest};
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
        .uri(format!("/api{}{path}", world.entrance(person).prefix()))
        .header("authorization", format!("Bearer {}", world.token(person)))
        .body(axum::body::Body::empty())
        .unwrap();
    let (status, _, body) = send(world.router(), request).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_statement_is_said_by_its_member() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let aro = world.signer("supplier-aro-1");
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &file, &aro)
        .await;
    let reference = held["reference"].as_str().unwrap();
    let path = format!("/reviews/{reference}/decision");
    let signer = world.signer("reviewer-1");
    let statement = serde_json::json!({
        "submission": reference, "fileDigest": "00".repeat(32), "verdict": "00".repeat(32),
        "decision": "accept", "reason": "As announced.", "decidedAt": world.now(),
    });
    let with = |name: &str, value: serde_json::Value| {
        let mut changed = statement.clone();
        changed[name] = value;
        changed.to_string()
    };
    for (content, expected) in [
        (
            with("reason", "\u{200d}".repeat(9).into()),
            "at least 3 characters",
        ),
        (with("reason", "x".repeat(2_001).into()), "2,000 characters"),
        (with("decision", "maybe".into()), "is not one of"),
        (with("x", 1.into()), "x is not known here"),
        ("no JSON".to_owned(), "It cannot be read as JSON"),
    ] {
        let bytes = signer.sign_enveloping(content, world.now()).unwrap();
        let request = SignedRequest {
            signed: Base64Bytes(bytes),
        };
        let (status, problem) = world.post("reviewer-1", &path, "-", &request).await;
        assert_eq!(status, 422, "{problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(expected), "{expected}: {detail}");
        assert!(
            detail.starts_with("The decision inside the signature"),
            "{detail}"
        );
    }
}
