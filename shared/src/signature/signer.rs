//! Which certificate in a signature is the signer's. The certificates in it are not signed, and several may fit: a renewal for
//! the same key has the same key identifier.

use cms::signed_data::SignerIdentifier;
use pkix_path::names_match;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::certificate::Certificate;
use super::parse::Signature;
use crate::finding::SignatureDefect;

impl Signature {
    /// The certificate that the signer names, by issuer and serial number or by key identifier. Where several fit, the likeliest.
    pub fn signer_certificate(&self) -> Result<&Certificate, SignatureDefect> {
        Ok(self.fitting_certificates()?[0])
    }

    /// All certificates that the signer may mean, never none: the one that signing-certificate-v2 names before others, then those
    /// in force at the signing time, then those that began last.
    pub(crate) fn fitting_certificates(&self) -> Result<Vec<&Certificate>, SignatureDefect> {
        let mut fitting: Vec<&Certificate> = Vec::new();
        for certificate in self.certificates() {
            if self.names(certificate) && !fitting.contains(&certificate) {
                fitting.push(certificate);
            }
        }
        if fitting.is_empty() {
            return Err(if self.has_unreadable_certificates() {
                SignatureDefect::CertificateUnreadable { subject: None }
            } else {
                SignatureDefect::CertificateMissing
            });
        }
        if let Ok(attributes) = self.attributes() {
            fitting.sort_by_key(|certificate| {
                core::cmp::Reverse((
                    attributes.allows(certificate),
                    certificate.is_in_date(attributes.signing_time),
                    certificate.not_before(),
                ))
            });
        }
        Ok(fitting)
    }

    /// An issuer's name is compared as RFC 5280, 7.1, compares names: the tool that signed may write it in another string type.
    fn names(&self, certificate: &Certificate) -> bool {
        let tbs = &certificate.parsed().tbs_certificate;
        match &self.signer().sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                named.serial_number == tbs.serial_number && names_match(&named.issuer, &tbs.issuer)
            }
            SignerIdentifier::SubjectKeyIdentifier(named) => {
                matches!(tbs.get::<SubjectKeyIdentifier>(), Ok(Some((_, key))) if key == *named)
            }
        }
    }
}

/// Whether two certificates name the same person.
pub(super) fn is_same_subject(a: &Certificate, b: &Certificate) -> bool {
    names_match(
        &a.parsed().tbs_certificate.subject,
        &b.parsed().tbs_certificate.subject,
    )
}
