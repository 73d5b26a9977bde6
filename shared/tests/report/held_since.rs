//! No communication is held from a time that lies ahead of the file's arrival, but for what clocks may differ.

use sluice_shared::profile::Profile;

use crate::file_support::{now, read_report};
use crate::make::{AT, only, read_rows, read_rows_by, row_but};

#[test]
fn clocks_may_differ_as_far_as_a_signing_time_may_lie_ahead() {
    let mut profile = Profile::standard().clone();
    for (minutes, ahead) in [(15, "2026-11-21T12:15:00"), (2, "2026-11-21T12:02:00")] {
        profile.signing.max_ahead_minutes = minutes;
        let latest = read_rows_by(&profile, &[row_but(AT, &format!("{ahead}Z"))]);
        assert!(latest.findings.is_empty(), "{:?}", latest.findings);
        let later = row_but(AT, &format!("{ahead}.001Z"));
        let finding = only(read_rows_by(&profile, &[later]));
        assert_eq!(finding.code, "quarantined-in-the-future");
        let words = format!("more than {minutes} minutes after the file arrived");
        assert!(finding.message.contains(&words), "{}", finding.message);
    }
}

#[test]
fn the_time_that_counts_is_the_one_that_is_given() {
    let file = format!(
        "QuarantineEventRef,RequestID,UserID,ServiceReferenceVariant,Breach,QuarantinedAt\n{}\n",
        row_but(AT, "2026-11-21T12:30:00Z")
    );
    let read_at = |at| read_report(file.as_bytes(), Profile::standard(), at);
    assert_eq!(read_at(now()).findings.errors, 1);
    let later = now().plus(time::Duration::hours(1));
    assert!(read_at(later).findings.is_empty());
}

/// Rows that are read at once are held to it as well.
#[test]
fn it_is_told_of_a_row_among_others() {
    let mut rows: Vec<String> = (0..50)
        .map(|counter| row_but("A0:1,", &format!("A0:{counter},")))
        .collect();
    rows[40] = rows[40].replace(AT, "2026-11-21T12:30:00Z");
    let reading = read_rows(&rows);
    assert_eq!(reading.rows.len(), 49);
    assert_eq!(only(reading).line, Some(42));
}
