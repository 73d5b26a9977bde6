//! What a finding says of a report: what is wrong, and what to write instead.

use crate::make::{BREACH, OTHER, USER_ID, finding_of, only, read_rows, row, row_but};

#[test]
fn a_breach_that_can_be_told_is_written_out() {
    for (written, meant) in [
        ("aduserthresholdbreach", Some("ADUserThresholdBreach")),
        ("USER_THRESHOLD", Some("ADUserThresholdBreach")),
        ("AD DCC Threshold Breach", Some("ADDCCThresholdBreach")),
        ("DCC threshold", Some("ADDCCThresholdBreach")),
        ("Attribute limits", Some("ADAttributeLimitsBreach")),
        ("QUARANTINE", None),
        ("Breach", None),
        ("7", None),
    ] {
        let finding = only(read_rows(&[row_but(BREACH, written)]));
        assert_eq!(finding.code, "unknown-breach", "{written}");
        assert_eq!(finding.value.as_deref(), Some(written));
        match meant {
            Some(meant) => assert_eq!(finding.remedy, format!("Write {meant}, exactly so.")),
            None => assert!(
                finding.remedy.starts_with("Write ADUserThresholdBreach, "),
                "{}",
                finding.remedy
            ),
        }
    }
}

#[test]
fn a_user_id_beside_the_request_of_another_names_both() {
    let row = row("1301", 1, USER_ID, BREACH).replacen(USER_ID, OTHER, 1);
    let finding = only(read_rows(&[row]));
    assert_eq!(finding.value.as_deref(), Some(USER_ID));
    assert!(finding.message.contains(USER_ID) && finding.message.contains(OTHER));
}

#[test]
fn a_row_that_is_there_twice_is_told_from_one_with_other_details() {
    let same = finding_of("duplicate-communication");
    assert_eq!(same.message, "The communication is already on line 2.");
    for name in [
        "duplicate-communication-other-time",
        "duplicate-communication-other-service",
    ] {
        let finding = finding_of(name);
        let words = "The communication is already on line 2, with other details.";
        assert_eq!(finding.message, words, "{name}");
    }
}

#[test]
fn a_file_of_another_kind_is_called_what_it_is() {
    assert_eq!(
        finding_of("adt-file").message,
        "This is an ADT file, not a Report File."
    );
    assert_eq!(
        finding_of("exit-file").message,
        "This is an Exit Quarantine file, not a Report File."
    );
    assert_eq!(
        finding_of("exit-file-below").message,
        "The header of an Exit Quarantine file stands on line 3: files were joined."
    );
}
