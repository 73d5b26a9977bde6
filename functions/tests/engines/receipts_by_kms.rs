//! Receipts signed by a key that nobody holds. There is no KMS here: a small server on loopback speaks its one action that is used,
//! `Sign`, with the demonstration's receipt key. How the real one answers is shown on `LocalStack`.

use sluice_shared::files::FileKind;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use axum::{Json, Router};
use base64ct::{Base64, Encoding};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::DecodePrivateKey;
use serde_json::{Value, json};
use sluice_functions::{Clients, ReceiptError, ReceiptKey, ReceiptKeySource, receipt_of};
use sluice_local::aws;
use sluice_local::origin::Origin;
use sluice_shared::identifiers::SubmissionId;
use sluice_shared::signature::{Receipt, ReceiptOutcome, TrustAnchors, verify_receipt};
use tokio::net::TcpListener;

use super::support::{GAS, World};

const KEY_ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

/// Speaks `Sign`, and holds every member of the request to what KMS would want.
async fn sign(State(key): State<Arc<SigningKey>>, headers: HeaderMap, body: String) -> Json<Value> {
    assert_eq!(headers["x-amz-target"], "TrentService.Sign");
    assert!(
        headers["authorization"]
            .to_str()
            .unwrap()
            .starts_with("AWS4-HMAC-SHA256")
    );
    let request: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(request["KeyId"], KEY_ID);
    assert_eq!(request["MessageType"], "DIGEST");
    assert_eq!(request["SigningAlgorithm"], "ECDSA_SHA_256");
    let digest = Base64::decode_vec(request["Message"].as_str().unwrap()).unwrap();
    assert_eq!(digest.len(), 32);
    let signature: DerSignature = key.sign_prehash(&digest).unwrap();
    Json(json!({
        "KeyId": format!("arn:aws:kms:eu-west-2:000000000000:key/{KEY_ID}"),
        "Signature": Base64::encode_string(signature.as_bytes()),
        "SigningAlgorithm": "ECDSA_SHA_256",
    }))
}

/// The receipt key of settings that name KMS, where KMS signs with `key`.
async fn by_kms(world: &World, key: SigningKey) -> ReceiptKey {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = Origin::from_address(listener.local_addr().unwrap());
    let router = Router::new()
        .route("/", post(sign))
        .with_state(Arc::new(key));
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    let mut settings = (*world.backend.settings).clone();
    settings.receipts.as_mut().unwrap().key = ReceiptKeySource::Kms(KEY_ID.to_owned());
    let kms = Clients::from_config(&aws::config(&address)).kms;
    ReceiptKey::from_settings(&settings, &kms).unwrap().unwrap()
}

/// What a receipt says of a submission that was accepted.
async fn receipt(world: &World) -> Receipt {
    let file = world.adt(GAS, |_, level| Some(level + 1)).await;
    let signer = world.signer("supplier-aro-1");
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let id: SubmissionId = settled["reference"].as_str().unwrap().parse().unwrap();
    let record = world.backend.submissions.find(&id).await.unwrap().unwrap();
    receipt_of(&record, ReceiptOutcome::Accepted, world.now()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_signed_by_kms_verifies_like_any_other() {
    let world = World::new().await;
    let key = SigningKey::from_pkcs8_pem(&world.authority.receipt_key).unwrap();
    let said = receipt(&world).await;
    let signed = by_kms(&world, key)
        .await
        .sign(&said, world.now())
        .await
        .unwrap();
    let anchors = TrustAnchors::parse(world.authority.root.as_bytes()).unwrap();
    let (read, verified) = verify_receipt(
        &anchors,
        &world.backend.settings.profile.signing.accepted_key_purposes,
        world.now(),
        &signed,
    )
    .unwrap();
    assert_eq!(read, said);
    assert!(
        verified.subject.as_str().contains("DCC"),
        "{}",
        verified.subject
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_of_another_key_makes_no_receipt() {
    let world = World::new().await;
    let said = receipt(&world).await;
    let other = SigningKey::from_slice(&[7; 32]).unwrap();
    let signed = by_kms(&world, other).await.sign(&said, world.now()).await;
    assert!(matches!(signed, Err(ReceiptError::OtherKey)), "{signed:?}");
}
