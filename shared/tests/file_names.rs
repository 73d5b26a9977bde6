//! Names of files: the customary ones pass, others get a warning with a better one.
#![allow(clippy::unwrap_used)]

mod file_support;

use sluice_shared::files::{AdtSubject, FileKind, adt_file_name, check_file_name, exit_file_name};
use sluice_shared::finding::{Defect, Describe, Severity};
use sluice_shared::identifiers::{Eui64, FileName, OrganisationId, QuarantineEventRef};

use file_support::now;

fn is_customary(kind: FileKind, name: &str) -> bool {
    let organisation = OrganisationId::parse("large-supplier").unwrap();
    let event = QuarantineEventRef::parse("1301").unwrap();
    check_file_name(
        kind,
        &FileName::parse(name).unwrap(),
        &organisation,
        &[event],
        now(),
    )
    .is_none()
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
    let organisation = OrganisationId::parse("large-supplier").unwrap();
    let long = format!("{}.csv", "thresholds ".repeat(20));
    assert!(long.len() > 200);
    for name in [
        "thresholds.csv",
        "ADT_large-supplier.csv",
        "ADT_large-supplier_20261341.csv",
        "EXITQ_1203_20261121.csv",
        "what? 12:30.csv",
        &long,
    ] {
        let name = FileName::parse(name).unwrap();
        let defect = check_file_name(FileKind::Adt, &name, &organisation, &[], now());
        let defect = Defect::from(defect.unwrap());
        assert_eq!(defect.code().severity, Severity::Warning, "{name}");
        let remedy = defect.remedy();
        assert!(remedy.contains("ADT_large-supplier_20261121.csv"), "{name}");
    }
}

#[test]
fn the_kind_is_read_from_the_content_whatever_stands_above_the_header() {
    for kind in FileKind::ALL {
        let header = kind.header();
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf32 = |text: &str| {
            text.chars()
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect()
        };
        let starts: [Vec<u8>; 10] = [
            format!("\r\n{header}\r\n").into(),
            format!(",,,\r\n\"\",\"\"\r\n{header}\r\n").into(),
            format!("For event 1301,,\r\n\r\n{header}\r\n").into(),
            format!("Period,Action,2026\n{header}\n").into(),
            format!("sep=;\n{}\n", header.replace(',', ";")).into(),
            format!("\u{feff}\u{feff}{header}\r\r\n").into(),
            header.replace(',', "|").to_lowercase().into(),
            utf16(&format!("\u{feff}{header}\r\n")),
            utf16(&header),
            utf32(&format!("\u{feff}{header}\r\n")),
        ];
        for start in starts {
            let found = FileKind::guess(&start, "Book1.csv");
            assert_eq!(found, Some(kind), "{}", String::from_utf8_lossy(&start));
        }
    }
}

#[test]
fn of_two_files_joined_the_first_is_the_kind() {
    let header = |kind: FileKind| kind.header() + "\n";
    for [first, second] in [
        [FileKind::Adt, FileKind::ExitQuarantine],
        [FileKind::ExitQuarantine, FileKind::Adt],
    ] {
        let joined = format!("{}{}", header(first), header(second));
        assert_eq!(FileKind::guess(joined.as_bytes(), "Book1.csv"), Some(first));
    }
}

#[test]
fn without_a_header_the_first_row_tells_the_kind() {
    let exit = b"1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:1,Release\n";
    let adt = b"90-B3-D5-1F-30-03-00-00,6.15.1,P1D,100,200,,\n";
    assert_eq!(
        FileKind::guess(exit, "Book1.csv"),
        Some(FileKind::ExitQuarantine)
    );
    assert_eq!(FileKind::guess(adt, "Book1.csv"), Some(FileKind::Adt));
    for start in [
        &b""[..],
        b"\n\n",
        b"Dear team,\n",
        b"PK\x03\x04",
        b"a,b,c\n",
    ] {
        assert_eq!(FileKind::guess(start, "Book1.csv"), None);
    }
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

#[test]
fn the_name_of_decisions_is_that_of_the_event_in_the_file() {
    let organisation = OrganisationId::parse("large-supplier").unwrap();
    let events = ["1301", "1203"].map(|event| QuarantineEventRef::parse(event).unwrap());
    let name = FileName::parse("decisions.csv").unwrap();
    let check = |events: &[_]| {
        let kind = FileKind::ExitQuarantine;
        check_file_name(kind, &name, &organisation, events, now()).map(|defect| defect.remedy())
    };
    let remedy = check(&events[..1]).unwrap();
    assert!(remedy.contains("EXITQ_1301_20261121.csv"), "{remedy}");
    assert_eq!(check(&events), None, "no name fits several");
}
