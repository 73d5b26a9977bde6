//! Names of files: the customary ones pass, others get a warning with a better one.
#![allow(clippy::unwrap_used)]

mod file_support;

use sluice_shared::files::{AdtSubject, FileKind, adt_file_name, check_file_name, exit_file_name};
use sluice_shared::finding::{Defect, Describe, Severity};
use sluice_shared::identifiers::{Eui64, FileName, OrganisationId, QuarantineEventRef};

use file_support::now;

fn is_customary(kind: FileKind, name: &str) -> bool {
    let organisation = OrganisationId::parse("large-supplier").unwrap();
    check_file_name(kind, &FileName::parse(name).unwrap(), &organisation, now()).is_none()
}

#[test]
fn suggested_names_are_customary() {
    let organisation = AdtSubject::Organisation(OrganisationId::parse("large-supplier").unwrap());
    let user_id = AdtSubject::UserId(Eui64::parse("90-B3-D5-1F-30-01-00-00").unwrap());
    assert_eq!(
        adt_file_name(&organisation, now()),
        "ADT_large-supplier_20261121.csv"
    );
    assert!(is_customary(
        FileKind::Adt,
        &adt_file_name(&organisation, now())
    ));
    assert!(is_customary(FileKind::Adt, &adt_file_name(&user_id, now())));
    let exit = exit_file_name(
        &QuarantineEventRef::parse("18446744073709551617").unwrap(),
        now(),
    );
    assert!(is_customary(FileKind::ExitQuarantine, &exit));
}

#[test]
fn a_number_and_an_envelope_belong_to_customary_names() {
    for name in [
        "EXITQ_1203_20261121_2.csv",
        "EXITQ_1203_20261121.csv.p7m",
        "EXITQ_1203_20261121.p7m",
    ] {
        assert!(is_customary(FileKind::ExitQuarantine, name), "{name}");
    }
}

#[test]
fn other_names_get_a_warning_and_no_more() {
    for name in [
        "thresholds.csv",
        "ADT_large-supplier.csv",
        "ADT_large-supplier_20261341.csv",
        "EXITQ_1203_20261121.csv",
    ] {
        assert!(!is_customary(FileKind::Adt, name), "{name}");
    }
    let organisation = OrganisationId::parse("large-supplier").unwrap();
    let name = FileName::parse("thresholds.csv").unwrap();
    let defect = Defect::from(check_file_name(FileKind::Adt, &name, &organisation, now()).unwrap());
    assert_eq!(defect.code().severity, Severity::Warning);
    assert!(defect.remedy().contains("ADT_large-supplier_20261121.csv"));
}

#[test]
fn the_header_tells_the_kind_and_the_name_helps() {
    let guess = |start: &str, name| FileKind::guess(start.as_bytes(), name);
    let adt = FileKind::Adt.columns().join(";");
    assert_eq!(guess(&adt, "EXITQ_1_20261121.csv"), Some(FileKind::Adt));
    assert_eq!(
        guess("QuarantineEventRef,RequestID,Action\n", "x"),
        Some(FileKind::ExitQuarantine)
    );
    assert_eq!(guess("a,b", "exitq.csv"), Some(FileKind::ExitQuarantine));
    assert_eq!(guess("a,b", "x.csv"), None);
}
