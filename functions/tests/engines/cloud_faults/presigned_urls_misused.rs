//! A presigned upload that is used in another way than it was made for. What storage refuses:
//!
//! - a second use (412: `If-None-Match` is signed with it), a use after its time, another length, another type, another key: 403;
//! - other bytes of the same length: 400, by the signed SHA-256.
//!
//! What storage **cannot** refuse is a request from another web page: a `PUT` carries no proof of the page that sends it, and whoever
//! holds the address may use it, once, for the very bytes that were announced. Browsers ask before they let another page do so
//! (preflight), and keep the answer from it (`Access-Control-Allow-Origin`): those two answers are held to the page's origin here.

use sluice_shared::files::FileKind;
use std::time::Duration;

use http::HeaderMap;
use sluice_functions::inbox::{ObjectKey, PresignedUpload};
use sluice_shared::api::Upload;

use super::{in_force_once, seen};
use crate::support::{IMPORT, World, put};

const FOREIGN: &str = "https://elsewhere.example";

/// A submission that waits for its file.
struct Awaited {
    world: World,
    file: String,
    reference: String,
    upload: Upload,
}

impl Awaited {
    async fn new() -> Self {
        let world = World::new().await;
        let file = world.adt(IMPORT, |_, level| Some(level)).await;
        let signature = world
            .signer("supplier-aro-1")
            .sign(&file, world.now())
            .unwrap();
        let request = World::request(FileKind::Adt, &file, &signature);
        let (_, started) = world
            .start("supplier-submitter", "presigned-1", &request)
            .await;
        Self {
            world,
            file,
            reference: started.submission.reference.to_string(),
            upload: started.upload.unwrap(),
        }
    }

    /// Nothing is stored and nobody was told; then the right upload works as if nothing had been.
    async fn nothing_happened(self) {
        assert!(self.world.queues.is_empty().await);
        let inbox = self.world.backend.inbox.as_ref().unwrap();
        assert!(
            inbox.open(&self.key(), None).await.is_err(),
            "nothing is there"
        );
        let before = seen(&self.world, &self.reference).await;
        assert_eq!(before["state"], "awaiting-upload");
        assert_eq!(put(&self.upload, self.file.into_bytes()).await, 200);
        assert_eq!(self.world.run_intake().await, [true]);
        in_force_once(&self.world, &self.reference).await;
    }

    fn key(&self) -> ObjectKey {
        ObjectKey::parse(&format!("large-supplier/{}", self.reference)).unwrap()
    }

    fn with_header(&self, name: &str, value: &str) -> Upload {
        let mut upload = self.upload.clone();
        upload.headers.insert(name.to_owned(), value.to_owned());
        upload
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_upload_is_refused_and_the_first_counts() {
    let awaited = Awaited::new().await;
    let bytes = awaited.file.clone().into_bytes();
    assert_eq!(put(&awaited.upload, bytes.clone()).await, 200);
    assert_eq!(put(&awaited.upload, bytes.clone()).await, 412);
    assert_eq!(awaited.world.run_intake().await, [true]);
    assert_eq!(put(&awaited.upload, bytes).await, 412, "afterwards, too");
    assert!(awaited.world.queues.is_empty().await, "one message");
    in_force_once(&awaited.world, &awaited.reference).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_after_its_time_is_refused_and_a_new_address_works() {
    let awaited = Awaited::new().await;
    let digest = World::request(FileKind::Adt, &awaited.file, b"-").sha256;
    let length = awaited.file.len() as u64;
    let valid = Duration::from_secs(1);
    let uploads = &awaited.world.backend.uploads;
    let sender = "supplier-submitter".parse().unwrap();
    let PresignedUpload { url, headers } = uploads
        .presign(&awaited.key(), length, &digest, "text/csv", &sender, valid)
        .await
        .unwrap();
    let upload = Upload {
        url,
        headers,
        ..awaited.upload.clone()
    };
    tokio::time::sleep(Duration::from_secs(3)).await;
    let late = put(&upload, awaited.file.clone()).await;
    assert_eq!(late, 403);
    awaited.nothing_happened().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_another_length_and_another_type_are_refused() {
    let awaited = Awaited::new().await;
    let other = awaited.file.replace("7.2", "7.1").into_bytes();
    assert_eq!(other.len(), awaited.file.len());
    assert_eq!(
        put(&awaited.upload, other.clone()).await,
        400,
        "other bytes"
    );
    // Who changes the announced digest with the bytes breaks the signature.
    let digest = World::request(FileKind::Adt, "other", b"-").sha256;
    let forged = awaited.with_header("x-amz-checksum-sha256", &digest.to_string());
    assert_eq!(put(&forged, other).await, 403, "with their own digest");
    let bytes = awaited.file.clone().into_bytes();
    let shorter = bytes[1..].to_vec();
    assert_eq!(put(&awaited.upload, shorter).await, 403, "another length");
    let html = awaited.with_header("content-type", "text/html");
    assert_eq!(put(&html, bytes.clone()).await, 403, "another type");
    let any = awaited.with_header("if-none-match", "\"an-etag\"");
    assert_eq!(put(&any, bytes.clone()).await, 403, "without the condition");
    let mut elsewhere = awaited.upload.clone();
    elsewhere.url = elsewhere.url.replace("large-supplier", "network-operator");
    assert_eq!(put(&elsewhere, bytes).await, 403, "another key");
    awaited.nothing_happened().await;
}

/// What a browser asks before it lets a page of `origin` upload.
async fn preflight(upload: &Upload, origin: &str) -> (u16, HeaderMap) {
    let answer = reqwest::Client::new()
        .request(http::Method::OPTIONS, &upload.url)
        .header("origin", origin)
        .header("access-control-request-method", "PUT")
        .header(
            "access-control-request-headers",
            "content-type,if-none-match,x-amz-checksum-sha256,x-amz-meta-sent-by",
        )
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.headers().clone())
}

/// Whether a browser would let a page of `origin` go on.
fn lets(headers: &HeaderMap, origin: &str) -> bool {
    headers
        .get("access-control-allow-origin")
        .is_some_and(|allowed| allowed == origin || allowed == "*")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_told_to_keep_other_pages_from_an_upload() {
    let awaited = Awaited::new().await;
    let page = awaited.world.backend.settings.page_origin.clone();
    let (status, headers) = preflight(&awaited.upload, &page).await;
    assert!(
        (200..300).contains(&status) && lets(&headers, &page),
        "{status} {headers:?}"
    );
    for foreign in [FOREIGN, "null"] {
        let (status, headers) = preflight(&awaited.upload, foreign).await;
        assert_eq!(status, 403, "{foreign}");
        assert!(!lets(&headers, foreign), "{foreign}: {headers:?}");
    }
    // Not a browser: nothing asks first. The bytes are those that were announced, so that nothing is gained by it.
    let mut request = reqwest::Client::new().put(&awaited.upload.url);
    for (name, value) in &awaited.upload.headers {
        request = request.header(name, value);
    }
    let request = request.body(awaited.file.clone());
    let answer = request.send().await.unwrap();
    assert!(!lets(answer.headers(), FOREIGN), "{:?}", answer.headers());
    assert_eq!(answer.status(), 200);
    assert_eq!(awaited.world.run_intake().await, [true]);
    in_force_once(&awaited.world, &awaited.reference).await;
}
