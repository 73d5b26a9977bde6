//! A report is known by its columns, wherever it turns up.

use sluice_shared::files::{ExchangedFile, FileKind};
use sluice_shared::profile::Profile;

use crate::file_support::{read_adt, read_exit, sender};
use crate::make::{BREACH, USER_ID, row};
use crate::testkit_files::testkit_file;

const EXIT_ROW: &str = "1301,90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:1,Release\n";
const ADT_ROW: &str = "90-B3-D5-1F-30-03-00-00,6.15.1,P1D,100,200,,\n";

fn suggested(start: &str) -> Option<ExchangedFile> {
    ExchangedFile::suggested_by(start.as_bytes())
}

#[test]
fn each_file_is_suggested_by_its_header_and_by_its_rows() {
    for file in ExchangedFile::ALL {
        let header = file.header();
        for start in [
            format!("{header}\r\n"),
            format!("A title\n\n{header}\n"),
            format!("sep=;\n{}\n", header.replace(',', ";")),
            header.to_lowercase(),
        ] {
            assert_eq!(suggested(&start), Some(file), "{start}");
        }
    }
    let report_row = row("1301", 1, USER_ID, BREACH);
    // As many digits as an EUI-64 without hyphens.
    let long = row("1844674407370955", 1, USER_ID, BREACH);
    for (start, file) in [
        (report_row.as_str(), ExchangedFile::Report),
        (&long, ExchangedFile::Report),
        (EXIT_ROW, ExchangedFile::ExitQuarantine),
        (ADT_ROW, ExchangedFile::Adt),
    ] {
        assert_eq!(suggested(start), Some(file), "{start}");
    }
    assert_eq!(suggested("Dear team,\n"), None);
}

#[test]
fn decisions_written_beside_columns_of_the_report_are_an_exit_file() {
    let header = "QuarantineEventRef,RequestID,UserID,ServiceReferenceVariant,Action\n";
    assert_eq!(suggested(header), Some(ExchangedFile::ExitQuarantine));
}

#[test]
fn whoever_sends_a_report_where_users_send_files_is_told_what_it_is() {
    let report = testkit_file("report/good.csv");
    assert_eq!(
        FileKind::guess(&report, "ADT_x_20261121.csv"),
        Some(FileKind::ExitQuarantine)
    );
    let sender = sender("network-operator");
    for findings in [
        read_exit(&report, &sender, Profile::standard()).findings,
        read_adt(&report, &sender).findings,
    ] {
        let codes: Vec<_> = findings
            .findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(codes, ["report-file"]);
    }
}

#[test]
fn a_report_below_another_file_is_named() {
    let joined = [
        testkit_file("exit-quarantine/good.csv"),
        testkit_file("report/good.csv"),
    ]
    .concat();
    let reading = read_exit(&joined, &sender("network-operator"), Profile::standard());
    let finding = &reading.findings.findings[0];
    assert_eq!(
        finding.message,
        "The header of a Report File stands on line 4: files were joined."
    );
    assert_eq!((reading.findings.total(), reading.rows.len()), (1, 2));
}
