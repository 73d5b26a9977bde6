//! Findings as a file to download.

use super::{TaskId, kept::with_file};
use sluice_shared::finding::{Finding, Severity};

/// Every finding about a file, as CSV with a byte-order mark, so that spreadsheets read it as UTF-8.
pub(super) fn all(file: TaskId) -> Result<String, String> {
    with_file(file, |kept| csv(&kept.all_findings().findings))
}

fn csv(findings: &[Finding]) -> String {
    let mut text =
        String::from("\u{feff}Line,Column,Severity,Code,Value,What is wrong,What to do\r\n");
    for finding in findings {
        let line = finding
            .line
            .map(|line| line.to_string())
            .unwrap_or_default();
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let fields = [
            line.as_str(),
            finding.column.as_deref().unwrap_or_default(),
            severity,
            &finding.code,
            finding.value.as_deref().unwrap_or_default(),
            &finding.message,
            &finding.remedy,
        ];
        let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        text += &fields.join(",");
        text += "\r\n";
    }
    text
}

/// A field in quotation marks. What a spreadsheet would take for a formula gets an apostrophe in front: values come from
/// a file that is at fault.
fn quoted(field: &str) -> String {
    let apostrophe = if field.starts_with(['=', '+', '-', '@', '\t']) {
        "'"
    } else {
        ""
    };
    format!("\"{apostrophe}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_doubled_and_formulas_disarmed() {
        assert_eq!(quoted("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
