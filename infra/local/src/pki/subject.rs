//! Distinguished names, encoded as the domain's parser encodes RFC 4514 text: a country is a `PrintableString`, the rest UTF-8.

use rcgen::{DistinguishedName, DnType, DnValue};

/// `C=GB, O=organisation, CN=name`, in the order in which a certificate holds them: RFC 4514 reads it backwards.
pub(super) fn subject(name: &str, organisation: &str) -> DistinguishedName {
    let mut subject = DistinguishedName::new();
    let country = "GB".try_into().expect("two letters are printable");
    subject.push(DnType::CountryName, DnValue::PrintableString(country));
    subject.push(DnType::OrganizationName, organisation);
    subject.push(DnType::CommonName, name);
    subject
}
