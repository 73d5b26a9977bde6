//! From when to when a certificate is good: kept beside its key, so that the first page need not read certificates.

use sluice_shared::{instant::UtcTime, signature::Certificate};
use time::Duration;

/// How long before its end a certificate is called ending soon.
const ENDING_SOON: Duration = Duration::days(30);

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

/// From when to when a certificate is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateTimes {
    pub not_before: UtcTime,
    pub not_after: UtcTime,
}

impl CertificateTimes {
    /// Those of a certificate in DER; nothing where it is none.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        Some(Self::of_certificate(&Certificate::from_der(der).ok()?))
    }

    /// Those of a certificate.
    pub(super) fn of_certificate(certificate: &Certificate) -> Self {
        let summary = certificate.summary();
        Self {
            not_before: summary.not_before,
            not_after: summary.not_after,
        }
    }

    /// How they stand to now.
    pub fn validity(self, now: UtcTime) -> Validity {
        if now < self.not_before {
            Validity::NotYet
        } else if now > self.not_after {
            Validity::Ended
        } else if now.plus(ENDING_SOON) > self.not_after {
            Validity::EndingSoon
        } else {
            Validity::Good
        }
    }
}
