//! A stack for each test, in a folder that goes with it.

use std::time::Duration;

use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};
use sluice_local::account::{BUCKET, QUEUE};
use sluice_local::aws;
use sluice_local::demo::people::{Organisation, Person};
use sluice_local::queue::{Queue, Settings};
use sluice_local::stack::{Options, Stack};
use sluice_shared::directory::Entrance;
use sluice_testing::{Client, TestFolder};

/// A folder that is removed when the test ends.
pub(crate) fn folder() -> TestFolder {
    TestFolder::new().unwrap()
}

/// A client of the stack's API, as this person of the demonstration.
pub(crate) fn client(stack: &Stack, person: &str) -> Client {
    let person = Person::find(person).unwrap();
    let token = stack.identity().access_token(person, 600);
    let client = Client::over_http(stack.urls().page.as_str(), token).unwrap();
    client.at(match person.organisation {
        Organisation::Dcc => Entrance::Staff,
        Organisation::LargeSupplier | Organisation::NetworkOperator => Entrance::Users,
    })
}

/// Storage, queue and identity without functions that would take messages away.
pub(crate) async fn engines(folder: &TestFolder) -> Stack {
    Stack::start(Options {
        functions: false,
        testing: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap()
}

pub(crate) fn s3(stack: &Stack) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::config::Builder::from(&aws::config(&stack.urls().s3))
        .force_path_style(true)
        .build();
    aws_sdk_s3::Client::from_conf(config)
}

pub(crate) fn sqs(stack: &Stack) -> aws_sdk_sqs::Client {
    aws_sdk_sqs::Client::new(&aws::config(&stack.urls().sqs))
}

pub(crate) fn queue_url(stack: &Stack) -> String {
    format!("{}/000000000000/{QUEUE}", stack.urls().sqs)
}

/// A queue of its own, whose messages come back and die soon.
pub(crate) fn hasty_queue(folder: &TestFolder) -> (Queue, Queue) {
    let settings = Settings {
        visibility: Duration::from_millis(50),
        max_receives: 2,
    };
    let dead = Queue::open(&folder.path().join("dead"), "dead", settings, None).unwrap();
    let main = Queue::open(
        &folder.path().join("main"),
        "main",
        settings,
        Some(dead.clone()),
    )
    .unwrap();
    (main, dead)
}

pub(crate) async fn put(stack: &Stack, key: &str, body: &str) -> String {
    let body = ByteStream::from(body.as_bytes().to_vec());
    let answer = s3(stack)
        .put_object()
        .bucket(BUCKET)
        .key(key)
        .body(body)
        .send()
        .await
        .unwrap();
    answer.version_id().unwrap().to_owned()
}

/// An upload as the API announces it: exact length, type, SHA-256, and only if there is none.
pub(crate) struct Presigned {
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
}

pub(crate) async fn presign(
    stack: &Stack,
    key: &str,
    content: &str,
    config: PresigningConfig,
) -> Presigned {
    let request = s3(stack)
        .put_object()
        .bucket(BUCKET)
        .key(key)
        .content_type("text/csv")
        .content_length(i64::try_from(content.len()).unwrap())
        .checksum_sha256(Base64::encode_string(&Sha256::digest(content)))
        .if_none_match("*")
        .presigned(config)
        .await
        .unwrap();
    let headers = request
        .headers()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Presigned {
        url: request.uri().to_owned(),
        headers,
    }
}

pub(crate) async fn presign_now(stack: &Stack, key: &str, content: &str) -> Presigned {
    presign(
        stack,
        key,
        content,
        PresigningConfig::expires_in(Duration::from_mins(5)).unwrap(),
    )
    .await
}

impl Presigned {
    /// The request with these headers, but for the one named, which has another value.
    pub(crate) fn request(&self, other: Option<(&str, &str)>) -> reqwest::RequestBuilder {
        let mut request = reqwest::Client::new().put(&self.url);
        for (name, value) in &self.headers {
            let value = other
                .filter(|(changed, _)| changed == name)
                .map_or(value.as_str(), |(_, value)| value);
            if name != "content-length" {
                request = request.header(name, value);
            }
        }
        request
    }

    /// Sends `content` under the signed headers: its status and S3's error code.
    pub(crate) async fn put(&self, content: &str) -> (u16, String) {
        answer(self.request(None).body(content.to_owned())).await
    }
}

pub(crate) async fn answer(request: reqwest::RequestBuilder) -> (u16, String) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let code = text
        .split_once("<Code>")
        .and_then(|(_, rest)| rest.split_once("</Code>"))
        .map(|(code, _)| code.to_owned());
    (status, code.unwrap_or_default())
}

pub(crate) async fn stored(stack: &Stack) -> usize {
    let answer = s3(stack)
        .list_object_versions()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    answer.versions().len()
}
