//! `infra/ASVS.md` leaves out no requirement of OWASP ASVS 5.0.0 and counts right. That what it names exists holds `documents.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::documents::root;

/// How many requirements each section has, by chapters.
const SECTIONS: [&[u8]; 17] = [
    &[2, 10, 12, 3, 3],
    &[3, 3, 5, 2],
    &[1, 3, 5, 8, 8, 1, 5],
    &[5, 5, 2, 4],
    &[1, 6, 3, 3],
    &[3, 12, 8, 6, 8, 4, 2, 4],
    &[3, 4, 2, 5, 3, 2],
    &[4, 4, 3, 2],
    &[3, 4],
    &[2, 3, 5, 16, 5, 2, 3],
    &[4, 5, 5, 4, 2, 2, 2],
    &[5, 2, 5],
    &[4, 6, 4, 7],
    &[2, 8, 3],
    &[5, 5, 7, 4],
    &[1, 5, 4, 3, 4],
    &[2, 8, 2],
];
const STATUSES: [&str; 4] = ["met", "not met", "does not apply", "by the deployer"];

/// Chapter, section, number.
type Requirement = (usize, usize, u8);

struct Row {
    requirements: Vec<Requirement>,
    level: String,
    status: String,
    evidence: String,
}

fn document() -> String {
    fs::read_to_string(root().join("infra/ASVS.md")).unwrap()
}

fn cells(line: &str) -> Vec<String> {
    let inside = line.trim_matches('|');
    inside
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

fn requirement(text: &str) -> Option<Requirement> {
    let mut numbers = text.split('.');
    let found = (
        numbers.next()?.parse().ok()?,
        numbers.next()?.parse().ok()?,
        numbers.next()?.parse().ok()?,
    );
    numbers.next().is_none().then_some(found)
}

/// `4.3.1`, or `4.3.1–4.3.2`, which are of one section.
fn span(text: &str) -> Option<Vec<Requirement>> {
    let (from, to) = text.split_once('–').unwrap_or((text, text));
    let (from, to) = (requirement(from)?, requirement(to)?);
    assert_eq!((from.0, from.1), (to.0, to.1), "{text}");
    Some(
        (from.2..=to.2)
            .map(|number| (from.0, from.1, number))
            .collect(),
    )
}

fn rows() -> Vec<Row> {
    let text = document();
    let tables = text.lines().filter(|line| line.starts_with('|'));
    let rows = tables.map(cells).filter_map(|cells| {
        let [named, level, _, status, evidence] = <[String; 5]>::try_from(cells).ok()?;
        let requirements: Option<Vec<_>> = named.split(", ").map(span).collect();
        Some(Row {
            requirements: requirements?.concat(),
            level,
            status,
            evidence,
        })
    });
    rows.collect()
}

#[test]
fn every_requirement_stands_there_once() {
    let mut named = BTreeSet::new();
    for requirement in rows().iter().flat_map(|row| &row.requirements) {
        assert!(
            named.insert(*requirement),
            "{requirement:?} stands there twice"
        );
    }
    let mut all = BTreeSet::new();
    for (chapter, sections) in (1..).zip(SECTIONS) {
        for (section, count) in (1..).zip(sections) {
            all.extend((1..=*count).map(|number| (chapter, section, number)));
        }
    }
    assert_eq!(all.len(), 345);
    assert_eq!(named, all, "left the document, right the standard");
}

#[test]
fn what_is_met_is_shown_and_what_is_not_says_why() {
    for row in rows() {
        let (named, status) = (&row.requirements, row.status.as_str());
        assert!(STATUSES.contains(&status), "{named:?}: {status}");
        assert!(!row.evidence.is_empty(), "{named:?}");
        assert!(
            status != "met" || row.evidence.contains('`'),
            "{named:?} names no evidence"
        );
    }
}

#[test]
fn the_counts_are_those_of_the_rows() {
    let mut counted: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in rows() {
        *counted.entry((row.level, row.status)).or_default() += row.requirements.len();
    }
    let text = document();
    for level in ["1", "2", "3"] {
        let of = STATUSES.map(|status| {
            let key = (level.to_owned(), status.to_owned());
            counted.get(&key).copied().unwrap_or(0)
        });
        let all: usize = of.iter().sum();
        let words: Vec<_> = of.iter().map(usize::to_string).collect();
        let line = format!("| {level} | {all} | {} |", words.join(" | "));
        assert!(
            text.lines().any(|told| told == line),
            "it should say {line}"
        );
    }
}
