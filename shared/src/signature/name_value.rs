//! One value of a name as text, with its type: `CN=Supplier ARO 1` (RFC 4514, 2.3, 2.4 and 3).
//!
//! `x509-cert` does the same with every object identifier that has a name, 75 kB of them, which each page that shows a signer would
//! have to fetch. Tests hold this to the library.

use core::fmt::Write as _;

use const_oid::ObjectIdentifier;
use der::asn1::{Any, Ia5StringRef, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use der::{Decode as _, Encode as _, Tag, Tagged as _};
use x509_cert::attr::AttributeTypeAndValue;

use crate::identifiers::cannot_be_seen;

/// What types of values are called: first the name that is shown, then others that are read.
static TYPES: [(&str, &[&str]); 31] = [
    ("2.5.4.3", &["CN", "commonName"]),
    ("2.5.4.4", &["SN", "surname"]),
    ("2.5.4.5", &["SERIALNUMBER"]),
    ("2.5.4.6", &["C", "countryName"]),
    ("2.5.4.7", &["L", "localityName"]),
    ("2.5.4.8", &["ST", "stateOrProvinceName"]),
    ("2.5.4.9", &["STREET", "streetAddress"]),
    ("2.5.4.10", &["O", "organizationName"]),
    ("2.5.4.11", &["OU", "organizationalUnitName"]),
    ("2.5.4.12", &["TITLE"]),
    ("2.5.4.13", &["DESCRIPTION"]),
    ("2.5.4.15", &["BUSINESSCATEGORY"]),
    ("2.5.4.16", &["POSTALADDRESS"]),
    ("2.5.4.17", &["POSTALCODE"]),
    ("2.5.4.18", &["POSTOFFICEBOX"]),
    ("2.5.4.20", &["TELEPHONENUMBER"]),
    ("2.5.4.41", &["NAME"]),
    ("2.5.4.42", &["GIVENNAME"]),
    ("2.5.4.43", &["INITIALS"]),
    ("2.5.4.44", &["GENERATIONQUALIFIER"]),
    ("2.5.4.45", &["X500UNIQUEIDENTIFIER"]),
    ("2.5.4.46", &["DNQUALIFIER"]),
    ("2.5.4.49", &["DISTINGUISHEDNAME"]),
    ("2.5.4.51", &["HOUSEIDENTIFIER"]),
    ("2.5.4.54", &["DMDNAME"]),
    ("2.5.4.65", &["PSEUDONYM"]),
    ("1.2.840.113549.1.9.1", &["EMAIL", "emailAddress"]),
    ("0.9.2342.19200300.100.1.1", &["UID", "userId"]),
    ("0.9.2342.19200300.100.1.3", &["MAIL", "RFC822Mailbox"]),
    ("0.9.2342.19200300.100.1.25", &["DC", "domainComponent"]),
    ("0.9.2342.19200300.100.1.44", &["UNIQUEIDENTIFIER"]),
];

/// Reads `type=value`, without spaces around either.
pub(super) fn parse(pair: &str) -> Option<AttributeTypeAndValue> {
    let (name, value) = pair.split_once('=')?;
    let oid = type_called(name)?;
    let value = match value.strip_prefix('#') {
        Some(der) => Any::from_der(&hex::decode(der).ok()?).ok()?,
        None => Any::new(string_type(oid), unescaped(value)?).ok()?,
    };
    Some(AttributeTypeAndValue { oid, value })
}

/// The canonical text; what has no name, or is no text, in hex.
pub(super) fn text(part: &AttributeTypeAndValue) -> String {
    let value = &part.value;
    let shown = match value.tag() {
        Tag::PrintableString => value
            .decode_as::<PrintableStringRef<'_>>()
            .map(|text| escaped(text.as_str())),
        Tag::Utf8String => value
            .decode_as::<Utf8StringRef<'_>>()
            .map(|text| escaped(text.as_str())),
        Tag::Ia5String => value
            .decode_as::<Ia5StringRef<'_>>()
            .map(|text| escaped(text.as_str())),
        Tag::TeletexString => value
            .decode_as::<TeletexStringRef<'_>>()
            .map(|text| escaped(text.as_str())),
        tag => Err(tag.value_error()),
    };
    if let (Some(name), Ok(shown)) = (name_of(part.oid), shown) {
        format!("{name}={shown}")
    } else {
        let der = value.to_der().unwrap_or_default();
        format!("{}=#{}", part.oid, hex::encode(der))
    }
}

fn type_called(name: &str) -> Option<ObjectIdentifier> {
    let is_called = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let known = TYPES.iter().find(|(_, names)| is_called(names));
    ObjectIdentifier::new(known.map_or(name, |(oid, _)| *oid)).ok()
}

fn name_of(oid: ObjectIdentifier) -> Option<&'static str> {
    let dotted = oid.to_string();
    let known = TYPES.iter().find(|(known, _)| *known == dotted);
    known.and_then(|(_, names)| names.first()).copied()
}

/// In which string type a value is encoded (RFC 5280, appendix A.1).
fn string_type(oid: ObjectIdentifier) -> Tag {
    match name_of(oid) {
        Some("C" | "SERIALNUMBER") => Tag::PrintableString,
        Some("DC") => Tag::Ia5String,
        _ => Tag::Utf8String,
    }
}

/// The bytes of a value: a backslash is before a sign that would mean something, or before two hexadecimal digits.
fn unescaped(value: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next()? {
            sign @ (b' ' | b'"' | b'#' | b'=' | b'\\' | b'+' | b',' | b';' | b'<' | b'>') => sign,
            first => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let both = 16 * digit(first)? + digit(rest.next()?)?;
                u8::try_from(both).ok()?
            }
        });
    }
    Some(bytes)
}

fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (place, character) in text.chars().enumerate() {
        match character {
            '#' if place == 0 => shown.push_str("\\#"),
            ' ' if place == 0 || place == last => shown.push_str("\\ "),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => shown.extend(['\\', character]),
            hidden if is_hidden(hidden) => {
                for byte in hidden.encode_utf8(&mut [0; 4]).bytes() {
                    // To a text, it cannot fail.
                    let _ = write!(shown, "\\{byte:02x}");
                }
            }
            other => shown.push(other),
        }
    }
    shown
}

/// Whether a character would make one name look like another: it cannot be seen, changes the order of what stands around it, or looks
/// like a space.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || cannot_be_seen(character)
        || (character.is_whitespace() && character != ' ')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn types_are_called_as_the_library_calls_them() {
        for (oid, names) in TYPES {
            let oid = ObjectIdentifier::new(oid).unwrap();
            for name in names {
                let pair = format!("{name}=x");
                let theirs: AttributeTypeAndValue = pair.parse().unwrap();
                assert_eq!(theirs.oid, oid, "{name}");
                assert_eq!(parse(&pair).unwrap(), theirs, "{name}");
                assert_eq!(text(&theirs), theirs.to_string(), "{name}");
            }
        }
    }

    #[test]
    fn what_has_no_name_or_is_no_text_is_in_hex() {
        for pair in ["2.5.4.31=#0c0178", "2.5.4.3=#1401eb", "1.2.3=#0500"] {
            let theirs: AttributeTypeAndValue = pair.parse().unwrap();
            assert_eq!(parse(pair).unwrap(), theirs);
            assert_eq!(text(&theirs), pair);
        }
        for wrong in [
            "CN", "XX=1", "CN=#1", "CN=#zz", "CN=a\\", "CN=a\\4", "CN=\\zz",
        ] {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_would_not_be_seen_is_in_hex_and_read_back() {
        for (value, shown) in [
            ("ARO \u{202e}1", "CN=ARO \\e2\\80\\ae1"),
            ("ARO\u{a0}1", "CN=ARO\\c2\\a01"),
            ("ARO\u{85}1", "CN=ARO\\c2\\851"),
            ("Zoë 1", "CN=Zoë 1"),
        ] {
            let value = Any::new(Tag::Utf8String, value.as_bytes()).unwrap();
            let oid = ObjectIdentifier::new("2.5.4.3").unwrap();
            let part = AttributeTypeAndValue { oid, value };
            assert_eq!(text(&part), shown);
            assert_eq!(parse(shown).unwrap(), part);
        }
    }

    proptest! {
        #[test]
        fn values_are_read_and_shown_as_by_the_library(value in "[ #a-f0-9\"+,;<>=\\\\é\u{1}]{1,12}") {
            let value = Any::new(Tag::Utf8String, value.as_bytes()).unwrap();
            let oid = ObjectIdentifier::new("2.5.4.3").unwrap();
            let part = AttributeTypeAndValue { oid, value };
            let shown = part.to_string();
            prop_assert_eq!(text(&part), shown.clone());
            prop_assert_eq!(parse(&shown).unwrap(), part);
        }

        #[test]
        fn what_the_library_reads_is_read(pair in "(CN|2\\.5\\.4\\.10|C)=[ #a-f0-9\"+,;<>=\\\\é]{0,8}") {
            let theirs = pair.parse::<AttributeTypeAndValue>();
            if let Some(ours) = parse(&pair) {
                prop_assert_eq!(ours, theirs.unwrap());
            }
        }
    }
}
