//! Names of people and authorities in certificates (RFC 4514 text).

use core::fmt;

use const_oid::db::rfc4519::CN;
use der::asn1::{Any, BmpString, SetOfVec, Utf8StringRef};
use der::{Tag, Tagged as _};
use pkix_path::names_match;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use super::{name_text, name_value};
use crate::identifiers::text_form;

/// A distinguished name as RFC 4514 text in one canonical spelling: `CN=Supplier ARO 1,O=Large Supplier,C=GB`.
///
/// Equal texts are the same name, and other texts can be: [`is_same_as`](Self::is_same_as).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DistinguishedName(String);

/// The text is not a distinguished name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a distinguished name like CN=Supplier ARO 1,O=Large Supplier,C=GB")]
pub struct NotADistinguishedName;

impl DistinguishedName {
    /// Reads RFC 4514 text; spaces around the parts, and quotes around a value as OpenSSL writes them, are forgiven.
    pub fn parse(text: &str) -> Result<Self, NotADistinguishedName> {
        Ok(Self::from_name(&to_name(text)?))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of the common name (`CN`), which people know a person by; the whole name when it has none.
    pub fn common_name(&self) -> String {
        let name = to_name(&self.0).unwrap_or_default();
        let mut parts = name.0.iter().rev().flat_map(|part| part.0.iter());
        parts
            .find(|part| part.oid == CN)
            .and_then(|part| {
                part.value
                    .decode_as::<Utf8StringRef<'_>>()
                    .ok()
                    .map(|text| text.to_string())
            })
            .unwrap_or_else(|| self.0.clone())
    }

    /// The first character in it that cannot be seen or looks like a space, and stands in the text in hexadecimal digits.
    pub fn first_hidden(&self) -> Option<char> {
        let name = to_name(&self.0).ok()?;
        let mut values = name.0.iter().flat_map(|part| part.0.iter());
        values.find_map(|part| {
            let text = part.value.decode_as::<Utf8StringRef<'_>>().ok()?;
            text.as_str().chars().find(|c| name_value::is_hidden(*c))
        })
    }

    /// Whether both are the same name as RFC 5280, 7.1, compares them: part by part in the same order, whatever string type,
    /// capitals and runs of spaces there are.
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (to_name(&self.0), to_name(&other.0)) {
            _ if self == other => true,
            (Ok(a), Ok(b)) => names_match(&a, &b),
            _ => false,
        }
    }

    /// Whether it has the parts of the other in another order. That is another name; people mix them up, since tools show names
    /// from either end.
    pub fn has_parts_in_other_order(&self, other: &Self) -> bool {
        let (Ok(a), Ok(b)) = (to_name(&self.0), to_name(&other.0)) else {
            return false;
        };
        let alone = |part: &RelativeDistinguishedName| RdnSequence(vec![part.clone()]);
        let mut left: Vec<_> = b.0.iter().map(alone).collect();
        let all_found = a.0.iter().map(alone).all(|part| {
            let found = left.iter().position(|other| names_match(&part, other));
            found.map(|at| left.swap_remove(at)).is_some()
        });
        all_found && left.is_empty() && !names_match(&a, &b)
    }

    /// Text in any string type that has a mapping to Unicode is text; what has none stays in hex, as RFC 4514 wants it.
    pub(crate) fn from_name(name: &Name) -> Self {
        let parts = name.0.iter().rev().map(|part| {
            let values = part.0.iter().map(in_utf8).collect::<Vec<_>>();
            // In the order of their encoding, as a set has them.
            let values = SetOfVec::try_from(values).unwrap_or_else(|_| part.0.clone());
            let texts: Vec<_> = values.iter().map(name_value::text).collect();
            texts.join("+")
        });
        Self(parts.collect::<Vec<_>>().join(","))
    }
}

fn in_utf8(part: &AttributeTypeAndValue) -> AttributeTypeAndValue {
    let text = match part.value.tag() {
        Tag::BmpString => part
            .value
            .decode_as::<BmpString>()
            .ok()
            .map(|text| text.to_string()),
        Tag::VisibleString | Tag::NumericString => {
            String::from_utf8(part.value.value().to_vec()).ok()
        }
        _ => None,
    };
    let value = text.and_then(|text| Any::new(Tag::Utf8String, text.into_bytes()).ok());
    AttributeTypeAndValue {
        oid: part.oid,
        value: value.unwrap_or_else(|| part.value.clone()),
    }
}

/// The name as it is encoded in a certificate or request.
pub(crate) fn to_name(text: &str) -> Result<Name, NotADistinguishedName> {
    let mut parts = Vec::new();
    for part in name_text::parts(text).ok_or(NotADistinguishedName)? {
        let values = part.iter().map(|value| name_value::parse(value));
        let values: Vec<_> = values.collect::<Option<_>>().ok_or(NotADistinguishedName)?;
        if values.iter().any(|value| value.value.value().is_empty()) {
            return Err(NotADistinguishedName);
        }
        let set = SetOfVec::try_from(values).map_err(|_| NotADistinguishedName)?;
        parts.push(RelativeDistinguishedName(set));
    }
    // The text begins with what is encoded last (RFC 4514, 2.1).
    parts.reverse();
    Ok(RdnSequence(parts))
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
#[path = "name_test.rs"]
mod tests;
