//! The outer layers of CMS `SignedData`, read without copying and within bounds.
//!
//! The parts that are signed or that stay byte for byte as they came (certificates) are taken as slices, so that nothing
//! is written anew. The small inner parts use the `cms` crate's types.

use cms::signed_data::SignerInfo;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::ID_SIGNED_DATA;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag, TagNumber, Tagged as _};

/// Most bytes that everything but the content may take. A signature with a long chain takes 10 KiB; sorting and parsing
/// of what a stranger sends stays cheap below this.
pub(super) const MOST_BYTES: usize = 64 * 1024;
const MOST_CERTIFICATES: usize = 16;
/// Most members of one set. The library sorts sets by comparing each with each; nothing real has more.
const MOST_IN_A_SET: usize = 32;
const DEEPEST: usize = 32;

/// `SignedData` (RFC 5652, 5.1) in its parts.
pub(crate) struct RawSignedData<'a> {
    /// `eContentType`.
    pub(crate) content_type: ObjectIdentifier,
    /// The content inside, if any.
    pub(crate) content: Option<&'a [u8]>,
    /// DER of each X.509 certificate.
    pub(crate) certificates: Vec<Vec<u8>>,
    /// The signers.
    pub(crate) signers: Vec<SignerInfo>,
}

impl<'a> RawSignedData<'a> {
    /// `None` when the bytes are not DER of a `ContentInfo` with `SignedData`, or beyond the bounds.
    pub(crate) fn from_der(der: &'a [u8]) -> Option<Self> {
        let [content_type, content] = values(AnyRef::from_der(der).ok()?, 2)?.try_into().ok()?;
        if content_type.decode_as::<ObjectIdentifier>().ok()? != ID_SIGNED_DATA
            || !is_context(content, 0)
        {
            return None;
        }
        let parts = values(AnyRef::from_der(content.value()).ok()?, 6)?;
        let [version, digests, encapsulated, rest @ ..] = parts.as_slice() else {
            return None;
        };
        let (signers, optional) = rest.split_last()?;
        let small =
            digests.value().len() + rest.iter().map(|part| part.value().len()).sum::<usize>();
        if version.tag() != Tag::Integer || small > MOST_BYTES {
            return None;
        }
        if !rest
            .iter()
            .chain([digests])
            .all(|part| sets_are_small(*part, 0))
        {
            return None;
        }
        let (content_type, content) = encapsulated_content(*encapsulated)?;
        Some(Self {
            content_type,
            content,
            certificates: match optional.iter().find(|part| is_context(**part, 0)) {
                Some(set) => certificates(*set)?,
                None => Vec::new(),
            },
            signers: signer_infos(*signers)?,
        })
    }
}

fn encapsulated_content(value: AnyRef<'_>) -> Option<(ObjectIdentifier, Option<&[u8]>)> {
    let parts = values(value, 2)?;
    let (content_type, content) = parts.split_first()?;
    let content = match content {
        [] => None,
        [explicit] if is_context(*explicit, 0) => Some(
            AnyRef::from_der(explicit.value())
                .ok()?
                .decode_as::<OctetStringRef<'_>>()
                .ok()?
                .as_bytes(),
        ),
        _ => return None,
    };
    Some((content_type.decode_as().ok()?, content))
}

/// Certificates of other kinds than X.509 (attribute certificates) are passed over.
fn certificates(set: AnyRef<'_>) -> Option<Vec<Vec<u8>>> {
    let certificates = elements(set.value(), MOST_CERTIFICATES)?;
    certificates
        .iter()
        .filter(|value| value.tag() == Tag::Sequence)
        .map(|value| value.to_der().ok())
        .collect()
}

fn signer_infos(set: AnyRef<'_>) -> Option<Vec<SignerInfo>> {
    if set.tag() != Tag::Set {
        return None;
    }
    elements(set.value(), MOST_CERTIFICATES)?
        .iter()
        .map(|value| value.decode_as().ok())
        .collect()
}

/// Looked at before anything is parsed, so that a stranger's set of thousands costs nothing.
fn sets_are_small(value: AnyRef<'_>, depth: usize) -> bool {
    if !value.tag().is_constructed() {
        return true;
    }
    let most = match value.tag() {
        Tag::Sequence => MOST_BYTES,
        _ => MOST_IN_A_SET,
    };
    let inside = if depth < DEEPEST {
        elements(value.value(), most)
    } else {
        None
    };
    inside.is_some_and(|inside| {
        inside
            .into_iter()
            .all(|part| sets_are_small(part, depth + 1))
    })
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

fn is_context(value: AnyRef<'_>, number: u8) -> bool {
    value.tag()
        == Tag::ContextSpecific {
            constructed: true,
            number: TagNumber::new(number),
        }
}
