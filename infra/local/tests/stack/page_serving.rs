//! What a browser loads: files of the build, their headers, and one name for the origin.

use std::fs;

use reqwest::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH,
    LOCATION,
};
use reqwest::{Client, redirect::Policy};
use sluice_local::stack::{Options, Stack};

use sluice_testing::TestFolder;

use crate::support::folder;

async fn with_page(folder: &TestFolder) -> Stack {
    let page = folder.path().join("page");
    fs::create_dir_all(page.join("assets")).unwrap();
    fs::write(
        page.join("index.html"),
        "<!doctype html><title>Sluice</title>",
    )
    .unwrap();
    fs::write(page.join("assets/sluice-0123abcd.wasm"), "wasm").unwrap();
    fs::write(page.join("assets/sluice-0123abcd.wasm.br"), "brotli").unwrap();
    let state = folder.path().join("state");
    let options = Options {
        page: Some(page),
        functions: false,
        testing: false,
        ..Options::for_tests(state)
    };
    Stack::start(options).await.unwrap()
}

fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

#[tokio::test]
async fn every_address_of_the_page_shows_the_page() {
    let folder = folder();
    let stack = with_page(&folder).await;
    for path in ["/", "/send", "/submissions/4F7K-2M9Q-XW3T-8HBD"] {
        let answer = client()
            .get(format!("{}{path}", stack.urls().page))
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.headers()[CONTENT_TYPE],
            "text/html; charset=utf-8",
            "{path}"
        );
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-cache", "{path}");
        assert!(
            answer.text().await.unwrap().contains("<title>Sluice"),
            "{path}"
        );
    }
    let missing = client()
        .get(format!("{}/assets/none.js", stack.urls().page))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn compressed_files_go_to_those_who_take_them_and_are_not_sent_twice() {
    let folder = folder();
    let stack = with_page(&folder).await;
    let url = format!("{}/assets/sluice-0123abcd.wasm", stack.urls().page);
    let plain = client().get(&url).send().await.unwrap();
    assert!(!plain.headers().contains_key(CONTENT_ENCODING));
    assert_eq!(plain.headers()[CONTENT_TYPE], "application/wasm");
    let answer = client()
        .get(&url)
        .header(ACCEPT_ENCODING, "gzip, br")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()[CONTENT_ENCODING], "br");
    assert!(
        answer.headers()[CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let tag = answer.headers()[ETAG].clone();
    assert_ne!(plain.headers()[ETAG], tag);
    let again = client()
        .get(&url)
        .header(ACCEPT_ENCODING, "br")
        .header(IF_NONE_MATCH, tag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
}

#[tokio::test]
async fn the_policy_allows_the_page_its_own_services_and_nothing_else() {
    let folder = folder();
    let stack = with_page(&folder).await;
    let answer = client()
        .get(format!("{}/", stack.urls().page))
        .send()
        .await
        .unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    let connect = format!(
        "connect-src 'self' {} {};",
        stack.urls().s3,
        stack.urls().identity
    );
    assert!(
        policy.starts_with("default-src 'none'; ") && policy.contains(&connect),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn the_page_learns_where_everything_is() {
    let folder = folder();
    let stack = with_page(&folder).await;
    let config: serde_json::Value = reqwest::get(format!("{}/config.json", stack.urls().page))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(config["issuer"], stack.urls().identity.as_str());
    assert_eq!(
        (&config["clientId"], &config["api"]),
        (&"sluice-page".into(), &"/api".into())
    );
}

#[tokio::test]
async fn another_name_of_this_machine_leads_to_the_one_origin_or_nowhere() {
    let folder = folder();
    let stack = with_page(&folder).await;
    let port = stack
        .urls()
        .page
        .host()
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    let ask = async |host: String| {
        client()
            .get(format!("{}/send?step=2", stack.urls().page))
            .header(HOST, host)
            .send()
            .await
            .unwrap()
    };
    let typed = ask(format!("localhost:{port}")).await;
    assert_eq!(
        typed.headers()[LOCATION].to_str().unwrap(),
        format!("{}/send?step=2", stack.urls().page)
    );
    assert_eq!(
        ask(format!("rebound.example.org:{port}")).await.status(),
        421
    );
}
