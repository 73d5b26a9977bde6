//! What a finding says of a file: its sentence names what is there, and its remedy what to write instead.
#![allow(clippy::unwrap_used)]

mod file_support;
mod testkit_files;

use std::collections::BTreeSet;

use sluice_shared::finding::Finding;

use testkit_files::{testkit_file, testkit_path};

/// The one finding about an ADT file of these bytes.
fn finding(bytes: &[u8]) -> Finding {
    let sender = file_support::sender("network-operator");
    let mut findings = file_support::read_adt(bytes, &sender).findings.findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

/// The same of a file of the testkit.
fn finding_of(name: &str) -> Finding {
    finding(&testkit_file(&format!("adt/{name}.csv")))
}

#[test]
fn a_file_that_is_no_csv_is_called_what_it_is() {
    const NAMES: [(&str, &str); 6] = [
        ("not-csv-binary", "looks like something else than text."),
        ("not-csv-pdf", "looks like a PDF."),
        ("not-csv-prose", "names none of the columns"),
        (
            "not-csv-rtf",
            "looks like a document in Rich Text Format (RTF).",
        ),
        (
            "not-csv-signature",
            "looks like a signature, a certificate or a key.",
        ),
        (
            "not-csv-workbook",
            "looks like a workbook or another zipped file.",
        ),
    ];
    for (name, words) in NAMES {
        let said = finding_of(name).message;
        assert!(said.contains(words), "{name}: {said}");
    }
    let files = std::fs::read_dir(testkit_path("adt")).unwrap();
    let names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let there: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| name.strip_suffix(".csv"))
        .filter(|name| name.starts_with("not-csv-"))
        .collect();
    let listed: BTreeSet<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    assert_eq!(there, listed);
}

#[test]
fn a_format_is_known_by_its_first_bytes() {
    const STARTS: [(&[u8], &str); 9] = [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Excel or Word file, or an Outlook message",
        ),
        (b"ID;PWXL;N;E\n", "a spreadsheet in the format SYLK"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JF", "a picture"),
        (
            b"\x30\x82\x04\x00\x06\x09\x2a\x86",
            "a signature or a signed file",
        ),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "a compressed file"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "a compressed file"),
        (b"<!DOCTYPE html>\n", "a web page or XML"),
        (b"[{\"UserID\": 1}]\n", "JSON"),
    ];
    for (start, what) in STARTS {
        let said = finding(start).message;
        assert_eq!(said, format!("The file is not CSV: it looks like {what}."));
    }
}

#[test]
fn another_encoding_is_named() {
    for (name, encoding) in [
        ("utf-16", "UTF-16"),
        ("utf-16-without-bom", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-big-endian", "UTF-32"),
        ("utf-32-without-bom", "UTF-32"),
        ("utf-7", "UTF-7"),
        ("scsu", "SCSU"),
        ("ebcdic", "EBCDIC"),
    ] {
        let said = finding_of(name).message;
        let wanted = format!("The file is in {encoding}, not in UTF-8.");
        assert_eq!(said, wanted, "{name}");
    }
}

#[test]
fn what_stands_in_place_of_a_hyphen_is_named() {
    for (name, what) in [
        ("user-id-with-en-dashes", "an en dash (U+2013)"),
        (
            "user-id-with-non-breaking-hyphens",
            "a non-breaking hyphen (U+2011)",
        ),
    ] {
        let said = finding_of(name).message;
        assert!(said.contains(what), "{name}: {said}");
    }
}

#[test]
fn a_remedy_says_what_to_write() {
    for (name, words) in [
        ("no-end-as-year-9999", "Leave EffectiveTo empty"),
        ("no-end-as-year-2099", "Leave EffectiveTo empty"),
        ("date-with-space", "Write 2026-12-01T00:00:00Z."),
        ("date-hour-24", "Write 2026-12-02T00:00:00Z."),
    ] {
        let remedy = finding_of(name).remedy;
        assert!(remedy.contains(words), "{name}: {remedy}");
    }
}

/// The remedies for a row below a header that is right.
fn remedies_for_row(row: &str) -> String {
    let header = sluice_shared::files::FileKind::Adt.header();
    let sender = file_support::sender("network-operator");
    let findings =
        file_support::read_adt(format!("{header}\n{row}\n").as_bytes(), &sender).findings;
    let of_row = findings.findings.iter();
    let of_row = of_row.filter(|finding| finding.line == Some(2));
    of_row
        .map(|finding| finding.remedy.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_row_whose_values_are_not_told_apart_is_no_row_with_values_missing() {
    const ROW: &str = "90-B3-D5-1F-30-03-00-00,1.1.1,P1D,49,62,,";
    for row in [format!("\"{ROW}\""), ROW.replace(',', "^")] {
        let remedies = remedies_for_row(&row);
        assert!(
            remedies.contains("no quotation marks stand around the whole row"),
            "{row}: {remedies}"
        );
    }
    for between in ["\u{b}", "\u{85}", "\0", "<br>"] {
        let remedies = remedies_for_row(&format!("{ROW}{between}{ROW}"));
        assert!(
            remedies.contains("Several rows seem to stand on one line."),
            "{remedies}"
        );
    }
    let remedies = remedies_for_row(&ROW.replace("49", "1,049"));
    assert!(
        remedies.contains("Look for a comma inside a value"),
        "{remedies}"
    );
    let remedies = remedies_for_row(&ROW.replace("49", "049"));
    assert!(
        remedies.contains("without a zero before them"),
        "{remedies}"
    );
}

#[test]
fn another_line_end_is_named() {
    for (name, what) in [
        ("line-end-next-line", "NEL (U+0085)"),
        (
            "line-end-next-line-latin-1",
            "the byte 85, which is NEL in Latin-1",
        ),
        (
            "line-end-next-line-ebcdic",
            "the byte 15, which is NEL in EBCDIC",
        ),
        ("line-end-nul", "NUL (U+0000)"),
        ("line-end-tag", "the tag <br>"),
        ("line-end-reversed", "LF CR, the wrong way round"),
    ] {
        let wanted = format!("Lines end in {what}, not in LF or CR LF.");
        assert_eq!(finding_of(name).message, wanted, "{name}");
    }
}

#[test]
fn a_delimiter_that_does_not_show_is_named_by_its_number() {
    let said = finding_of("delimiter-unit-separator").message;
    assert_eq!(
        said,
        "The values are separated by the character U+001F, not by commas."
    );
}

#[test]
fn a_header_in_quotation_marks_is_one_value_also_with_empty_ones_beside_it() {
    let said = finding_of("rows-in-quotation-marks-with-commas").message;
    assert!(
        said.contains("stands in quotation marks as a whole"),
        "{said}"
    );
}

#[test]
fn a_last_row_that_nothing_ends_is_where_a_file_was_cut_off() {
    let remedy = finding_of("cut-off-in-last-row").remedy;
    assert!(remedy.contains("seems to be cut off here"), "{remedy}");
    let bytes = testkit_file("adt/cut-off-in-last-row.csv");
    let ended = [&bytes[..], b"\n"].concat();
    assert!(!finding(&ended).remedy.contains("cut off"));
}

#[test]
fn what_begins_with_a_sign_is_called_what_it_is() {
    let of_settings = finding(b"[settings]\nfile=thresholds\n").message;
    assert!(
        of_settings.contains("names none of the columns"),
        "{of_settings}"
    );
    let remedies = remedies_for_row("90-B3-D5-1F-30-03-00-00,1.1.1,P1D,#REF!,62,,");
    assert!(
        remedies.contains("Put the value itself there"),
        "{remedies}"
    );
    let remedies = remedies_for_row("90-B3-D5-1F-30-03-00-00,1.1.1,P1D,#49,62,,");
    assert!(
        !remedies.contains("Put the value itself there"),
        "{remedies}"
    );
}
