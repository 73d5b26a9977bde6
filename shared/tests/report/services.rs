//! A communication is held of a service that thresholds are set for.

use sluice_shared::profile::Profile;

use crate::make::{only, read_rows, read_rows_by, row_but};

#[test]
fn a_service_that_the_profile_allows_is_as_good_as_a_critical_one() {
    let row = [row_but("6.15.1", "7.10")];
    assert_eq!(only(read_rows(&row)).code, "non-critical-service");
    let mut profile = Profile::standard().clone();
    profile.adt.allowed_non_critical = vec!["7.10".parse().unwrap()];
    let reading = read_rows_by(&profile, &row);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let read = reading.rows.iter().next().unwrap();
    assert_eq!(read.srv.as_str(), "7.10", "every digit of it");
}

#[test]
fn a_service_without_its_last_zero_is_named_with_it() {
    let finding = only(read_rows(&[row_but("6.15.1", "4.1")]));
    assert!(finding.remedy.contains("4.10"), "{}", finding.remedy);
    let date = only(read_rows(&[row_but("6.15.1", "01/06/2005")]));
    assert_eq!(date.code, "service-became-date");
}

#[test]
fn there_is_no_all_in_a_report() {
    let finding = only(read_rows(&[row_but("6.15.1", "ALL")]));
    assert_eq!(finding.code, "service-form");
    assert!(!finding.remedy.contains("ALL"), "{}", finding.remedy);
}
