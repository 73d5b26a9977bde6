//! Checking what is typed: the rows become the file that would be sent, and the service's own reader reads it.

use super::line::Line;
use crate::components::{Fault, now};
use sluice_shared::{
    api::UserThresholdsView,
    files::{AdtReader, AdtRow, AdtSubject, Sender, adt_file_name, write_adt},
    finding::{Finding, Severity},
    profile::Profile,
    thresholds::{Comparison, Statement, compare},
};
use std::collections::BTreeMap;

/// What the reader says of the rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Checked {
    rows: Vec<AdtRow>,
    findings: Vec<Finding>,
    errors: u64,
    /// The number of the row on each line of the file.
    lines: BTreeMap<u64, u32>,
    pub(super) comparison: Option<Comparison>,
}

impl Checked {
    /// Whether the file could be sent.
    pub(super) fn is_acceptable(&self) -> bool {
        self.errors == 0
    }

    pub(super) fn errors(&self) -> u64 {
        self.errors
    }

    /// What is wrong with a row.
    pub(super) fn of(&self, line: Line) -> Vec<Finding> {
        self.findings
            .iter()
            .filter(|finding| self.number(finding) == Some(line.number))
            .cloned()
            .collect()
    }

    /// What concerns no row.
    pub(super) fn of_the_whole(&self) -> Vec<Finding> {
        self.findings
            .iter()
            .filter(|finding| self.number(finding).is_none())
            .cloned()
            .collect()
    }

    /// The errors as a summary that leads to the fields.
    pub(super) fn faults(&self, lines: &[Line]) -> Vec<Fault> {
        let errors = self
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        errors
            .map(|finding| {
                let line = self
                    .number(finding)
                    .and_then(|number| lines.iter().find(|line| line.number == number));
                match line {
                    Some(line) => {
                        let words = format!("{}: {}", line.srv, finding.message);
                        Fault::at(
                            line.field_id(finding.column.as_deref().unwrap_or("WarningThreshold")),
                            words,
                        )
                    }
                    None => Fault::whole(format!("{} {}", finding.message, finding.remedy)),
                }
            })
            .collect()
    }

    fn number(&self, finding: &Finding) -> Option<u32> {
        self.lines.get(&finding.line?).copied()
    }
}

/// Checks the rows of a User ID (reactive in all their fields).
pub(super) fn check(view: &UserThresholdsView, sender: &Sender, lines: &[Line]) -> Checked {
    let profile = Profile::standard();
    let (text, numbers) = text(view, lines);
    let previous = view
        .in_force
        .iter()
        .map(|row| (view.user_id, row.key.srv, row.key.period))
        .collect();
    let mut reader = AdtReader::new(profile, sender, now()).with_previous(previous);
    reader.push(text.as_bytes());
    let reading = reader.finish();
    let statement = Statement::of_rows(&reading.rows)
        .into_iter()
        .find(|statement| statement.user_id == view.user_id);
    let comparison = statement.map(|statement| {
        compare(
            view.thresholds.as_ref(),
            &statement,
            now(),
            profile.risk.max_increase_factor,
        )
    });
    Checked {
        rows: reading.rows,
        errors: reading.findings.errors,
        findings: reading.findings.findings,
        lines: numbers,
        comparison,
    }
}

/// The file that would be sent, and which row stands on which of its lines.
fn text(view: &UserThresholdsView, lines: &[Line]) -> (String, BTreeMap<u64, u32>) {
    let mut text =
        "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo\r\n".to_owned();
    let mut numbers = BTreeMap::new();
    for (line, row) in (2..).zip(lines) {
        let kept = row.keep();
        let user_id = view.user_id.to_string();
        let fields = [
            &user_id,
            &kept.srv,
            &kept.period,
            &kept.warning,
            &kept.quarantine,
            &kept.from,
            &kept.to,
        ];
        let fields: Vec<String> = fields
            .into_iter()
            .map(|field| quoted(field.trim()))
            .collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
        numbers.insert(line, row.number);
    }
    (text, numbers)
}

/// A value as typed, so that a comma or quote in it does no harm before the reader has seen it.
fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// The name and the text of the file of rows that are in order.
pub(super) fn file(view: &UserThresholdsView, checked: &Checked) -> (String, String) {
    (
        adt_file_name(&AdtSubject::UserId(view.user_id), now()),
        write_adt(&checked.rows),
    )
}
