//! Checking what is typed: the rows become the file that would be sent, and the service's own functions read and judge it.
//!
//! [`RowChecks`] alone reaches those functions, which are larger than the rest of the page: it comes when somebody reaches for a field.

use super::line::Line;
use crate::{components::Fault, service::Service};
use sluice_shared::{
    api::UserThresholdsView,
    files::{
        AdtColumn, AdtReader, AdtReading, AdtSubject, FileKind, Reading, Sender, adt_file_name,
        write_adt,
    },
    finding::{Finding, Severity},
    identifiers::FileDigest,
    instant::UtcTime,
    risk::RuleFired,
    thresholds::Comparison,
    verdict::{JudgedAt, KnownForAdt, ReadFile, judge_adt},
};
use std::collections::BTreeMap;

/// What reads, judges and writes the rows of a User ID.
#[derive(Clone, Copy)]
pub(crate) struct RowChecks {
    pub(super) judge: fn(&UserThresholdsView, &Basis, &[Line]) -> JudgedRows,
    /// The name and the text of the file, of rows that are in order; what is wrong with them otherwise.
    pub(super) write: fn(&UserThresholdsView, &Basis, &[Line]) -> Written,
}

/// A file's name and text, or what is wrong with its rows.
type Written = Result<(String, String), Box<JudgedRows>>;

impl RowChecks {
    /// For the door of its part alone.
    pub(crate) const HERE: Self = Self {
        judge: judge_rows,
        write: write_rows,
    };
}

/// What the reader says of the rows. By default: nothing yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct JudgedRows {
    findings: Vec<Finding>,
    errors: u64,
    /// The number of the row on each line of the file.
    lines: BTreeMap<u64, u32>,
    pub(super) comparison: Option<Comparison>,
    /// Why a reviewer would decide.
    pub(super) rules: Vec<RuleFired>,
}

/// In place of the digest of a file that is not written yet. No file has it.
pub(super) const NOT_WRITTEN: FileDigest = FileDigest::new([0; 32]);

impl JudgedRows {
    /// Whether the file could be sent.
    pub(super) fn is_acceptable(&self) -> bool {
        self.errors == 0
    }

    pub(super) fn errors(&self) -> u64 {
        self.errors
    }

    /// What is wrong with a row.
    pub(super) fn findings_of(&self, line: Line) -> Vec<Finding> {
        self.findings
            .iter()
            .filter(|finding| self.number(finding) == Some(line.number))
            .cloned()
            .collect()
    }

    /// What concerns no row.
    pub(super) fn findings_of_no_line(&self) -> Vec<Finding> {
        self.findings
            .iter()
            .filter(|finding| self.number(finding).is_none())
            .cloned()
            .collect()
    }

    /// The errors as a summary that leads to the fields.
    pub(super) fn faults(&self, lines: &[Line]) -> Vec<Fault> {
        let whole = |finding: &Finding| {
            Fault::of_no_field(format!("{} {}", finding.message, finding.remedy))
        };
        self.each_error()
            .map(|finding| {
                self.at_field(finding, lines)
                    .unwrap_or_else(|| whole(finding))
            })
            .collect()
    }

    /// The errors of these rows alone, each leading to its field.
    pub(super) fn faults_in(&self, lines: &[Line]) -> Vec<Fault> {
        self.each_error()
            .filter_map(|finding| self.at_field(finding, lines))
            .collect()
    }

    fn each_error(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }

    fn at_field(&self, finding: &Finding, lines: &[Line]) -> Option<Fault> {
        let number = self.number(finding)?;
        let line = lines.iter().find(|line| line.number == number)?;
        let words = format!("{}: {}", line.srv, finding.message);
        Some(Fault::at(line.field_id(column(finding)), words))
    }

    fn number(&self, finding: &Finding) -> Option<u32> {
        self.lines.get(&finding.line?).copied()
    }
}

/// What the rows are judged by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Basis {
    pub(super) sender: Sender,
    pub(super) service: Service,
    /// What the service knows; the refusals of these very rows are not among it, since the file is not written yet.
    pub(super) known: KnownForAdt,
}

/// The rows (reactive in all their fields) as they are read, and which row stands on which line.
fn read_rows(
    view: &UserThresholdsView,
    basis: &Basis,
    lines: &[Line],
    now: UtcTime,
) -> (AdtReading, BTreeMap<u64, u32>) {
    let (text, numbers) = text(view, lines);
    let mut reader = AdtReader::new(&basis.service.profile, &basis.sender, now);
    reader.push(text.as_bytes());
    (reader.finish(), numbers)
}

fn judge_rows(view: &UserThresholdsView, basis: &Basis, lines: &[Line]) -> JudgedRows {
    let now = basis.service.now();
    let (reading, numbers) = read_rows(view, basis, lines, now);
    judged(view, basis, reading, numbers, now)
}

fn judged(
    view: &UserThresholdsView,
    basis: &Basis,
    reading: AdtReading,
    numbers: BTreeMap<u64, u32>,
    now: UtcTime,
) -> JudgedRows {
    let profile = &basis.service.profile;
    let read = ReadFile {
        reading: Some(Reading::Adt(reading)),
        sha256: NOT_WRITTEN,
        upload: None,
        signature: None,
        submission: None,
        received_at: now,
    };
    let verdict = judge_adt(&read, &basis.known, profile, JudgedAt::now(now));
    let mut comparisons = verdict.evidence.comparisons.into_iter();
    JudgedRows {
        errors: verdict.findings.errors,
        findings: verdict.findings.findings,
        lines: numbers,
        comparison: comparisons.find(|compared| compared.user_id == view.user_id),
        rules: verdict.rules,
    }
}

/// The column whose field is to be mended.
fn column(finding: &Finding) -> AdtColumn {
    let named = |column: &&AdtColumn| finding.column.as_deref() == Some(column.name());
    let found = AdtColumn::ALL.iter().find(named);
    found.copied().unwrap_or(AdtColumn::Warning)
}

/// The file that would be sent, and which row stands on which of its lines.
fn text(view: &UserThresholdsView, lines: &[Line]) -> (String, BTreeMap<u64, u32>) {
    let mut text = FileKind::Adt.header()
        + "
";
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

/// What is written is what was judged, by one reading: a row that has become wrong meanwhile, such as by a start that has gone by, would be
/// left out of the file, and its threshold would end.
fn write_rows(view: &UserThresholdsView, basis: &Basis, lines: &[Line]) -> Written {
    let now = basis.service.now();
    let (reading, numbers) = read_rows(view, basis, lines, now);
    let text = write_adt(&reading.rows);
    let judged = judged(view, basis, reading, numbers, now);
    if judged.is_acceptable() {
        Ok((adt_file_name(&AdtSubject::UserId(view.user_id), now), text))
    } else {
        Err(Box::new(judged))
    }
}
