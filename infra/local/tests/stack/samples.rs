//! The samples are what they say: good ones pass the check that the page makes, the faulty one has eight faults.

use std::collections::BTreeSet;

use sluice_local::stack::{Options, Stack};
use sluice_shared::files::{AdtReader, Sender, UserId};
use sluice_shared::finding::Findings;
use sluice_shared::identifiers::{Eui64, OrganisationId, UserRole};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;

use crate::support::folder;
use crate::way_of_a_file::samples;

fn supplier() -> Sender {
    let user = |id, role| UserId {
        id: Eui64::parse(id).unwrap(),
        roles: vec![role],
    };
    Sender {
        organisation: OrganisationId::parse("large-supplier").unwrap(),
        user_ids: vec![
            user("90-B3-D5-1F-30-01-00-00", UserRole::ImportSupplier),
            user("90-B3-D5-1F-30-02-00-00", UserRole::GasSupplier),
        ],
    }
}

fn check(content: &[u8], now: UtcTime) -> Findings {
    let sender = supplier();
    let mut reader = AdtReader::new(Profile::standard(), &sender, now);
    reader.push(content);
    reader.finish().findings
}

#[tokio::test(flavor = "multi_thread")]
async fn the_good_files_have_no_finding_and_the_faulty_one_has_eight_kinds() {
    let folder = folder();
    let stack = Stack::start(Options {
        testing: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap();
    let now = UtcTime::from_unix_millis(stack.clock().millis());
    for sample in samples(&stack)
        .await
        .iter()
        .filter(|sample| sample["kind"] == "adt")
    {
        let content = std::fs::read(
            folder
                .path()
                .join("samples")
                .join(sample["name"].as_str().unwrap()),
        )
        .unwrap();
        let findings = check(&content, now);
        let codes = findings.counts.keys().collect::<BTreeSet<_>>();
        if sample["title"].as_str().unwrap().contains("eight") {
            assert!(codes.len() >= 8, "{codes:?}");
        } else {
            assert!(codes.is_empty(), "{} {codes:?}", sample["name"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_find_them_on_a_page_without_script() {
    let folder = folder();
    let stack = Stack::start(Options {
        testing: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap();
    let answer = reqwest::get(format!("{}/samples/", stack.urls().page))
        .await
        .unwrap();
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    let html = answer.text().await.unwrap();
    assert!(!html.contains("<script"));
    for sample in samples(&stack).await {
        let name = sample["name"].as_str().unwrap();
        assert!(
            html.contains(&format!("href=\"/samples/{name}\"")),
            "{name}"
        );
        let file = reqwest::get(format!("{}/samples/{name}", stack.urls().page))
            .await
            .unwrap();
        assert_eq!(file.headers()["content-disposition"], "attachment");
        assert_eq!(
            file.bytes().await.unwrap().len() as u64,
            sample["length"].as_u64().unwrap()
        );
    }
}
