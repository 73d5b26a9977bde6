//! All findings of a submission: in order, bounded in number, counted by code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Defect, Describe, Finding, Place, Severity};

const DEFAULT_LIMIT: usize = 1_000;

/// The findings of a submission in the order in which they were met: the first ones whole, all of them counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Findings {
    /// The first findings, 1,000 at most unless the profile says otherwise.
    pub findings: Vec<Finding>,
    /// How many there are of each code, those left out included.
    pub counts: BTreeMap<String, u64>,
    /// How many there are of severity `error`.
    pub errors: u64,
    /// How many there are of severity `warning`.
    pub warnings: u64,
    #[serde(skip, default = "default_limit")]
    limit: usize,
}

fn default_limit() -> usize {
    DEFAULT_LIMIT
}

impl Default for Findings {
    fn default() -> Self {
        Self::with_limit(DEFAULT_LIMIT)
    }
}

impl Findings {
    /// No findings yet; 1,000 are kept.
    pub fn new() -> Self {
        Self::default()
    }

    /// No findings yet; `limit` are kept.
    pub fn with_limit(limit: usize) -> Self {
        Self {
            findings: Vec::new(),
            counts: BTreeMap::new(),
            errors: 0,
            warnings: 0,
            limit,
        }
    }

    /// Adds a defect. One past the limit is counted only, and its words are never made.
    pub fn add(&mut self, place: Place<'_>, defect: impl Into<Defect>) {
        let defect = defect.into();
        let code = defect.code();
        self.count(code.code, code.severity, 1);
        if self.findings.len() < self.limit {
            self.findings.push(Finding::new(place, &defect));
        }
    }

    /// Puts another defect in the place of an error with this code on the same line: it turned out to be that one.
    /// One past the limit is only counted differently.
    pub fn replace(&mut self, code: &str, place: Place<'_>, defect: impl Into<Defect>) {
        let defect = defect.into();
        if let Some(count) = self.counts.get_mut(code).filter(|count| **count > 0) {
            *count -= 1;
            self.errors -= 1;
        }
        self.counts.retain(|_, count| *count > 0);
        let (new, line) = (defect.code(), place.line);
        self.count(new.code, new.severity, 1);
        if let Some(found) = self
            .findings
            .iter_mut()
            .find(|found| found.code == code && found.line == line)
        {
            *found = Finding::new(place, &defect);
        }
    }

    /// Adds what another pass found, after what is here.
    pub fn append(&mut self, other: Self) {
        for (code, count) in other.counts {
            *self.counts.entry(code).or_default() += count;
        }
        self.errors += other.errors;
        self.warnings += other.warnings;
        let room = self.limit.saturating_sub(self.findings.len());
        self.findings.extend(other.findings.into_iter().take(room));
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }

    /// How many there are, those left out included.
    pub fn total(&self) -> u64 {
        self.errors + self.warnings
    }

    /// Whether a submission with these findings can go on: there may be warnings, but no error.
    pub fn is_acceptable(&self) -> bool {
        self.errors == 0
    }

    /// How many there are of this code.
    pub fn count_of(&self, code: &str) -> u64 {
        self.counts.get(code).copied().unwrap_or(0)
    }

    fn count(&mut self, code: &str, severity: Severity, by: u64) {
        match severity {
            Severity::Error => self.errors += by,
            Severity::Warning => self.warnings += by,
        }
        // Looked up before inserting, so that a million findings of one code make one text.
        match self.counts.get_mut(code) {
            Some(count) => *count += by,
            None => {
                self.counts.insert(code.to_owned(), by);
            }
        }
    }
}
