//! Every file of the testkit reads as `testkit/expected.json` says, and each of the two names all that the other has.
#![allow(clippy::unwrap_used)]

mod file_support;
mod testkit_files;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sluice_shared::finding::{Finding, FindingCode, Findings, Severity};
use sluice_shared::identifiers::{Eui64, SrvOrAll};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::thresholds::Period;

use testkit_files::{testkit_file, testkit_path};

#[derive(Deserialize)]
struct Expected {
    now: UtcTime,
    fixtures: BTreeMap<String, Fixture>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    sender: String,
    /// Rows that can be read.
    rows: usize,
    findings: Vec<Position>,
    #[serde(default)]
    previous: BTreeSet<(Eui64, SrvOrAll, Period)>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    code: String,
    severity: Severity,
    line: Option<u64>,
    column: Option<String>,
}

impl From<&Finding> for Position {
    fn from(finding: &Finding) -> Self {
        let Finding {
            code,
            severity,
            line,
            column,
            ..
        } = finding.clone();
        Self {
            code,
            severity,
            line,
            column,
        }
    }
}

fn expected() -> Expected {
    serde_json::from_slice(&testkit_file("expected.json")).unwrap()
}

fn files_of(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(testkit_path(folder)).unwrap();
    entries
        .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect()
}

fn read_fixture(name: &str, fixture: &Fixture, now: UtcTime) -> (usize, Findings) {
    let bytes = testkit_file(name);
    if name.starts_with("report/") {
        // The DCC sends it, of all Users' communications.
        assert_eq!(fixture.sender, "dcc", "{name}");
        let reading = file_support::read_report(&bytes, Profile::standard(), now);
        return (reading.rows.len(), reading.findings);
    }
    let sender = file_support::sender(&fixture.sender);
    if name.starts_with("adt/") {
        let reading = file_support::read_adt_after(&bytes, &sender, now, &fixture.previous);
        (reading.rows.len(), reading.findings)
    } else {
        let reading = file_support::read_exit(&bytes, &sender, Profile::standard());
        (reading.rows.len(), reading.findings)
    }
}

#[test]
fn each_file_has_its_expectation_and_each_expectation_its_file() {
    let files: BTreeSet<_> = ["adt", "exit-quarantine", "report"]
        .into_iter()
        .flat_map(files_of)
        .collect();
    let expected: BTreeSet<_> = expected().fixtures.into_keys().collect();
    assert_eq!(files, expected);
}

#[test]
fn each_file_reads_as_expected() {
    let Expected { now, fixtures } = expected();
    let mut faults = Vec::new();
    for (name, fixture) in &fixtures {
        let (rows, findings) = read_fixture(name, fixture, now);
        let found: Vec<Position> = findings.findings.iter().map(Position::from).collect();
        if (rows, &found) != (fixture.rows, &fixture.findings) {
            faults.push(format!("{name}: {rows} rows, {:#?}", findings.findings));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_good_file_has_a_good_name_and_no_other_has() {
    for (name, fixture) in expected().fixtures {
        let called_good = name.split('/').next_back().unwrap().starts_with("good");
        assert_eq!(called_good, fixture.findings.is_empty(), "{name}");
    }
}

#[test]
fn every_finding_has_words_and_a_code_that_help_knows() {
    let Expected { now, fixtures } = expected();
    for (name, fixture) in &fixtures {
        for finding in read_fixture(name, fixture, now).1.findings {
            let code = FindingCode::find(&finding.code)
                .unwrap_or_else(|| panic!("{name}: {} is not listed", finding.code));
            assert_eq!(code.severity, finding.severity);
            for words in [&finding.message, &finding.remedy] {
                assert!(
                    words.ends_with('.')
                        && words.starts_with(|c: char| c.is_uppercase() || c.is_numeric()),
                    "{words}"
                );
                assert!(
                    !words.contains('!') && !words.to_lowercase().contains("please"),
                    "{words}"
                );
            }
        }
    }
}

#[test]
fn every_code_of_files_has_a_file_that_shows_it() {
    // Shown by files that are made while testing, or by what is no file: a name.
    const ELSEWHERE: [&str; 5] = [
        "too-many-rows",
        "row-too-long",
        "file-too-large",
        "too-many-user-ids",
        "file-name",
    ];
    let fixtures = expected().fixtures.into_values();
    let shown: BTreeSet<String> = fixtures
        .flat_map(|fixture| fixture.findings)
        .map(|finding| finding.code)
        .collect();
    let own = FindingCode::of_files()
        .map(|code| code.code)
        .filter(|code| !ELSEWHERE.contains(code));
    let missing: Vec<_> = own.filter(|code| !shown.contains(*code)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn no_code_stands_for_two_things() {
    let codes: Vec<_> = FindingCode::all().map(|code| code.code).collect();
    let different: BTreeSet<_> = codes.iter().collect();
    assert_eq!(codes.len(), different.len());
}

#[test]
fn every_code_is_explained_by_its_own_words() {
    let explanations: Vec<_> = FindingCode::all().map(FindingCode::explanation).collect();
    let different: BTreeSet<_> = explanations.iter().collect();
    assert_eq!(explanations.len(), different.len());
    assert!(!different.contains(&""));
}
