//! Findings as a file to download.

use super::{TaskId, kept::with_file};
use sluice_shared::{
    finding::{Finding, Severity},
    spreadsheet,
};

const HEADINGS: [&str; 7] = [
    "Line",
    "Column",
    "Severity",
    "Code",
    "Value",
    "What is wrong",
    "What to do",
];

/// Every finding about a file, as CSV for a spreadsheet. Values come from a file that is at fault.
pub(super) fn all(file: TaskId) -> Result<String, String> {
    with_file(file, |kept| csv(&kept.all_findings().findings))
}

fn csv(findings: &[Finding]) -> String {
    let rows = findings.iter().map(|finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        vec![
            finding
                .line
                .map(|line| line.to_string())
                .unwrap_or_default(),
            finding.column.clone().unwrap_or_default(),
            severity.to_owned(),
            finding.code.clone(),
            finding.value.clone().unwrap_or_default(),
            finding.message.clone(),
            finding.remedy.clone(),
        ]
    });
    String::from_utf8(spreadsheet::csv(HEADINGS, rows)).unwrap_or_default()
}
