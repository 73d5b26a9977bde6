//! How the time of the certificate stands whose key is in this browser.

use sluice_shared::{directory::CertificateEnd, instant::UtcTime, signature::CertificateSummary};

/// What to say about the end of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It starts later.
    NotYet,
    Good,
    /// It ends within 30 days.
    EndingSoon,
    /// It has ended.
    Ended,
}

impl Validity {
    /// Of a certificate now.
    pub fn of(certificate: &CertificateSummary, now: UtcTime) -> Self {
        if now < certificate.not_before {
            return Self::NotYet;
        }
        match CertificateEnd::of(certificate.not_after, now) {
            CertificateEnd::Ended => Self::Ended,
            CertificateEnd::Later | CertificateEnd::Within60Days => Self::Good,
            CertificateEnd::Within30Days
            | CertificateEnd::Within7Days
            | CertificateEnd::WithinOneDay => Self::EndingSoon,
        }
    }
}
