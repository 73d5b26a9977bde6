//! Browsers may upload from the page's origin and from no other.

use reqwest::{Method, Response};
use sluice_local::stack::Stack;

use crate::support::{engines, folder, presign_now};

async fn preflight(stack: &Stack, origin: &str, method: &str) -> Response {
    reqwest::Client::new()
        .request(
            Method::OPTIONS,
            format!("{}/sluice-inbox/large-supplier/x", stack.urls().s3),
        )
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header(
            "access-control-request-headers",
            "content-type,if-none-match,x-amz-checksum-sha256",
        )
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn the_page_may_put_with_its_headers() {
    let folder = folder();
    let stack = engines(&folder).await;
    let page = stack.urls().page.as_str();
    let answer = preflight(&stack, page, "PUT").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], page);
    assert!(
        answer.headers()["access-control-allow-methods"]
            .to_str()
            .unwrap()
            .contains("PUT")
    );
    assert_eq!(
        answer.headers()["access-control-allow-headers"],
        "content-type,if-none-match,x-amz-checksum-sha256"
    );
}

#[tokio::test]
async fn no_other_origin_may_and_the_page_may_not_delete() {
    let folder = folder();
    let stack = engines(&folder).await;
    let page = stack.urls().page.as_str();
    for (origin, method) in [
        ("http://example.org", "PUT"),
        ("null", "PUT"),
        (&format!("{page}0"), "PUT"),
        (page, "DELETE"),
    ] {
        let answer = preflight(&stack, origin, method).await;
        assert_eq!(answer.status(), 403, "{origin} {method}");
        assert!(
            !answer.headers().contains_key("access-control-allow-origin"),
            "{origin} {method}"
        );
    }
}

#[tokio::test]
async fn the_page_reads_tag_and_version_of_its_upload_and_the_reason_of_a_refusal() {
    let folder = folder();
    let stack = engines(&folder).await;
    let page = stack.urls().page.as_str();
    let upload = presign_now(&stack, "large-supplier/x", "hello").await;
    for status in [200, 412] {
        let answer = upload
            .request(None)
            .header("origin", page)
            .body("hello")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["access-control-allow-origin"], page);
        assert!(
            answer.headers()["access-control-expose-headers"]
                .to_str()
                .unwrap()
                .contains("x-amz-version-id")
        );
    }
}
