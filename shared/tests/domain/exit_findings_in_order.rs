//! Findings about communications that are there twice stand among the others in the order of the file, however many rows
//! are taken together.

use sluice_shared::files::{ExitReader, FileKind, Sender, UserId};
use sluice_shared::identifiers::{Eui64, UserRole};
use sluice_shared::profile::Profile;

const OWN: &str = "90-B3-D5-1F-30-01-00-00";

fn row(counter: u32) -> String {
    format!("1301,{OWN}:00-DB-12-34-56-78-90-A0:{counter},Release\n")
}

/// The codes with their lines, as they stand.
fn found(file: &str) -> Vec<(String, u64)> {
    let sender = Sender {
        organisation: "large-supplier".parse().unwrap(),
        user_ids: vec![UserId {
            id: Eui64::parse(OWN).unwrap(),
            roles: vec![UserRole::ImportSupplier],
        }],
    };
    let mut reader = ExitReader::new(Profile::standard(), &sender);
    reader.push(file.as_bytes());
    let findings = reader.finish().findings.findings;
    let found = findings.into_iter();
    found
        .map(|finding| (finding.code, finding.line.unwrap_or(0)))
        .collect()
}

#[test]
fn a_duplicate_stands_before_what_is_found_after_it() {
    // Short of what is taken together, exactly that, one more, and several times over.
    for rows in [1, 63, 64, 65, 200] {
        let mut file = FileKind::ExitQuarantine.header() + "\n";
        for counter in 0..rows {
            file.push_str(&row(counter));
        }
        let last = u64::from(rows) + 1;
        file.push_str(&row(0));
        file.push_str("1301,too few\n");
        file.push_str(&row(0));
        file.push_str(&row(rows).replace("Release", "Perhaps"));
        file.push_str(&row(0).replace("Release", "Delete"));
        let lines: Vec<u64> = found(&file).into_iter().map(|(_, line)| line).collect();
        let wanted: Vec<u64> = (1..=5).map(|after| last + after).collect();
        assert_eq!(lines, wanted, "after {rows} rows");
    }
}
