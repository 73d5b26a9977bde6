//! What exactly is wrong where one code stands for several things: what was given instead of a signature, which limit it is
//! beyond, which attribute is not as it should be and how.

use super::file_defects::grouped;
use crate::signature::DistinguishedName;

/// Why a file is no CMS signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCms {
    /// It cannot be told what it is.
    Unknown,
    /// It is something else, such as `a certificate`.
    Other(&'static str),
    /// It ends before the signature does.
    CutOff,
    /// It has several blocks of PEM that could be one, and none is.
    NoneOf {
        /// How many.
        blocks: usize,
    },
    /// More than line ends and spaces follows the signature.
    Followed {
        /// How many bytes.
        bytes: usize,
    },
}

/// Which limit a signature is beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// Everything but the file inside.
    Bytes {
        /// How many there are.
        bytes: usize,
        /// How many are read.
        most: usize,
    },
    /// The same, and revocation lists make it so.
    Lists {
        /// How many bytes they have.
        bytes: usize,
        /// How many are read in all.
        most: usize,
    },
    /// Certificates.
    Certificates {
        /// How many there are.
        count: usize,
        /// How many are read.
        most: usize,
    },
    /// Members of another set, such as that of the unsigned attributes.
    Members {
        /// How many there are.
        count: usize,
        /// How many are read.
        most: usize,
    },
    /// Values inside values.
    Nested,
}

/// Why what a signature has inside is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFileInside {
    /// It has no bytes, and another file was signed.
    Empty,
    /// It is not an OCTET STRING.
    NotOctets,
    /// What was signed is not plain data: `eContentType` (RFC 5652, 5.2) says another kind.
    OtherKind,
}

/// How a signed attribute is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeFault {
    /// It is not there.
    Missing,
    /// It is there more than once, or with more than one value.
    Twice,
    /// It is not of the form, or does not say what CMS wants.
    Wrong,
    /// A time with an offset from UTC.
    Offset,
    /// A time with a fraction of a second.
    Fraction,
    /// A time without the `Z` of UTC.
    NoZone,
    /// It names a certificate by a digest of another kind than SHA-256, SHA-384 and SHA-512.
    Digest,
}

const CHOOSE: &str = "Choose the .p7s or .p7m file that your signing tool wrote.";
const FEWER: &str =
    "Sign again with a tool that adds less, such as openssl cms -sign -binary -outform DER.";
const TIME: &str = "The signing tool writes this time: have it write UTC in whole seconds, or sign with another one, such as \
                    openssl cms -sign -binary -outform DER.";

impl NotCms {
    pub(super) fn message(self) -> String {
        match self {
            Self::Unknown => "The signature file is not a CMS signature.".to_owned(),
            Self::Other(what) => format!("The signature file is {what}, not a CMS signature."),
            Self::NoneOf { blocks } => format!(
                "The signature file has {} blocks of PEM, and none of them is a CMS signature.",
                grouped(blocks as u64)
            ),
            Self::CutOff => {
                "The signature file is not whole: it ends before the signature does.".to_owned()
            }
            Self::Followed { bytes } => format!(
                "The signature file does not end where the signature does: {} more bytes follow.",
                grouped(bytes as u64)
            ),
        }
    }

    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Unknown | Self::Other(_) | Self::NoneOf { .. } => CHOOSE,
            Self::CutOff | Self::Followed { .. } => {
                "Copy the signature file again from where it was made, unchanged, or sign again."
            }
        }
    }
}

impl TooMuch {
    pub(super) fn message(self) -> String {
        let number = |number: usize| grouped(number as u64);
        match self {
            Self::Bytes { bytes, most } => format!(
                "The signature has {} bytes beside the file, and at most {} are read.",
                number(bytes),
                number(most)
            ),
            Self::Lists { bytes, most } => format!(
                "The signature is too large: it has {} bytes of revocation lists inside, and at most {} bytes are read in all.",
                number(bytes),
                number(most)
            ),
            Self::Certificates { count, most } => {
                format!(
                    "The signature holds {} certificates, and at most {most} are read.",
                    number(count)
                )
            }
            Self::Members { count, most } => format!(
                "A set in the signature, such as its attributes, has {} members, and at most {most} are read.",
                number(count)
            ),
            Self::Nested => {
                "The values in the signature are nested deeper than in any signature that is read."
                    .to_owned()
            }
        }
    }

    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Lists { .. } => {
                "Sign again without revocation lists inside. The service has its own."
            }
            Self::Certificates { .. } => {
                "Sign again with your own certificate and only those of the authorities above it (-certfile)."
            }
            Self::Bytes { .. } | Self::Members { .. } | Self::Nested => FEWER,
        }
    }
}

impl NoFileInside {
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Empty => {
                "The signature has an empty file inside, so it neither stands beside its file (.p7s) nor holds it (.p7m)."
            }
            Self::NotOctets => {
                "What the signature has inside is not a file: CMS requires an OCTET STRING there, and nothing in a .p7s."
            }
            Self::OtherKind => {
                "What was signed is not a file: the signature says that it is content of another kind than data (eContentType), such as \
                 a time stamp."
            }
        }
    }
}

impl AttributeFault {
    pub(super) fn message(self, name: &str) -> String {
        match self {
            Self::Missing => format!("The signed attribute “{name}” is missing."),
            Self::Twice => format!("The signed attribute “{name}” is there more than once."),
            Self::Wrong => format!("The signed attribute “{name}” is not as CMS requires."),
            Self::Offset => format!(
                "The {name} in the signature has an offset, such as +0100. CMS requires UTC, with a Z at the end."
            ),
            Self::Fraction => format!(
                "The {name} in the signature has a fraction of a second. CMS requires whole seconds."
            ),
            Self::NoZone => format!(
                "The {name} in the signature does not end with Z, so it is not certain that it is UTC."
            ),
            Self::Digest => format!(
                "The signed attribute “{name}” names the certificate by a digest that is none of SHA-256, SHA-384 and SHA-512."
            ),
        }
    }

    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Offset | Self::Fraction | Self::NoZone => TIME,
            Self::Missing | Self::Twice | Self::Wrong => {
                "Sign again with a tool that makes CMS signatures, such as openssl cms -sign -binary -outform DER."
            }
            Self::Digest => "Sign again with SHA-256 for this attribute, too, or without it.",
        }
    }
}

/// That a signer is not registered; where the name has a character that cannot be seen, it may be another than it seems to be.
pub(super) fn not_registered(subject: &str) -> String {
    let name = DistinguishedName::parse(subject).ok();
    let why = name.and_then(|name| name.first_hidden()).map(|c| {
        format!(
            " The name in the certificate has a character in it that looks like none or like a space (U+{:04X}).",
            u32::from(c)
        )
    });
    format!(
        "{subject} signed the file and is not registered as an ARO of your organisation.{}",
        why.unwrap_or_default()
    )
}
