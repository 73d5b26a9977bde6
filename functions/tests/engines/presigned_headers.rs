//! What an upload's address binds, and what a browser is told of it: storage's CORS rule lets it send no other header.

use sluice_shared::files::FileKind;
use std::collections::BTreeSet;

use super::support::{IMPORT, World};

/// As in the template's CORS rule.
const TOLD: [&str; 4] = [
    "content-type",
    "if-none-match",
    "x-amz-checksum-sha256",
    "x-amz-meta-sent-by",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_bound_and_so_are_host_and_length() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = World::request(FileKind::Adt, &file, b"-");
    let (_, started) = world
        .start("supplier-submitter", "bound-headers", &request)
        .await;
    let upload = started.upload.unwrap();
    let told: BTreeSet<_> = upload.headers.keys().map(String::as_str).collect();
    assert_eq!(told, BTreeSet::from(TOLD));
    let url = reqwest::Url::parse(&upload.url).unwrap();
    let signed = url
        .query_pairs()
        .find(|(name, _)| name == "X-Amz-SignedHeaders");
    let (_, signed) = signed.unwrap();
    let bound: BTreeSet<_> = signed.split(';').collect();
    let mut expected = BTreeSet::from(TOLD);
    expected.extend(["content-length", "host"]);
    assert_eq!(bound, expected);
}
