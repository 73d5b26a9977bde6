//! No port of the stack answers a page of another site, or a name that somebody pointed at this machine.

use http::header::{HOST, LOCATION, ORIGIN};
use reqwest::{Client, Method, RequestBuilder};
use sluice_local::origin::Origin;
use sluice_local::stack::{Options, Stack};
use sluice_testing::TestFolder;

/// A request to each port that would do something there.
fn requests(stack: &Stack) -> Vec<(&'static str, Origin, RequestBuilder)> {
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let urls = stack.urls();
    let ask = |origin: &Origin, method, path: &str| {
        let request = client.request(method, format!("{origin}{path}"));
        (origin.clone(), request)
    };
    let amazon = |(origin, request): (Origin, RequestBuilder), target: &str, body: &str| {
        let request = request
            .header("x-amz-target", target)
            .header("content-type", "application/x-amz-json-1.0")
            .header("authorization", "AWS4-HMAC-SHA256 Credential=a/20261101/eu-west-2/x/aws4_request, SignedHeaders=host, Signature=b")
            .header("x-amz-date", "20261101T000000Z")
            .body(body.to_owned());
        (origin, request)
    };
    let post = || Method::POST;
    let discovery = "/.well-known/openid-configuration";
    let named = |name, (origin, request)| (name, origin, request);
    vec![
        named("page", ask(&urls.page, Method::GET, "/config.json")),
        named("identity", ask(&urls.identity, Method::GET, discovery)),
        named(
            "storage",
            ask(&urls.s3, Method::GET, "/sluice-inbox?versions"),
        ),
        named(
            "tables",
            amazon(
                ask(&urls.dynamodb, post(), "/"),
                "DynamoDB_20120810.ListTables",
                "{}",
            ),
        ),
        named(
            "queue",
            amazon(ask(&urls.sqs, post(), "/"), "AmazonSQS.ListQueues", "{}"),
        ),
    ]
}

async fn started() -> (TestFolder, Stack) {
    let folder = TestFolder::new().unwrap();
    let stack = Stack::start(Options {
        functions: false,
        ..Options::for_tests(folder.path())
    });
    (folder, stack.await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_port_answers_a_page_of_another_site() {
    let (_folder, stack) = started().await;
    let page = stack.urls().page.to_string();
    for (name, _, request) in requests(&stack) {
        let again = || request.try_clone().unwrap();
        // Storage refuses by itself what is not signed, so it is the words that count.
        let refused = async |request: RequestBuilder| {
            let answer = request.send().await.unwrap();
            let status = answer.status();
            status == 403 && answer.text().await.unwrap().contains("This is Sluice's")
        };
        for other in [
            "https://example.org",
            "null",
            "http://127.0.0.1:1",
            "http://localhost:8600",
        ] {
            let other_site = again().header(ORIGIN, other);
            assert!(refused(other_site).await, "{name}, {other}");
        }
        let image = again()
            .header("sec-fetch-site", "cross-site")
            .header("sec-fetch-mode", "no-cors");
        assert!(refused(image).await, "{name}, an image of another site");
        for ours in [again(), again().header(ORIGIN, &page)] {
            let answer = ours.send().await.unwrap();
            let (status, text) = (answer.status(), answer.text().await.unwrap());
            assert!(!text.contains("This is Sluice's"), "{name}: {text}");
            assert!(status != 421 && status != 502, "{name}: {status}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_may_lead_here_from_anywhere() {
    let (_folder, stack) = started().await;
    let link = Client::new()
        .get(format!("{}/config.json", stack.urls().page))
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "navigate");
    assert_eq!(link.send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_port_answers_to_a_name_that_is_not_its_own() {
    let (_folder, stack) = started().await;
    for (name, origin, request) in requests(&stack) {
        let port = origin.host().rsplit_once(':').unwrap().1;
        let rebound = request
            .try_clone()
            .unwrap()
            .header(HOST, format!("rebound.example.org:{port}"));
        assert_eq!(rebound.send().await.unwrap().status(), 421, "{name}");
        if name == "page" {
            let typed = request
                .header(HOST, format!("localhost:{port}"))
                .send()
                .await
                .unwrap();
            let expected = format!("{origin}/config.json");
            assert_eq!(typed.headers()[LOCATION].to_str().unwrap(), expected);
        }
    }
}
