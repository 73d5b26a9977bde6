//! The signed attributes: what a signature covers (RFC 5652, 5.3 and 11).

use cms::signed_data::SignedAttributes as AttributeSet;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_AA_SIGNING_CERTIFICATE_V_2, ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNING_TIME,
};
use const_oid::db::rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512};
use der::asn1::{
    Any, AnyRef, GeneralizedTime, OctetString, OctetStringRef, SetOfVec, UtcTime as DerUtcTime,
};
use der::{Decode as _, Encode as _, Sequence, Tag, Tagged as _};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;
use x509_cert::time::Time;

use super::algorithms::Hash;
use super::certificate::{Certificate, utc};
use crate::finding::{AttributeFault, NoFileInside, SignatureDefect};
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

/// The four signed attributes of a file's signature: content type, message digest, signing time, and
/// signing-certificate-v2 (RFC 5035), which ties the signature to one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedAttributes {
    set: AttributeSet,
}

/// `SigningCertificateV2` as far as it is read and written: certificates by digest.
#[derive(Sequence)]
struct SigningCertificateV2<'a> {
    certificates: Vec<EssCertIdV2<'a>>,
    #[asn1(optional = "true")]
    policies: Option<AnyRef<'a>>,
}

#[derive(Sequence)]
struct EssCertIdV2<'a> {
    /// SHA-256 when absent, and then DER leaves it out.
    #[asn1(optional = "true")]
    hash_algorithm: Option<AlgorithmIdentifierOwned>,
    cert_hash: OctetStringRef<'a>,
    #[asn1(optional = "true")]
    issuer_serial: Option<AnyRef<'a>>,
}

/// What the signed attributes of a signature say.
#[derive(Clone, Debug)]
pub(crate) struct ReadAttributes {
    pub(crate) message_digest: FileDigest,
    pub(crate) signing_time: UtcTime,
    /// Which certificate was used, when signing-certificate-v2 is there. OpenSSL adds it with `-cades` only.
    certificate: Option<CertificateDigest>,
}

/// A certificate by its digest.
#[derive(Clone, Debug)]
struct CertificateDigest {
    hash: Hash,
    digest: Vec<u8>,
}

impl CertificateDigest {
    fn is_of(&self, certificate: &Certificate) -> bool {
        self.digest == self.hash.digest(certificate.der())
    }
}

impl SignedAttributes {
    /// For a file with this digest, the signer's certificate, and the time of signing (its whole second is what counts).
    ///
    /// # Panics
    /// Never: each part has a DER encoding.
    pub fn new(digest: &FileDigest, certificate: &Certificate, signing_time: UtcTime) -> Self {
        let certificate_digest = certificate.sha256();
        let attributes = encode_all(digest, certificate_digest.as_bytes(), signing_time);
        Self {
            set: attributes.expect(
                "digests, object identifiers and times from year 0 to 9999 have an encoding",
            ),
        }
    }

    /// The exact bytes to sign: DER of the SET OF attributes. Sign them with SHA-256 and ECDSA P-256, or RSA PKCS #1 v1.5.
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.set.to_der().unwrap_or_default()
    }

    pub(crate) fn set(&self) -> &AttributeSet {
        &self.set
    }
}

fn encode_all(
    digest: &FileDigest,
    certificate: &[u8; 32],
    signing_time: UtcTime,
) -> der::Result<AttributeSet> {
    let reference = SigningCertificateV2 {
        certificates: vec![EssCertIdV2 {
            hash_algorithm: None,
            cert_hash: OctetStringRef::new(certificate)?,
            issuer_serial: None,
        }],
        policies: None,
    };
    SetOfVec::try_from(vec![
        attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(
            ID_MESSAGE_DIGEST,
            Any::encode_from(&OctetString::new(digest.as_bytes().as_slice())?)?,
        )?,
        attribute(ID_SIGNING_TIME, Any::encode_from(&time_of(signing_time)?)?)?,
        attribute(ID_AA_SIGNING_CERTIFICATE_V_2, Any::encode_from(&reference)?)?,
    ])
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute {
        oid,
        values: SetOfVec::try_from(vec![value])?,
    })
}

/// `UTCTime` until 2049, `GeneralizedTime` after (RFC 5652, 11.3).
fn time_of(instant: UtcTime) -> der::Result<Time> {
    let seconds = u64::try_from(instant.unix_seconds()).unwrap_or(0);
    let duration = core::time::Duration::from_secs(seconds);
    DerUtcTime::from_unix_duration(duration)
        .map(Time::UtcTime)
        .or_else(|_| GeneralizedTime::from_unix_duration(duration).map(Time::GeneralTime))
}

impl ReadAttributes {
    /// Each of the attributes once, with one value. `content_type` is what stands outside of them, as `eContentType`.
    pub(crate) fn from_set(
        set: &AttributeSet,
        content_type: ObjectIdentifier,
    ) -> Result<Self, SignatureDefect> {
        // Only plain data is signed here: a signature made for something else (a time stamp, a certificate list) is not taken
        // for one of a file.
        if content_type != ID_DATA {
            return Err(SignatureDefect::NoFileInside(NoFileInside::OtherKind));
        }
        let read_type = single(set, ID_CONTENT_TYPE)?.decode_as::<ObjectIdentifier>();
        if read_type.ok() != Some(content_type) {
            return Err(fault(ID_CONTENT_TYPE, AttributeFault::Wrong));
        }
        let message_digest = single(set, ID_MESSAGE_DIGEST)?
            .decode_as::<OctetString>()
            .map_err(|_| fault(ID_MESSAGE_DIGEST, AttributeFault::Wrong))?;
        let signing_time = single(set, ID_SIGNING_TIME)?;
        let certificate = match single(set, ID_AA_SIGNING_CERTIFICATE_V_2) {
            Err(SignatureDefect::Attribute {
                fault: AttributeFault::Missing,
                ..
            }) => None,
            value => Some(signing_certificate(value?)?),
        };
        Ok(Self {
            message_digest: <[u8; 32]>::try_from(message_digest.as_bytes())
                .map(FileDigest::new)
                .map_err(|_| digest_of_other_length(message_digest.as_bytes().len()))?,
            signing_time: time(signing_time)
                .ok_or_else(|| fault(ID_SIGNING_TIME, fault_of_time(signing_time)))?,
            certificate,
        })
    }

    /// Whether signing-certificate-v2, when it is there, names this certificate.
    pub(crate) fn allows(&self, certificate: &Certificate) -> bool {
        self.certificate
            .as_ref()
            .is_none_or(|named| named.is_of(certificate))
    }
}

fn time(value: &Any) -> Option<UtcTime> {
    Time::from_der(&value.to_der().ok()?).ok().map(utc)
}

/// In which way a time is not as DER has it: `YYMMDDhhmmssZ`, or with four digits for the year.
fn fault_of_time(value: &Any) -> AttributeFault {
    let text = value.value();
    let has = |signs: &[u8]| text.iter().any(|byte| signs.contains(byte));
    let is_time = [Tag::UtcTime, Tag::GeneralizedTime].contains(&value.tag());
    if is_time && has(b"+-") {
        AttributeFault::Offset
    } else if is_time && has(b".,") {
        AttributeFault::Fraction
    } else if is_time && !text.ends_with(b"Z") {
        AttributeFault::NoZone
    } else {
        AttributeFault::Wrong
    }
}

/// What people call an attribute.
pub(super) const fn name_of(oid: ObjectIdentifier) -> &'static str {
    match oid {
        ID_CONTENT_TYPE => "content type",
        ID_MESSAGE_DIGEST => "message digest",
        ID_SIGNING_TIME => "signing time",
        ID_AA_SIGNING_CERTIFICATE_V_2 => "signing certificate",
        _ => "of another kind",
    }
}

fn fault(oid: ObjectIdentifier, fault: AttributeFault) -> SignatureDefect {
    SignatureDefect::Attribute {
        name: name_of(oid),
        fault,
    }
}

/// A message digest of another length was made with another hash; 20 bytes are SHA-1's.
fn digest_of_other_length(length: usize) -> SignatureDefect {
    match length {
        20 => SignatureDefect::Sha1,
        _ => SignatureDefect::Algorithm {
            name: format!("a digest of {} bits", length * 8),
        },
    }
}

/// The first certificate that the attribute names is the signer's (RFC 5035, 4).
fn signing_certificate(value: &Any) -> Result<CertificateDigest, SignatureDefect> {
    let wrong = |how| fault(ID_AA_SIGNING_CERTIFICATE_V_2, how);
    let unreadable = || wrong(AttributeFault::Wrong);
    let der = value.to_der().map_err(|_| unreadable())?;
    let value = SigningCertificateV2::from_der(&der).map_err(|_| unreadable())?;
    let first = value.certificates.first().ok_or_else(unreadable)?;
    let hash = match first.hash_algorithm.as_ref().map(|algorithm| algorithm.oid) {
        None | Some(ID_SHA_256) => Hash::Sha256,
        Some(ID_SHA_384) => Hash::Sha384,
        Some(ID_SHA_512) => Hash::Sha512,
        Some(_) => return Err(wrong(AttributeFault::Digest)),
    };
    Ok(CertificateDigest {
        hash,
        digest: first.cert_hash.as_bytes().to_vec(),
    })
}

/// The one value of the one attribute of this type.
fn single(set: &AttributeSet, oid: ObjectIdentifier) -> Result<&Any, SignatureDefect> {
    let mut with_oid = set.iter().filter(|attribute| attribute.oid == oid);
    let first = with_oid
        .next()
        .ok_or_else(|| fault(oid, AttributeFault::Missing))?;
    match (with_oid.next(), first.values.as_slice()) {
        (None, [value]) => Ok(value),
        (None, []) => Err(fault(oid, AttributeFault::Missing)),
        _ => Err(fault(oid, AttributeFault::Twice)),
    }
}
