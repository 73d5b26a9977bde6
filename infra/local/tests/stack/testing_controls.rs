//! Test controls do what they say, and are not there unless asked for.

use http::Method;
use serde_json::{Value, json};
use sluice_local::stack::{Options, Stack};

use crate::support::{client, folder, presign_now};

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
    let folder = folder();
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
    let folder = folder();
    let stack = Stack::start(Options::for_tests(folder.path()))
        .await
        .unwrap();
    let sender = client(&stack, "supplier-aro-1");
    let status = async || {
        let answer = sender.send_raw(Method::GET, "/me", &[], Vec::new()).await;
        answer.unwrap().status().as_u16()
    };
    assert_eq!(status().await, 200);
    assert_eq!(
        control(&stack, "clock", json!({ "aheadSeconds": 660 })).await,
        204
    );
    assert_eq!(status().await, 401);
    assert_eq!(
        control(&stack, "clock", json!({ "aheadSeconds": 0 })).await,
        204
    );
    assert_eq!(status().await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_goes_down_and_comes_back() {
    let folder = folder();
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
