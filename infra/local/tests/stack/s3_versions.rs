//! Every version stays readable by its id.

use sluice_local::account::BUCKET;

use crate::support::{engines, folder, put, s3};

const KEY: &str = "large-supplier/4F7K-2M9Q-XW3T-8HBD";

#[tokio::test]
async fn an_older_version_is_read_by_its_id() {
    let folder = folder();
    let stack = engines(&folder).await;
    let first = put(&stack, KEY, "first").await;
    let second = put(&stack, KEY, "second").await;
    let read = async |version: Option<&str>| {
        let request = s3(&stack)
            .get_object()
            .bucket(BUCKET)
            .key(KEY)
            .set_version_id(version.map(str::to_owned));
        let body = request.send().await.unwrap().body.collect().await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    };
    assert_eq!(read(Some(&first)).await, "first");
    assert_eq!(read(Some(&second)).await, "second");
    assert_eq!(read(None).await, "second");
}

#[tokio::test]
async fn versions_are_listed_newest_first() {
    let folder = folder();
    let stack = engines(&folder).await;
    let first = put(&stack, KEY, "first").await;
    let second = put(&stack, KEY, "second").await;
    put(&stack, "network-operator/other", "other").await;
    let answer = s3(&stack)
        .list_object_versions()
        .bucket(BUCKET)
        .prefix("large-supplier/")
        .send()
        .await
        .unwrap();
    let listed = answer
        .versions()
        .iter()
        .map(|version| (version.version_id().unwrap(), version.is_latest().unwrap()));
    assert_eq!(
        listed.collect::<Vec<_>>(),
        [(second.as_str(), true), (first.as_str(), false)]
    );
}

#[tokio::test]
async fn a_version_that_never_was_is_not_found() {
    let folder = folder();
    let stack = engines(&folder).await;
    put(&stack, KEY, "first").await;
    let request = s3(&stack)
        .get_object()
        .bucket(BUCKET)
        .key(KEY)
        .version_id("00000000000000000000000000000000");
    let error = request.send().await.unwrap_err().into_service_error();
    assert_eq!(error.meta().code(), Some("NoSuchVersion"));
}

#[tokio::test]
async fn a_part_is_read_by_its_range() {
    let folder = folder();
    let stack = engines(&folder).await;
    put(&stack, KEY, "0123456789").await;
    let answer = s3(&stack)
        .get_object()
        .bucket(BUCKET)
        .key(KEY)
        .range("bytes=2-4")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.content_range(), Some("bytes 2-4/10"));
    assert_eq!(answer.body.collect().await.unwrap().to_vec(), b"234");
}
