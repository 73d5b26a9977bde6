//! Files of certificates as certificate authorities send them.

use super::certificate::{Certificate, CertificateError};
use super::text_forms::{self, Form};
use super::{ber, not_cms, pem, raw};
use crate::finding::NotCms;

/// A certificate chain of this system has two or three; a file with more than this is not one.
pub(super) const MOST_IN_A_FILE: usize = 64;
/// What blocks of certificates are labelled, and those of PKCS #7 bundles.
const LABELS: [&str; 6] = [
    "CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "X509 CERTIFICATE",
    "PKCS7",
    "CMS",
    "PKCS #7 SIGNED DATA",
];

/// All certificates, never none. What cannot be read is an error, and so is a block of a chain that is none.
pub(super) fn certificates(bytes: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
    let ders = match Form::recognise(bytes.to_vec()) {
        Form::Bytes(bytes) => vec![bytes],
        Form::Pem(text) => {
            let blocks =
                pem::blocks(text.as_bytes(), &LABELS).ok_or(CertificateError::NotACertificate)?;
            match not_cms::text(&text) {
                NotCms::Other(other) if blocks.is_empty() => {
                    return Err(CertificateError::Other(other));
                }
                _ => blocks,
            }
        }
        Form::Text(text) => {
            vec![text_forms::base64_alone(&text).ok_or_else(|| named(not_cms::text(&text)))?]
        }
    };
    let mut certificates = Vec::new();
    for der in ders {
        certificates.extend(certificates_of(der)?);
        if certificates.len() > MOST_IN_A_FILE {
            return Err(CertificateError::TooMany);
        }
    }
    if certificates.is_empty() {
        Err(CertificateError::Empty)
    } else {
        Ok(certificates)
    }
}

/// One certificate, or those of a bundle.
fn certificates_of(mut bytes: Vec<u8>) -> Result<Vec<Certificate>, CertificateError> {
    text_forms::cut_line_end(&mut bytes);
    if let Ok(certificate) = Certificate::from_der(&bytes) {
        return Ok(vec![certificate]);
    }
    let bundle = match raw::certificates_in(&bytes, MOST_IN_A_FILE) {
        Some(bundle) => Some(bundle),
        None => ber::to_der(&mut bytes)
            .and_then(|converted| raw::certificates_in(&converted.der, MOST_IN_A_FILE)),
    };
    match bundle {
        Some(bundle) => bundle
            .iter()
            .map(|der| Certificate::from_der(der))
            .collect(),
        None => Err(named(not_cms::bytes(&bytes))),
    }
}

fn named(what: NotCms) -> CertificateError {
    match what {
        NotCms::Other(what) => CertificateError::Other(what),
        NotCms::Unknown | NotCms::CutOff | NotCms::NoneOf { .. } | NotCms::Followed { .. } => {
            CertificateError::NotACertificate
        }
    }
}
