//! The outer layers of CMS `SignedData`, read without copying and within bounds.
//!
//! The parts that are signed or that stay byte for byte as they came (certificates) are taken as slices, so that nothing
//! is written anew. The small inner parts use the `cms` crate's types.

use cms::signed_data::SignerInfo;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::ID_SIGNED_DATA;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag, TagNumber, Tagged as _};

use super::attributes;
use crate::finding::{AttributeFault, NoFileInside, NotCms, SignatureDefect, TooMuch};

/// Most bytes that everything but the content may take. A signature with a long chain takes 10 KiB; sorting and parsing
/// of what a stranger sends stays cheap below this.
pub(super) const MOST_BYTES: usize = 64 * 1024;
const MOST_CERTIFICATES: usize = 16;
/// Most members of one set. The library sorts sets by comparing each with each; nothing real has more.
const MOST_IN_A_SET: usize = 32;
const DEEPEST: usize = 32;
/// Most bytes, and most values, that are looked at to say how many there are.
const MOST_COUNTED: usize = 1024 * 1024;
/// The first byte of a SEQUENCE.
const SEQUENCE: u8 = 0x30;
/// Tag and length of a `ContentInfo`, then its `contentType`.
const LONGEST_BEGINNING: usize = 24;
/// Context tags of the optional parts of `SignedData`.
const CERTIFICATES: u8 = 0;
const LISTS: u8 = 1;
const UNKNOWN: SignatureDefect = SignatureDefect::NotCms(NotCms::Unknown);

/// `SignedData` (RFC 5652, 5.1) in its parts.
pub(crate) struct RawSignedData<'a> {
    /// `eContentType`.
    pub(crate) content_type: ObjectIdentifier,
    /// The content inside, if any.
    pub(crate) content: Option<&'a [u8]>,
    /// DER of each X.509 certificate.
    pub(crate) certificates: Vec<Vec<u8>>,
    /// The one signer.
    pub(crate) signer: SignerInfo,
    /// Its signed attributes as a SET OF, in the order in which they were sent.
    pub(crate) attributes_as_sent: Option<Vec<u8>>,
}

impl<'a> RawSignedData<'a> {
    /// `NotCms(Unknown)` when the bytes are not DER of a `ContentInfo` with `SignedData`.
    pub(crate) fn from_der(der: &'a [u8]) -> Result<Self, SignatureDefect> {
        let parts = signed_data(der).ok_or(UNKNOWN)?;
        let [version, digests, encapsulated, rest @ ..] = parts.as_slice() else {
            return Err(UNKNOWN);
        };
        let (signers, optional) = rest.split_last().ok_or(UNKNOWN)?;
        if version.tag() != Tag::Integer || signers.tag() != Tag::Set {
            return Err(UNKNOWN);
        }
        let part = |number| {
            optional
                .iter()
                .copied()
                .find(|part| is_context(*part, number))
        };
        let (certificates, lists) = (part(CERTIFICATES), part(LISTS));
        let beside = rest.iter().chain([digests]);
        check_size(beside.clone().copied(), certificates, lists)?;
        let certificates = match certificates {
            Some(set) => check_count(set, MOST_CERTIFICATES, |count, most| {
                TooMuch::Certificates { count, most }
            })?,
            None => Vec::new(),
        };
        for part in beside {
            sets_are_small(*part, 0)?;
        }
        let (content_type, content) = encapsulated_content(*encapsulated)?;
        let signers = elements(signers.value(), MOST_BYTES).ok_or(UNKNOWN)?;
        let signer = match signers.as_slice() {
            [] => return Err(SignatureDefect::NoSigner),
            [signer] => *signer,
            several => {
                return Err(SignatureDefect::SeveralSigners {
                    signers: several.len(),
                });
            }
        };
        Ok(Self {
            content_type,
            content,
            // Certificates of other kinds than X.509 (attribute certificates) are passed over.
            certificates: certificates
                .iter()
                .filter(|value| value.tag() == Tag::Sequence)
                .map(|value| value.to_der().map_err(|_| UNKNOWN))
                .collect::<Result<_, _>>()?,
            signer: signer
                .decode_as()
                .map_err(|error| no_signer_info(&error, signer))?,
            attributes_as_sent: attributes_as_sent(signer),
        })
    }
}

/// DER of the certificates in a `SignedData`, such as a PKCS #7 bundle, which has nobody who signed. `None` when it is none, is too
/// large, or has more than `most`.
pub(crate) fn certificates_in(der: &[u8], most: usize) -> Option<Vec<Vec<u8>>> {
    let parts = signed_data(der)?;
    let set = parts
        .get(3..)?
        .iter()
        .find(|part| is_context(**part, CERTIFICATES))?;
    let certificates = elements(set.value(), most)?;
    certificates
        .iter()
        .map(|value| value.to_der().ok())
        .collect()
}

/// Whether bytes begin as a `ContentInfo` with `SignedData`, in DER or BER: enough to tell one from what is none, whatever its size.
pub(super) fn begins_as_signed_data(bytes: &[u8]) -> bool {
    let beginning = bytes.get(..LONGEST_BEGINNING).unwrap_or(bytes);
    let of_signed_data = ID_SIGNED_DATA.as_bytes();
    Some(&SEQUENCE) == bytes.first()
        && beginning
            .windows(of_signed_data.len())
            .any(|window| window == of_signed_data)
}

/// The parts of `SignedData`.
fn signed_data(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let [content_type, content] = values(AnyRef::from_der(der).ok()?, 2)?.try_into().ok()?;
    let is_signed_data = content_type.decode_as::<ObjectIdentifier>().ok()? == ID_SIGNED_DATA
        && is_context(content, 0);
    if !is_signed_data {
        return None;
    }
    values(AnyRef::from_der(content.value()).ok()?, 6)
}

/// Before anything inside is looked at, so that what is large costs nothing.
fn check_size<'a>(
    beside: impl Iterator<Item = AnyRef<'a>>,
    certificates: Option<AnyRef<'_>>,
    lists: Option<AnyRef<'_>>,
) -> Result<(), SignatureDefect> {
    let length = |part: Option<AnyRef<'_>>| part.map_or(0, |part| part.value().len());
    let bytes: usize = beside.map(|part| part.value().len()).sum();
    let most = MOST_BYTES;
    if bytes <= most {
        return Ok(());
    }
    // That there are too many certificates says more than how long they are.
    if let Some(set) = certificates.filter(|set| set.value().len() <= MOST_COUNTED) {
        check_count(set, MOST_CERTIFICATES, |count, most| {
            TooMuch::Certificates { count, most }
        })?;
    }
    let in_lists = length(lists);
    Err(too_much(if bytes - in_lists <= most {
        TooMuch::Lists {
            bytes: in_lists,
            most,
        }
    } else {
        TooMuch::Bytes { bytes, most }
    }))
}

/// The library refuses a set with a member twice, and does not say which.
fn no_signer_info(error: &der::Error, signer: AnyRef<'_>) -> SignatureDefect {
    if error.kind() != der::ErrorKind::SetDuplicate {
        return UNKNOWN;
    }
    let attributes = signed_attributes(signer).and_then(|set| elements(set.value(), MOST_IN_A_SET));
    let attributes = attributes.unwrap_or_default();
    let doubled = (1..attributes.len()).find(|at| attributes[..*at].contains(&attributes[*at]));
    let oid = doubled.and_then(|at| values(attributes[at], 2)?.first()?.decode_as().ok());
    SignatureDefect::Attribute {
        name: oid.map_or("of another kind", attributes::name_of),
        fault: AttributeFault::Twice,
    }
}

/// The signed attributes as a SET OF, in the order in which they were sent. The signature is over their DER, which is sorted.
fn attributes_as_sent(signer: AnyRef<'_>) -> Option<Vec<u8>> {
    let set = signed_attributes(signer)?;
    AnyRef::new(Tag::Set, set.value()).ok()?.to_der().ok()
}

/// What stands in `SignerInfo` after version, signer identifier and digest algorithm.
fn signed_attributes(signer: AnyRef<'_>) -> Option<AnyRef<'_>> {
    let set = values(signer, 7)?.get(3).copied()?;
    is_context(set, 0).then_some(set)
}

fn encapsulated_content(
    value: AnyRef<'_>,
) -> Result<(ObjectIdentifier, Option<&[u8]>), SignatureDefect> {
    let parts = values(value, 2).ok_or(UNKNOWN)?;
    let (content_type, content) = parts.split_first().ok_or(UNKNOWN)?;
    let content_type = content_type.decode_as().map_err(|_| UNKNOWN)?;
    let content = match content {
        [] => None,
        [explicit] if is_context(*explicit, 0) => {
            let inside = AnyRef::from_der(explicit.value()).map_err(|_| UNKNOWN)?;
            let octets = inside.decode_as::<OctetStringRef<'_>>();
            let no_file = SignatureDefect::NoFileInside(NoFileInside::NotOctets);
            // Plain data is octets (RFC 5652, 4); that content of another type is not accepted is said where it is looked at.
            Some(octets.map_err(|_| no_file)?.as_bytes())
        }
        _ => return Err(UNKNOWN),
    };
    Ok((content_type, content))
}

/// Looked at before anything is parsed, so that a stranger's set of thousands costs nothing.
fn sets_are_small(value: AnyRef<'_>, depth: usize) -> Result<(), SignatureDefect> {
    if !value.tag().is_constructed() {
        return Ok(());
    }
    if depth == DEEPEST {
        return Err(too_much(TooMuch::Nested));
    }
    let most = match value.tag() {
        Tag::Sequence => MOST_BYTES,
        _ => MOST_IN_A_SET,
    };
    check_count(value, most, |count, most| TooMuch::Members { count, most })?
        .into_iter()
        .try_for_each(|part| sets_are_small(part, depth + 1))
}

/// The members, if they are not too many.
fn check_count(
    value: AnyRef<'_>,
    most: usize,
    limit: fn(usize, usize) -> TooMuch,
) -> Result<Vec<AnyRef<'_>>, SignatureDefect> {
    let members = elements(value.value(), MOST_COUNTED).ok_or(UNKNOWN)?;
    if members.len() > most {
        Err(too_much(limit(members.len(), most)))
    } else {
        Ok(members)
    }
}

fn values(sequence: AnyRef<'_>, most: usize) -> Option<Vec<AnyRef<'_>>> {
    if sequence.tag() == Tag::Sequence {
        elements(sequence.value(), most)
    } else {
        None
    }
}

fn elements(bytes: &[u8], most: usize) -> Option<Vec<AnyRef<'_>>> {
    let mut found = Vec::new();
    if bytes.is_empty() {
        return Some(found);
    }
    let mut reader = SliceReader::new(bytes).ok()?;
    while !reader.is_finished() {
        if found.len() == most {
            return None;
        }
        found.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(found)
}

const fn too_much(limit: TooMuch) -> SignatureDefect {
    SignatureDefect::TooMuch(limit)
}

fn is_context(value: AnyRef<'_>, number: u8) -> bool {
    value.tag()
        == Tag::ContextSpecific {
            constructed: true,
            number: TagNumber::new(number),
        }
}
