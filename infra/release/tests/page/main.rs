//! A page on a server of the test's own, as it was released and otherwise: whoever asks is told which.
#![allow(clippy::unwrap_used)]

mod released;
mod site;

use std::collections::BTreeMap;

use sluice_release::{POLICY, VerifyError, list_page, verify_page};
use sluice_testing::TestFolder;

use released::{SIGNER, Signing};
use site::{Answer, Site};

const FILES: [(&str, &str); 3] = [
    (
        "index.html",
        "<!doctype html><script src=/assets/boot.js></script>",
    ),
    ("assets/boot.js", "start();"),
    ("assets/program/sluice.wasm", "\0asm"),
];

/// A page of a few files, with its signed list, on a server.
fn site_signed_by(signing: &Signing) -> Site {
    let folder = TestFolder::new().unwrap();
    for (path, content) in FILES {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }
    // What a server makes itself of a file is no part of a release.
    std::fs::write(folder.path().join("index.html.br"), "compressed").unwrap();
    let list = serde_json::to_vec(&list_page(folder.path()).unwrap()).unwrap();
    let policy = POLICY.replace("${Uploads}", "https://uploads.example");
    let page = |content: &[u8]| Answer::new(content.to_vec()).with_policy(&policy);
    let mut answers: BTreeMap<String, Answer> = FILES
        .iter()
        .map(|(path, content)| (format!("/{path}"), page(content.as_bytes())))
        .collect();
    for address in ["/", "/submissions"] {
        answers.insert(address.to_owned(), page(FILES[0].1.as_bytes()));
    }
    answers.insert("/release.p7m".to_owned(), page(&signing.sign(&list)));
    answers.insert("/config.json".to_owned(), page(b"{\"api\":\"/api\"}"));
    Site { answers }
}

async fn verified(site: Site, trusted: &Signing) -> Result<String, VerifyError> {
    let url = site.serve().await;
    let released = verify_page(url, &trusted.anchors(), &SIGNER.parse().unwrap()).await?;
    Ok(released.config)
}

/// What differs where `change` was made to what is served.
async fn differences(change: impl FnOnce(&mut BTreeMap<String, Answer>)) -> Vec<String> {
    let signing = Signing::new(SIGNER);
    let mut site = site_signed_by(&signing);
    change(&mut site.answers);
    match verified(site, &signing).await {
        Err(VerifyError::Differs(found)) => found.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_released_is_said_to_be_that_with_the_deployments_own_addresses() {
    let signing = Signing::new(SIGNER);
    let config = verified(site_signed_by(&signing), &signing).await.unwrap();
    assert_eq!(config, "{\"api\":\"/api\"}");
}

/// A server that compresses is asked as a browser asks: what comes out of it is what counts.
#[tokio::test]
async fn what_comes_compressed_is_compared_as_a_browser_sees_it() {
    let signing = Signing::new(SIGNER);
    let mut site = site_signed_by(&signing);
    let boot = site.answers.get_mut("/assets/boot.js").unwrap();
    boot.compress();
    assert!(verified(site, &signing).await.is_ok());
    let found = differences(|answers| {
        let boot = answers.get_mut("/assets/boot.js").unwrap();
        boot.bytes = b"steal();".to_vec();
        boot.compress();
    })
    .await;
    assert!(
        found[0].starts_with("/assets/boot.js: 8 bytes "),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_file_that_was_changed_is_named_with_both_digests() {
    let found = differences(|answers| {
        answers.get_mut("/assets/boot.js").unwrap().bytes = b"steal();".to_vec();
    })
    .await;
    let [found] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(
        found.starts_with("/assets/boot.js: 8 bytes with SHA-256 "),
        "{found}"
    );
    assert!(found.ends_with(" were released"), "{found}");
}

#[tokio::test]
async fn another_start_page_is_found_wherever_a_browser_begins() {
    for address in ["/", "/submissions"] {
        let found = differences(|answers| {
            answers.get_mut(address).unwrap().bytes = b"<script src=//evil.example>".to_vec();
        })
        .await;
        assert!(
            found.len() == 1 && found[0].starts_with(&format!("{address}: ")),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_gone_or_leads_elsewhere_is_named() {
    let found = differences(|answers| drop(answers.remove("/assets/boot.js"))).await;
    assert_eq!(
        found,
        ["/assets/boot.js: the answer is 404 Not Found, and 200 was expected"]
    );
    let found = differences(|answers| {
        let boot = answers.get_mut("/assets/boot.js").unwrap();
        boot.leads_to = Some("/index.html".to_owned());
    })
    .await;
    assert_eq!(
        found,
        ["/assets/boot.js: the answer is 303 See Other, and 200 was expected"]
    );
}

#[tokio::test]
async fn a_policy_that_allows_more_or_is_gone_is_named() {
    let weaker = POLICY.replace(
        "script-src 'self'",
        "script-src 'self' https://evil.example",
    );
    for (policy, said) in [
        (None, "it has no Content Security Policy"),
        (
            Some(weaker),
            "its Content Security Policy is not the release's: ",
        ),
    ] {
        let found = differences(|answers| answers.get_mut("/").unwrap().policy = policy).await;
        assert!(
            found.len() == 1 && found[0].starts_with(&format!("/: {said}")),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn a_list_that_somebody_else_signed_or_that_was_changed_counts_for_nothing() {
    let signing = Signing::new(SIGNER);
    let other = Signing::new(SIGNER);
    let by_another_authority = verified(site_signed_by(&other), &signing).await;
    assert!(matches!(
        by_another_authority,
        Err(VerifyError::Signature(_))
    ));

    let site = site_signed_by(&signing.as_somebody_else("CN=Supplier ARO 1,O=Large Supplier,C=GB"));
    let by_another_person = verified(site, &signing).await;
    assert!(
        matches!(by_another_person, Err(VerifyError::Signer { .. })),
        "{by_another_person:?}"
    );

    let mut site = site_signed_by(&signing);
    let list = &mut site.answers.get_mut("/release.p7m").unwrap().bytes;
    let place = list
        .windows(7)
        .position(|found| found == b"boot.js")
        .unwrap();
    list[place] = b'B';
    assert!(matches!(
        verified(site, &signing).await,
        Err(VerifyError::Signature(_))
    ));

    let mut site = site_signed_by(&signing);
    site.answers.remove("/release.p7m");
    assert!(matches!(
        verified(site, &signing).await,
        Err(VerifyError::NoList(_))
    ));
}

#[test]
fn a_folder_without_a_page_is_not_listed() {
    let folder = TestFolder::new().unwrap();
    let said = list_page(folder.path()).unwrap_err().to_string();
    assert!(
        said.ends_with("holds no built page: cargo xtask page builds it"),
        "{said}"
    );
}
