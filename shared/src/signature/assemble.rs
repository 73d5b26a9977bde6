//! Putting a signature together from its signed attributes, certificates and signature value.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use const_oid::db::rfc5911::{ID_DATA, ID_SIGNED_DATA};
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ID_SHA_256, RSA_ENCRYPTION};
use der::Encode as _;
use der::asn1::{Any, Null, OctetString, SetOfVec};
use spki::AlgorithmIdentifierOwned;

use super::algorithms::ecdsa_signature_der;
use super::attributes::SignedAttributes;
use super::certificate::{Certificate, KeyAlgorithm};

/// Why a signature cannot be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssembleError {
    /// No certificate was given.
    #[error("the signer's certificate is missing")]
    NoCertificate,
    /// The certificate's key is neither P-256 nor RSA of 2,048 to 4,096 bits.
    #[error(
        "the key of the signer's certificate is neither ECDSA P-256 nor RSA of 2,048 to 4,096 bits"
    )]
    Key,
    /// The signature value is not one of the certificate's key algorithm.
    #[error("the signature value does not have the form that the certificate's key makes")]
    SignatureValue,
    /// A part has no DER encoding.
    #[error("the signature cannot be encoded")]
    Encoding,
}

impl SignedAttributes {
    /// The detached CMS `SignedData` in DER, ready to be sent or written as `.p7s`.
    ///
    /// `certificates`: the signer's first, then the authorities' that lead to the trust anchor. `signature`: over
    /// [`to_be_signed`](Self::to_be_signed); for P-256 in raw `r‖s` (as `WebCrypto` gives it) or DER.
    pub fn assemble(
        &self,
        certificates: &[Certificate],
        signature: &[u8],
    ) -> Result<Vec<u8>, AssembleError> {
        self.assemble_with(certificates, signature, None)
    }

    /// As [`assemble`](Self::assemble), with the content inside (`.p7m`).
    pub fn assemble_enveloping(
        &self,
        certificates: &[Certificate],
        signature: &[u8],
        content: &[u8],
    ) -> Result<Vec<u8>, AssembleError> {
        self.assemble_with(certificates, signature, Some(content))
    }

    fn assemble_with(
        &self,
        certificates: &[Certificate],
        signature: &[u8],
        content: Option<&[u8]>,
    ) -> Result<Vec<u8>, AssembleError> {
        let signer = certificates.first().ok_or(AssembleError::NoCertificate)?;
        let (signature_algorithm, signature) = match signer.key() {
            KeyAlgorithm::P256 => {
                let value = ecdsa_signature_der(signature).ok_or(AssembleError::SignatureValue)?;
                (
                    AlgorithmIdentifierOwned {
                        oid: ECDSA_WITH_SHA_256,
                        parameters: None,
                    },
                    value,
                )
            }
            KeyAlgorithm::Rsa { bits } if signer.key().is_accepted() => {
                if signature.len() != (bits as usize).div_ceil(8) {
                    return Err(AssembleError::SignatureValue);
                }
                (
                    AlgorithmIdentifierOwned {
                        oid: RSA_ENCRYPTION,
                        parameters: Some(Any::from(Null)),
                    },
                    signature.to_vec(),
                )
            }
            _ => return Err(AssembleError::Key),
        };
        self.encode(
            certificates,
            signer,
            signature_algorithm,
            signature,
            content,
        )
        .map_err(|_| AssembleError::Encoding)
    }

    fn encode(
        &self,
        certificates: &[Certificate],
        signer: &Certificate,
        signature_algorithm: AlgorithmIdentifierOwned,
        signature: Vec<u8>,
        content: Option<&[u8]>,
    ) -> der::Result<Vec<u8>> {
        let sha256 = AlgorithmIdentifierOwned {
            oid: ID_SHA_256,
            parameters: None,
        };
        let tbs = &signer.parsed().tbs_certificate;
        let signer_info = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: tbs.issuer.clone(),
                serial_number: tbs.serial_number.clone(),
            }),
            digest_alg: sha256.clone(),
            signed_attrs: Some(self.set().clone()),
            signature_algorithm,
            signature: OctetString::new(signature)?,
            unsigned_attrs: None,
        };
        let mut chain: Vec<CertificateChoices> = Vec::new();
        for certificate in certificates {
            let choice = CertificateChoices::Certificate(certificate.parsed().clone());
            // A SET OF has no member twice.
            if !chain.contains(&choice) {
                chain.push(choice);
            }
        }
        let signed_data = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![sha256])?,
            encap_content_info: EncapsulatedContentInfo {
                econtent_type: ID_DATA,
                econtent: content
                    .map(|content| Any::encode_from(&OctetString::new(content)?))
                    .transpose()?,
            },
            certificates: Some(CertificateSet(SetOfVec::try_from(chain)?)),
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![signer_info])?),
        };
        ContentInfo {
            content_type: ID_SIGNED_DATA,
            content: Any::encode_from(&signed_data)?,
        }
        .to_der()
    }
}
