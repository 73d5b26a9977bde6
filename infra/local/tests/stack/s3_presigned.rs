//! A presigned upload is good for exactly what was announced, once, in time.

use std::time::{Duration, SystemTime};

use aws_sdk_s3::presigning::PresigningConfig;
use sluice_local::account::BUCKET;

use crate::support::{answer, engines, folder, presign, presign_now, put, s3, stored};

const KEY: &str = "large-supplier/4F7K-2M9Q-XW3T-8HBD";
const FILE: &str = "UserID,ServiceReferenceVariant\r\n";

#[tokio::test]
async fn what_was_announced_is_stored() {
    let folder = folder();
    let stack = engines(&folder).await;
    let upload = presign_now(&stack, KEY, FILE).await;
    assert_eq!(upload.put(FILE).await, (200, String::new()));
    assert_eq!(stored(&stack).await, 1);
}

#[tokio::test]
async fn other_bytes_of_the_same_length_are_refused() {
    let folder = folder();
    let stack = engines(&folder).await;
    let upload = presign_now(&stack, KEY, FILE).await;
    let other = FILE.replace("User", "Loser").replace("ID,", "I,");
    assert_eq!(other.len(), FILE.len());
    assert_eq!(upload.put(&other).await, (400, "BadDigest".to_owned()));
    assert_eq!(stored(&stack).await, 0);
}

#[tokio::test]
async fn another_length_is_refused() {
    let folder = folder();
    let stack = engines(&folder).await;
    let upload = presign_now(&stack, KEY, FILE).await;
    assert_eq!(
        upload.put(&format!("{FILE}x")).await,
        (403, "SignatureDoesNotMatch".to_owned())
    );
    assert_eq!(
        upload.put(&FILE[1..]).await,
        (403, "SignatureDoesNotMatch".to_owned())
    );
    assert_eq!(stored(&stack).await, 0);
}

#[tokio::test]
async fn every_signed_header_counts() {
    let folder = folder();
    let stack = engines(&folder).await;
    let upload = presign_now(&stack, KEY, FILE).await;
    let checksum = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    for other in [
        ("content-type", "text/html"),
        ("x-amz-checksum-sha256", checksum),
        ("if-none-match", "\"x\""),
    ] {
        let changed = upload.request(Some(other)).body(FILE);
        assert_eq!(
            answer(changed).await,
            (403, "SignatureDoesNotMatch".to_owned()),
            "{other:?}"
        );
    }
    assert_eq!(stored(&stack).await, 0);
}

#[tokio::test]
async fn the_address_is_good_for_its_own_key_only() {
    let folder = folder();
    let stack = engines(&folder).await;
    let mut upload = presign_now(&stack, KEY, FILE).await;
    upload.url = upload.url.replace("large-supplier", "network-operator");
    assert_eq!(
        upload.put(FILE).await,
        (403, "SignatureDoesNotMatch".to_owned())
    );
}

#[tokio::test]
async fn after_its_time_the_address_is_refused() {
    let folder = folder();
    let stack = engines(&folder).await;
    let config = PresigningConfig::builder()
        .start_time(SystemTime::now() - Duration::from_secs(301))
        .expires_in(Duration::from_mins(5))
        .build()
        .unwrap();
    let upload = presign(&stack, KEY, FILE, config).await;
    let (status, code) = upload.put(FILE).await;
    assert_eq!((status, code.as_str()), (403, "AccessDenied"));
    assert_eq!(stored(&stack).await, 0);
}

#[tokio::test]
async fn a_second_upload_of_the_key_is_refused() {
    let folder = folder();
    let stack = engines(&folder).await;
    let upload = presign_now(&stack, KEY, FILE).await;
    assert_eq!(upload.put(FILE).await.0, 200);
    assert_eq!(
        upload.put(FILE).await,
        (412, "PreconditionFailed".to_owned())
    );
    assert_eq!(stored(&stack).await, 1);
}

#[tokio::test]
async fn of_two_uploads_at_once_one_wins() {
    let folder = folder();
    let stack = engines(&folder).await;
    let upload = presign_now(&stack, KEY, FILE).await;
    let (one, other) = futures::join!(upload.put(FILE), upload.put(FILE));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    assert_eq!(stored(&stack).await, 1);
}

#[tokio::test]
async fn without_a_signature_nothing_is_read_or_written() {
    let folder = folder();
    let stack = engines(&folder).await;
    put(&stack, KEY, FILE).await;
    let url = format!("{}/sluice-inbox/{KEY}", stack.urls().s3);
    let client = reqwest::Client::new();
    assert_eq!(
        answer(client.get(&url)).await,
        (403, "AccessDenied".to_owned())
    );
    assert_eq!(
        answer(client.put(&url).body(FILE)).await,
        (403, "AccessDenied".to_owned())
    );
}

#[tokio::test]
async fn a_checksum_of_another_kind_is_compared_too() {
    let folder = folder();
    let stack = engines(&folder).await;
    // The CRC-32 of no bytes at all.
    let request = s3(&stack)
        .put_object()
        .bucket(BUCKET)
        .key(KEY)
        .checksum_crc32("AAAAAA==");
    let error = request
        .body(FILE.as_bytes().to_vec().into())
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert_eq!(error.meta().code(), Some("BadDigest"));
    assert_eq!(stored(&stack).await, 0);
}
