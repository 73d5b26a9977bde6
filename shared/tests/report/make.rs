//! Short ways to make reports.

use sluice_shared::files::{ExchangedFile, ReportReading};
use sluice_shared::finding::Finding;
use sluice_shared::profile::Profile;

use crate::file_support::{now, read_report};
use crate::testkit_files::testkit_file;

pub(crate) const USER_ID: &str = "90-B3-D5-1F-30-03-00-00";
pub(crate) const OTHER: &str = "90-B3-D5-1F-30-01-00-00";
pub(crate) const BREACH: &str = "ADUserThresholdBreach";
pub(crate) const AT: &str = "2026-11-21T10:00:00Z";

/// A row of an event, of this User ID, with this breach; everything else in it is good.
pub(crate) fn row(event: &str, counter: u64, user_id: &str, breach: &str) -> String {
    format!("{event},{user_id}:00-DB-12-34-56-78-90-A0:{counter},{user_id},6.15.1,{breach},{AT}")
}

/// A good row in which one value is replaced by another.
pub(crate) fn row_but(good: &str, bad: &str) -> String {
    let row = row("1301", 1, USER_ID, BREACH);
    assert!(row.contains(good), "{good}");
    row.replace(good, bad)
}

/// A file of these rows, as the default profile reads it.
pub(crate) fn read_rows(rows: &[String]) -> ReportReading {
    read_rows_by(Profile::standard(), rows)
}

pub(crate) fn read_rows_by(profile: &Profile, rows: &[String]) -> ReportReading {
    let file = format!("{}\n{}\n", ExchangedFile::Report.header(), rows.join("\n"));
    read_report(file.as_bytes(), profile, now())
}

/// The one finding about a file of the testkit.
pub(crate) fn finding_of(name: &str) -> Finding {
    let bytes = testkit_file(&format!("report/{name}.csv"));
    only(read_report(&bytes, Profile::standard(), now()))
}

pub(crate) fn only(reading: ReportReading) -> Finding {
    let mut findings = reading.findings.findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}
