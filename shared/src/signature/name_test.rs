#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

fn name(text: &str) -> DistinguishedName {
    DistinguishedName::parse(text).unwrap()
}

/// A name of one common name in this string type.
fn common_name(value: Any) -> DistinguishedName {
    let part = AttributeTypeAndValue { oid: CN, value };
    let set = SetOfVec::try_from(vec![part]).unwrap();
    DistinguishedName::from_name(&RdnSequence(vec![RelativeDistinguishedName(set)]))
}

#[test]
fn one_canonical_text() {
    for text in [
        "CN=Supplier ARO 1,O=Large Supplier,C=GB",
        "CN=Supplier ARO 1, O=Large Supplier, C=GB",
        "  cn = Supplier ARO 1 , o = Large Supplier , c = GB ",
    ] {
        let name = name(text);
        assert_eq!(name.as_str(), "CN=Supplier ARO 1,O=Large Supplier,C=GB");
        assert_eq!(name.common_name(), "Supplier ARO 1");
        assert_eq!(DistinguishedName::parse(name.as_str()).unwrap(), name);
    }
}

#[test]
fn a_comma_in_a_value_stays_as_it_is_in_text_name_and_common_name() {
    for text in [
        r"CN=Smith\, John,O=T,C=GB",
        r#"CN="Smith, John", O=T, C=GB"#,
    ] {
        let name = name(text);
        assert_eq!(name.as_str(), r"CN=Smith\, John,O=T,C=GB");
        assert_eq!(name.common_name(), "Smith, John");
    }
    // The library takes a comma behind an escaped backslash and an escape for one that separates.
    assert_eq!(name(r"CN=a\\\,b,C=GB").common_name(), r"a\,b");
    assert_eq!(name(r"CN=a\\,C=GB").common_name(), r"a\");
    assert_eq!(name(r"CN=a\ ,C=GB").common_name(), "a ");
}

#[test]
fn what_is_not_a_name_is_refused() {
    for text in [
        "",
        "Supplier",
        "XX=1",
        "CN=",
        "CN=a,,O=b",
        "CN=a,",
        r"CN=a\",
        "CN=\"a",
        "CN=a+",
    ] {
        assert!(DistinguishedName::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_name_in_bmp_or_visible_string_is_shown_as_text() {
    let text = "Smith, Zoë";
    let bmp = Any::encode_from(&BmpString::from_utf8(text).unwrap()).unwrap();
    assert_eq!(common_name(bmp).as_str(), r"CN=Smith\, Zoë");
    let visible = Any::new(Tag::VisibleString, *b"Smith").unwrap();
    assert_eq!(common_name(visible).as_str(), "CN=Smith");
    // No string type, and no common mapping to Unicode.
    let teletex = Any::new(Tag::TeletexString, [0xeb]).unwrap();
    assert_eq!(common_name(teletex).as_str(), "2.5.4.3=#1401eb");
}

#[test]
fn names_are_the_same_whatever_string_type_capitals_and_spaces() {
    let registered = name("CN=Supplier ARO 1,O=Large Supplier,C=GB");
    for same in [
        "CN=supplier aro 1,O=LARGE SUPPLIER,C=gb",
        "CN=Supplier  ARO 1,O=Large Supplier,C=GB",
    ] {
        assert!(registered.is_same_as(&name(same)), "{same}");
    }
    for other in [
        "CN=Supplier ARO 2,O=Large Supplier,C=GB",
        "CN=SupplierARO 1,O=Large Supplier,C=GB",
        "CN=Supplier ARO 1,O=Large Supplier",
        "CN=Supplier ARO 1,OU=Large Supplier,C=GB",
        "C=GB,O=Large Supplier,CN=Supplier ARO 1",
        r"CN=Supplier ARO 1\,O=Large Supplier,C=GB",
    ] {
        assert!(!registered.is_same_as(&name(other)), "{other}");
    }
}

#[test]
fn the_same_parts_in_another_order_are_told_from_other_parts() {
    let registered = name("CN=Supplier ARO 1,O=Large Supplier,C=GB");
    let is_other_order = |text: &str| name(text).has_parts_in_other_order(&registered);
    assert!(is_other_order("C=GB,O=Large Supplier,CN=Supplier ARO 1"));
    assert!(is_other_order("O=large supplier,CN=Supplier ARO 1,C=GB"));
    assert!(!is_other_order(registered.as_str()));
    assert!(!is_other_order("C=GB,O=Large Supplier"));
    assert!(!is_other_order("C=GB,O=Large Supplier,CN=Supplier ARO 2"));
    assert!(!is_other_order(
        "C=GB,O=Large Supplier,CN=Supplier ARO 1,CN=Supplier ARO 1"
    ));
}

proptest! {
    #[test]
    fn every_value_is_read_back_from_the_text_that_is_shown(values in prop::collection::vec("\\PC{1,12}", 1..4)) {
        let parts = values.iter().map(|value| {
            let value = Any::new(Tag::Utf8String, value.as_bytes()).unwrap();
            let set = SetOfVec::try_from(vec![AttributeTypeAndValue { oid: CN, value }]).unwrap();
            RelativeDistinguishedName(set)
        });
        let shown = DistinguishedName::from_name(&RdnSequence(parts.collect()));
        let read = to_name(shown.as_str()).unwrap();
        let read: Vec<_> = read.0.iter().map(|part| part.0.get(0).unwrap().value.value().to_vec()).collect();
        let given: Vec<_> = values.iter().map(|value| value.as_bytes().to_vec()).collect();
        prop_assert_eq!(read, given);
        prop_assert_eq!(DistinguishedName::parse(shown.as_str()).unwrap(), shown);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        if let Ok(name) = DistinguishedName::parse(&text) {
            prop_assert_eq!(DistinguishedName::parse(name.as_str()), Ok(name));
        }
    }
}
