//! Names of files: what is customary, and what to suggest.

use crate::finding::FileDefect;
use crate::identifiers::{Eui64, FileName, OrganisationId, QuarantineEventRef};
use crate::instant::UtcTime;

use super::FileKind;

/// Whose thresholds an ADT file holds, as its name says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdtSubject {
    /// Those of one User ID.
    UserId(Eui64),
    /// Those of several User IDs of an organisation.
    Organisation(OrganisationId),
}

/// The name for an ADT file written on this day: `ADT_large-supplier_20261121.csv`.
pub fn adt_file_name(subject: &AdtSubject, on: UtcTime) -> String {
    match subject {
        AdtSubject::UserId(id) => format!("ADT_{id}_{}.csv", day(on)),
        AdtSubject::Organisation(organisation) => format!("ADT_{organisation}_{}.csv", day(on)),
    }
}

/// The name for an Exit Quarantine file written on this day: `EXITQ_1203_20261121.csv`.
pub fn exit_file_name(event: &QuarantineEventRef, on: UtcTime) -> String {
    format!("EXITQ_{event}_{}.csv", day(on))
}

/// A warning when a file's name is not the customary one; `.csv.p7m` and `.p7m` count as `.csv`. `events`: those that an exit file decides
/// about: a file of several has no customary name.
pub fn check_file_name(
    kind: FileKind,
    name: &FileName,
    organisation: &OrganisationId,
    events: &[QuarantineEventRef],
    on: UtcTime,
) -> Option<FileDefect> {
    if is_customary(kind, name.as_str()) {
        return None;
    }
    let better = match (kind, events) {
        (FileKind::Adt, _) => adt_file_name(&AdtSubject::Organisation(organisation.clone()), on),
        (FileKind::ExitQuarantine, [event]) => exit_file_name(event, on),
        (FileKind::ExitQuarantine, _) => return None,
    };
    Some(FileDefect::FileName(better))
}

fn is_customary(kind: FileKind, name: &str) -> bool {
    let name = name.strip_suffix(".p7m").unwrap_or(name);
    let name = name.strip_suffix(".csv").unwrap_or(name);
    let parts: Vec<&str> = name.split('_').collect();
    let (start, whose, day, number) = match parts[..] {
        [start, whose, day] => (start, whose, day, "1"),
        [start, whose, day, number] => (start, whose, day, number),
        _ => return false,
    };
    let subject = match kind {
        FileKind::Adt => {
            start == "ADT" && (Eui64::parse(whose).is_ok() || OrganisationId::parse(whose).is_ok())
        }
        FileKind::ExitQuarantine => start == "EXITQ" && QuarantineEventRef::parse(whose).is_ok(),
    };
    subject && is_day(day) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_day(text: &str) -> bool {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        && UtcTime::parse(&format!(
            "{}-{}-{}T00:00:00Z",
            &text[..4],
            &text[4..6],
            &text[6..]
        ))
        .is_ok()
}

fn day(on: UtcTime) -> String {
    on.to_string()[..10].replace('-', "")
}
