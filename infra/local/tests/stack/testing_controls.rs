//! Test controls do what they say, and are not there unless asked for.

use serde_json::{Value, json};
use sluice_local::stack::{Options, Stack};

use crate::support::{Folder, presign_now};
use crate::way_of_a_file::Sender;

async fn control(stack: &Stack, name: &str, body: Value) -> u16 {
    let url = format!("{}/testing/{name}", stack.urls().identity);
    reqwest::Client::new()
        .post(url)
        .json(&body)
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_off_by_default() {
    let folder = Folder::new();
    let options = Options {
        testing: false,
        functions: false,
        ..Options::for_tests(folder.path())
    };
    let stack = Stack::start(options).await.unwrap();
    assert_eq!(
        control(&stack, "clock", json!({ "aheadSeconds": 960 })).await,
        404
    );
    assert!(!folder.path().join("pki/faults").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shifted_clock_expires_sign_ins() {
    let folder = Folder::new();
    let stack = Stack::start(Options::for_tests(folder.path()))
        .await
        .unwrap();
    let sender = Sender::new(&stack, "supplier-aro-1");
    assert_eq!(sender.get("/me").await.0, 200);
    assert_eq!(
        control(&stack, "clock", json!({ "aheadSeconds": 660 })).await,
        204
    );
    assert_eq!(sender.get("/me").await.0, 401);
    assert_eq!(
        control(&stack, "clock", json!({ "aheadSeconds": 0 })).await,
        204
    );
    assert_eq!(sender.get("/me").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_goes_down_and_comes_back() {
    let folder = Folder::new();
    let stack = Stack::start(Options {
        functions: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap();
    let upload = presign_now(&stack, "large-supplier/x", "hello").await;
    control(&stack, "s3", json!({ "down": true })).await;
    assert_eq!(upload.put("hello").await.0, 503);
    control(&stack, "s3", json!({ "down": false })).await;
    assert_eq!(upload.put("hello").await.0, 200);
}
