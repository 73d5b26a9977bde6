//! Names of people and authorities in certificates (RFC 4514 text).

use core::fmt;
use core::str::FromStr;

use x509_cert::name::Name;

use crate::identifiers::text_form;

/// A distinguished name as RFC 4514 text in one canonical spelling: `CN=Supplier ARO 1,O=Large Supplier,C=GB`.
///
/// Two names are the same person when their canonical texts are equal. The string type in the certificate
/// (`PrintableString` or `UTF8String`) makes no difference; capitals and spaces do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DistinguishedName(String);

/// The text is not a distinguished name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a distinguished name like CN=Supplier ARO 1,O=Large Supplier,C=GB")]
pub struct NotADistinguishedName;

impl DistinguishedName {
    /// Reads RFC 4514 text; spaces after the commas between parts are forgiven.
    pub fn parse(text: &str) -> Result<Self, NotADistinguishedName> {
        Ok(Self::from_name(&to_name(text)?))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of the common name (`CN`), which people know a person by; the whole name when it has none.
    pub fn common_name(&self) -> &str {
        self.0
            .split(',')
            .find_map(|part| part.strip_prefix("CN="))
            .unwrap_or(&self.0)
    }

    pub(crate) fn from_name(name: &Name) -> Self {
        Self(name.to_string())
    }
}

/// The name as it is encoded in a certificate or request.
pub(crate) fn to_name(text: &str) -> Result<Name, NotADistinguishedName> {
    let trimmed = text.trim().replace(", ", ",");
    let name = Name::from_str(&trimmed).map_err(|_| NotADistinguishedName)?;
    let empty = name
        .0
        .iter()
        .flat_map(|part| part.0.iter())
        .any(|part| part.value.value().is_empty());
    if name.is_empty() || empty {
        Err(NotADistinguishedName)
    } else {
        Ok(name)
    }
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(
    DistinguishedName,
    NotADistinguishedName,
    "A distinguished name, RFC 4514",
    "CN=Supplier ARO 1,O=Large Supplier,C=GB",
    "^.+$"
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_canonical_text() {
        let name = DistinguishedName::parse("CN=Supplier ARO 1, O=Large Supplier, C=GB").unwrap();
        assert_eq!(name.as_str(), "CN=Supplier ARO 1,O=Large Supplier,C=GB");
        assert_eq!(name.common_name(), "Supplier ARO 1");
        assert_eq!(DistinguishedName::parse(name.as_str()).unwrap(), name);
    }

    #[test]
    fn what_is_not_a_name_is_refused() {
        for text in ["", "Supplier", "XX=1", "CN=", "CN=a,,O=b"] {
            assert!(DistinguishedName::parse(text).is_err(), "{text}");
        }
    }
}
