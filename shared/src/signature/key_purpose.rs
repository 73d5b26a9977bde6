//! What a certificate may be used for (extended key usage, RFC 5280, 4.2.1.12), as settings name it.

use core::fmt;

use const_oid::ObjectIdentifier;

use crate::identifiers::text_form;

/// A purpose of the extended key usage, by its object identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPurpose(ObjectIdentifier);

/// The text is not an object identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not an object identifier like 1.3.6.1.5.5.7.3.4")]
pub struct NotAKeyPurpose;

/// What people call those that signers' certificates have.
const NAMES: [(&str, &str); 8] = [
    ("1.3.6.1.5.5.7.3.1", "server authentication"),
    ("1.3.6.1.5.5.7.3.2", "client authentication"),
    ("1.3.6.1.5.5.7.3.3", "code signing"),
    ("1.3.6.1.5.5.7.3.4", "e-mail protection"),
    ("1.3.6.1.5.5.7.3.8", "time stamping"),
    ("1.3.6.1.5.5.7.3.36", "document signing"),
    ("1.3.6.1.4.1.311.10.3.12", "Microsoft document signing"),
    ("1.3.6.1.4.1.311.20.2.2", "smart card logon"),
];

impl KeyPurpose {
    /// Reads an object identifier in dotted form.
    pub fn parse(text: &str) -> Result<Self, NotAKeyPurpose> {
        ObjectIdentifier::new(text)
            .map(Self)
            .map_err(|_| NotAKeyPurpose)
    }

    pub(crate) const fn oid(self) -> ObjectIdentifier {
        self.0
    }

    /// For people: its name and its object identifier.
    pub fn in_words(self) -> String {
        in_words(self.0)
    }
}

/// Several purposes in one sentence.
pub(crate) fn list(purposes: impl Iterator<Item = ObjectIdentifier>) -> String {
    purposes.map(in_words).collect::<Vec<_>>().join(", ")
}

fn in_words(oid: ObjectIdentifier) -> String {
    let oid = oid.to_string();
    match NAMES.iter().find(|(known, _)| *known == oid) {
        Some((_, name)) => format!("{name} ({oid})"),
        None => oid,
    }
}

impl fmt::Display for KeyPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

text_form!(
    KeyPurpose,
    NotAKeyPurpose,
    "A purpose of the extended key usage, by its object identifier",
    "1.3.6.1.5.5.7.3.4",
    r"^[0-2](\.(0|[1-9][0-9]*))+$"
);
