//! The check of an ADT file beside what is in force.

use super::{TaskId, check, held::with_file};
use sluice_shared::{
    finding::Findings,
    identifiers::{Eui64, SrvOrAll},
    profile::Profile,
    thresholds::Period,
};

/// The findings of an ADT file that was read, now that it is known what is in force.
pub(super) fn check(
    file: TaskId,
    keys: Vec<(Eui64, SrvOrAll, Period)>,
) -> Result<Findings, String> {
    with_file(file, |read| {
        read.in_force = keys.into_iter().collect();
        let mut findings = read.signature_findings.clone();
        findings.append(check::findings(
            read,
            Profile::standard().files.max_findings,
        ));
        findings
    })
}
