//! What an exit file says of event references and Request IDs, and an ADT file of User IDs, services and times, a report says in the same
//! words: files of one name in the testkit have one defect.

use std::collections::BTreeSet;

use sluice_shared::finding::Finding;
use sluice_shared::profile::Profile;

use crate::file_support::{now, read_adt, read_exit, read_report, sender};
use crate::testkit_files::{testkit_file, testkit_path};

fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(testkit_path(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("good"))
        .collect()
}

fn findings(folder: &str, name: &str) -> Vec<Finding> {
    let bytes = testkit_file(&format!("{folder}/{name}"));
    let sender = sender("network-operator");
    match folder {
        "adt" => read_adt(&bytes, &sender).findings.findings,
        "exit-quarantine" => {
            read_exit(&bytes, &sender, Profile::standard())
                .findings
                .findings
        }
        _ => {
            read_report(&bytes, Profile::standard(), now())
                .findings
                .findings
        }
    }
}

/// Code and sentence of what is said of these columns.
fn said(folder: &str, name: &str, columns: &[&str]) -> Vec<(String, String)> {
    let findings = findings(folder, name).into_iter();
    let findings = findings.filter(|finding| {
        let column = finding.column.as_deref();
        column.is_some_and(|column| columns.contains(&column))
    });
    findings
        .map(|finding| (finding.code, finding.message))
        .collect()
}

#[test]
fn event_references_and_request_ids_as_in_exit_files() {
    let both = &names("report") & &names("exit-quarantine");
    let mut compared = 0;
    for name in &both {
        let columns = ["QuarantineEventRef", "RequestID"];
        let exit = said("exit-quarantine", name, &columns);
        assert_eq!(said("report", name, &columns), exit, "{name}");
        compared += exit.len();
    }
    assert!(compared >= 13, "{compared}");
}

#[test]
fn user_ids_services_and_times_as_in_adt_files() {
    let both = &names("report") & &names("adt");
    let mut compared = BTreeSet::new();
    for name in &both {
        let of_adt = ["UserID", "ServiceReferenceVariant", "EffectiveFrom"];
        let adt = said("adt", name, &of_adt);
        let of_report = ["UserID", "ServiceReferenceVariant", "QuarantinedAt"];
        let report = said("report", name, &of_report);
        if let ([(code, adt)], [(reported, report)]) = (&adt[..], &report[..]) {
            assert_eq!(reported, code, "{name}");
            // Others name the value, which is another.
            if !adt.contains(|letter: char| letter.is_ascii_digit()) {
                assert_eq!(report, adt, "{name}");
            }
            compared.insert(code.clone());
        }
    }
    assert!(compared.len() >= 10, "{compared:?}");
}

/// Who writes a report has no report to copy from.
#[test]
fn only_where_the_right_value_is_found_is_another_place() {
    for name in [
        "event-reference-form.csv",
        "request-id-form.csv",
        "event-reference-digits-perhaps-lost.csv",
    ] {
        let remedy = |folder| findings(folder, name)[0].remedy.clone();
        let (report, exit) = (remedy("report"), remedy("exit-quarantine"));
        assert_eq!(
            report.replace("the system that holds the communication", "the report"),
            exit
        );
        assert_ne!(report, exit);
    }
}
