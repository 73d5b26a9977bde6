//! Each identifier: what is read, what is refused and why, and that its text is read back as itself.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use sluice_shared::identifiers::{
    ChangeReason, ChangeReasonError, ContactAddress, DisplayName, DisplayNameError, Eui64,
    Eui64Error, Eui64Range, Eui64RangeError, FileDigest, FileName, FileNameError, OrganisationId,
    PersonId, QuarantineEventRef, QuarantineEventRefError, RequestId, RequestIdError,
    ServiceRequestRef, Srv, SrvOrAll, SubmissionId, SubmissionIdError, UserRole,
};

#[test]
fn an_eui_64_is_read_in_either_case_and_bare_and_written_in_one_form() {
    for text in [
        "90-B3-D5-1F-30-01-00-00",
        "90-b3-d5-1f-30-01-00-00",
        "90B3D51F30010000",
        "90b3d51f30010000",
    ] {
        assert_eq!(
            Eui64::parse(text).unwrap().to_string(),
            "90-B3-D5-1F-30-01-00-00"
        );
    }
}

#[test]
fn an_eui_64_that_is_none_says_where() {
    assert_eq!(Eui64::parse("90-B3-D5"), Err(Eui64Error::Length(8)));
    assert_eq!(
        Eui64::parse("90-B3-D5-1G-30-01-00-00"),
        Err(Eui64Error::Character(11))
    );
    assert_eq!(
        Eui64::parse("90:B3-D5-1F-30-01-00-00"),
        Err(Eui64Error::Character(3))
    );
    assert_eq!(
        Eui64::parse("90B3D51F3001000-"),
        Err(Eui64Error::Character(16))
    );
}

#[test]
fn a_request_id_has_three_parts_and_a_counter_of_64_bits() {
    let parse = |counter: &str| {
        RequestId::parse(&format!(
            "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:{counter}"
        ))
    };
    assert_eq!(parse("18446744073709551615").unwrap().counter, u64::MAX);
    assert_eq!(
        parse("18446744073709551616"),
        Err(RequestIdError::CounterTooLarge)
    );
    assert_eq!(parse("007"), Err(RequestIdError::CounterLeadingZero));
    assert_eq!(parse("+7"), Err(RequestIdError::Counter));
    assert_eq!(parse(""), Err(RequestIdError::Counter));
    assert_eq!(
        RequestId::parse("90-B3-D5-1F-30-01-00-00"),
        Err(RequestIdError::Parts)
    );
    assert!(RequestId::parse("90B3D51F30010000:00DB1234567890A0:0").is_ok());
}

#[test]
fn what_is_wrong_with_an_eui_64_is_counted_in_characters() {
    let with_dashes = "90–B3–D5–1F–30–03–00–00";
    assert_eq!(Eui64::parse(with_dashes), Err(Eui64Error::Character(3)));
    assert_eq!(
        Eui64::parse("90B3D51F3003000é"),
        Err(Eui64Error::Character(16))
    );
    assert_eq!(Eui64::parse("90B3D51F300300é"), Err(Eui64Error::Length(15)));
    // As many bytes as an EUI-64 has characters.
    assert_eq!(
        Eui64::parse("90-B3-D5-1F-30-03-00-é"),
        Err(Eui64Error::Length(22))
    );
    assert_eq!(
        Eui64::parse_bytes(&[0xff; 23]),
        Err(Eui64Error::Character(1))
    );
}

#[test]
fn an_event_reference_is_text_of_digits_that_sorts_by_value() {
    let parse = |text| QuarantineEventRef::parse(text).unwrap();
    assert_eq!(
        parse("18446744073709551617").value(),
        18_446_744_073_709_551_617
    );
    assert!(parse("1203") > parse("201"));
    assert_ne!(parse("01203"), parse("1203"));
    assert_eq!(
        QuarantineEventRef::parse(&"9".repeat(21)),
        Err(QuarantineEventRefError::TooLong(21))
    );
    assert_eq!(
        QuarantineEventRef::parse("12 03"),
        Err(QuarantineEventRefError::NotDigits)
    );
}

#[test]
fn services_sort_by_their_parts_and_are_not_numbers() {
    let parse = |text| Srv::parse(text).unwrap();
    assert!(parse("7.2") < parse("7.10"));
    assert!(parse("7.1") < parse("7.1.1"));
    assert_ne!(parse("7.1"), parse("7.10"));
    for text in [
        "7", "7.", ".2", "7.02", "7.2.1.1", "7,2", "100.1", "7.2 ", "ALL",
    ] {
        assert!(Srv::parse(text).is_err(), "{text}");
    }
    assert_eq!(SrvOrAll::parse("ALL").unwrap(), SrvOrAll::All);
    assert!(SrvOrAll::parse("All").is_err());
}

#[test]
fn a_submission_reference_forgives_what_people_change_in_copying() {
    let id =
        SubmissionId::from_random([0x0f, 0x10, 0x21, 0x32, 0x43, 0x54, 0x65, 0x76, 0x87, 0x98]);
    let text = id.to_string();
    assert_eq!(text.len(), 19);
    assert_eq!(
        SubmissionId::parse(&text.to_lowercase().replace('-', " ")),
        Ok(id)
    );
    assert_eq!(
        SubmissionId::parse(&text.replace('0', "o").replace('1', "l")),
        Ok(id)
    );
    assert_eq!(
        SubmissionId::parse("4F7K"),
        Err(SubmissionIdError::Length(4))
    );
    assert_eq!(
        SubmissionId::parse("4F7K-2M9Q-XW3T-8HBU"),
        Err(SubmissionIdError::Character('U'))
    );
    assert_eq!(
        SubmissionId::from_random([0xff; 10]).to_string(),
        "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    );
}

#[test]
fn a_file_name_is_no_path_and_cannot_mislead() {
    assert!(FileName::parse("ADT_large-supplier_20261121.csv").is_ok());
    for text in [
        "../secret",
        "C:\\file",
        "a\nb",
        "invoice\u{202e}vsc.exe",
        "\u{2066}a",
    ] {
        assert_eq!(
            FileName::parse(text),
            Err(FileNameError::Character),
            "{text:?}"
        );
    }
    assert_eq!(FileName::parse(".."), Err(FileNameError::Folder));
    assert_eq!(FileName::parse(" \u{3000}"), Err(FileNameError::Blank));
    assert_eq!(FileName::parse(""), Err(FileNameError::Length));
    assert_eq!(
        FileName::parse(&"é".repeat(256)),
        Err(FileNameError::Length)
    );
    assert!(FileName::parse(&"é".repeat(255)).is_ok());
}

#[test]
fn a_file_may_be_called_what_its_own_system_allows() {
    for text in [
        "ADT 12:30.csv",
        "what?.csv",
        "a*b|c<d>\".csv",
        "報告",
        "notes é.gz",
    ] {
        assert!(FileName::parse(text).is_ok(), "{text}");
        assert_eq!(FileName::nearest(text).as_str(), text);
    }
}

#[test]
fn the_nearest_name_keeps_the_beginning_and_the_end() {
    for (text, nearest) in [
        ("a\\b.csv", "a_b.csv"),
        ("a\u{202e}b.csv", "a_b.csv"),
        ("a\nb.csv", "a_b.csv"),
        ("", "_"),
        ("..", "_"),
    ] {
        assert_eq!(FileName::nearest(text).as_str(), nearest, "{text:?}");
    }
    let long = format!("ADT_{}_20261121.csv", "é".repeat(300));
    let nearest = FileName::nearest(&long).to_string();
    assert_eq!(nearest.chars().count(), 255);
    assert!(nearest.starts_with("ADT_é") && nearest.ends_with("é_20261121.csv"));
}

#[test]
fn names_refuse_what_object_keys_and_logs_should_not_carry() {
    assert!(OrganisationId::parse("large-supplier").is_ok());
    for text in ["a", "Large", "a/b", "a b", ""] {
        assert!(OrganisationId::parse(text).is_err(), "{text}");
    }
    assert!(ServiceRequestRef::parse("SMSR 2026/00417").is_ok());
    assert!(ServiceRequestRef::parse(" SMSR").is_err());
    assert!(ServiceRequestRef::parse(&"1".repeat(41)).is_err());
}

#[test]
fn a_person_is_whatever_the_sign_in_calls_them() {
    for sub in [
        "supplier.aro_1@example-2",
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "f:550e8400-e29b-41d4-a716-446655440000:name",
        "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ+/w==",
        "https://issuer.example/people/7",
        "CN=Smith, O=Large Supplier",
        &"x".repeat(255),
    ] {
        assert_eq!(PersonId::parse(sub).unwrap().as_str(), sub);
    }
    for sub in ["", " a", "a ", "a\nb", "a\u{7f}", "é", &"x".repeat(256)] {
        assert!(PersonId::parse(sub).is_err(), "{sub:?}");
    }
}

#[test]
fn a_digest_has_one_form() {
    let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(FileDigest::parse(text).unwrap().to_string(), text);
    assert!(FileDigest::parse(&text.to_uppercase()).is_err());
    assert!(FileDigest::parse(&text[2..]).is_err());
}

#[test]
fn json_carries_identifiers_as_their_text_and_refuses_others() {
    let roles: Vec<UserRole> = serde_json::from_str(r#"["IS","MDR"]"#).unwrap();
    assert_eq!(serde_json::to_string(&roles).unwrap(), r#"["IS","MDR"]"#);
    let error = serde_json::from_str::<Srv>(r#""7.02""#).unwrap_err();
    assert!(error.to_string().contains("7.02"));
}

proptest! {
    #[test]
    fn what_an_eui_64_writes_it_reads(value: u64) {
        let id = Eui64::new(value);
        prop_assert_eq!(Eui64::parse(&id.to_string()), Ok(id));
    }

    #[test]
    fn what_a_request_id_writes_it_reads(originator: u64, target: u64, counter: u64) {
        let id = RequestId { originator: Eui64::new(originator), target: Eui64::new(target), counter };
        prop_assert_eq!(RequestId::parse(&id.to_string()), Ok(id));
    }

    #[test]
    fn what_an_event_reference_writes_it_reads(text in "[0-9]{1,20}") {
        let reference = QuarantineEventRef::parse(&text).unwrap();
        prop_assert_eq!(reference.to_string(), text);
    }

    #[test]
    fn what_a_service_writes_it_reads(text in "(0|[1-9][0-9]?)(\\.(0|[1-9][0-9]?)){1,2}") {
        let srv = Srv::parse(&text).unwrap();
        prop_assert_eq!(srv.to_string(), text.clone());
        prop_assert_eq!(SrvOrAll::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn what_a_submission_reference_writes_it_reads(bytes: [u8; 10]) {
        let id = SubmissionId::from_random(bytes);
        prop_assert_eq!(SubmissionId::parse(&id.to_string()), Ok(id));
    }

    #[test]
    fn what_a_digest_writes_it_reads(bytes: [u8; 32]) {
        let digest = FileDigest::new(bytes);
        prop_assert_eq!(FileDigest::parse(&digest.to_string()), Ok(digest));
    }

    #[test]
    fn names_are_kept_as_they_are(
        organisation in "[a-z0-9-]{2,40}", person in "[!-~]([ -~]{0,253}[!-~])?", request in "[!-~]([ -~]{0,38}[!-~])?",
    ) {
        prop_assert_eq!(OrganisationId::parse(&organisation).unwrap().to_string(), organisation);
        prop_assert_eq!(PersonId::parse(&person).unwrap().to_string(), person);
        prop_assert_eq!(ServiceRequestRef::parse(&request).unwrap().to_string(), request);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        if let Ok(role) = UserRole::parse(&text) {
            prop_assert_eq!(role.to_string(), text.clone());
        }
        if let Ok(name) = FileName::parse(&text) {
            prop_assert_eq!(name.to_string(), text.clone());
        }
        if let Ok(id) = Eui64::parse(&text) {
            prop_assert_eq!(Eui64::parse(&id.to_string()), Ok(id));
        }
    }
}

#[test]
fn a_name_is_one_line_as_people_write_it_and_a_comma_is_a_letter() {
    for text in ["O'Neil, Siân", "Åsa Öberg-Łoś, PhD", "李"] {
        assert_eq!(DisplayName::parse(text).unwrap().to_string(), text);
    }
    for (text, error) in [
        ("", DisplayNameError::Empty),
        ("\u{200d}", DisplayNameError::Empty),
        (" Sian", DisplayNameError::Blank),
        ("Si\u{202e}an", DisplayNameError::Unseen),
        ("Sian\nAdministrator", DisplayNameError::Unseen),
    ] {
        assert_eq!(DisplayName::parse(text), Err(error), "{text:?}");
    }
    assert!(DisplayName::parse(&"a".repeat(100)).is_ok());
    assert_eq!(
        DisplayName::parse(&"a".repeat(101)),
        Err(DisplayNameError::TooLong)
    );
}

#[test]
fn a_contact_is_a_mail_address() {
    assert!(ContactAddress::parse("thresholds@example.com").is_ok());
    for text in [
        "",
        "thresholds",
        "a@b",
        "@example.com",
        "a b@example.com",
        "a@b@c.de",
        "a@.com",
    ] {
        assert!(ContactAddress::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_range_has_both_its_ends_and_does_not_run_backwards() {
    let range = Eui64Range::parse("90B3D51F30000000/90-b3-d5-1f-30-00-00-0f").unwrap();
    assert_eq!(
        range.to_string(),
        "90-B3-D5-1F-30-00-00-00/90-B3-D5-1F-30-00-00-0F"
    );
    let has = |number: u64| range.contains(Eui64::new(0x90b3_d51f_3000_0000 + number));
    assert!(has(0) && has(15) && !has(16));
    let backwards = "90B3D51F3000000F/90B3D51F30000000";
    assert_eq!(
        Eui64Range::parse(backwards),
        Err(Eui64RangeError::Backwards)
    );
    assert_eq!(
        Eui64Range::parse("90B3D51F30000000"),
        Err(Eui64RangeError::Ends)
    );
}

#[test]
fn a_reason_for_a_change_says_something() {
    assert!(ChangeReason::parse(" Has left. ").is_ok_and(|reason| reason.as_str() == "Has left."));
    assert_eq!(ChangeReason::parse("no"), Err(ChangeReasonError::TooShort));
    assert_eq!(
        ChangeReason::parse("Has\u{200b} left."),
        Err(ChangeReasonError::Control('\u{200b}'))
    );
}
