//! That a certificate runs out, said in time to renew it.

use time::Duration;

use super::{RegisteredCertificate, RegisteredCertificates};
use crate::instant::UtcTime;

/// How close the end of a certificate is: each step is another reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateEnd {
    /// It has ended.
    Ended,
    /// It ends within a day.
    WithinOneDay,
    /// Within 7 days.
    Within7Days,
    /// Within 30 days.
    Within30Days,
    /// Within 60 days.
    Within60Days,
    /// Later. Nothing is said.
    Later,
}

impl CertificateEnd {
    /// Of a certificate that is good up to and including `not_after`.
    pub fn of(not_after: UtcTime, now: UtcTime) -> Self {
        let left = not_after.since(now);
        let within = |days| left <= Duration::days(days);
        if left < Duration::ZERO {
            Self::Ended
        } else if within(1) {
            Self::WithinOneDay
        } else if within(7) {
            Self::Within7Days
        } else if within(30) {
            Self::Within30Days
        } else if within(60) {
            Self::Within60Days
        } else {
            Self::Later
        }
    }

    /// Whether nothing can be put off any more.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Ended | Self::WithinOneDay | Self::Within7Days)
    }
}

/// That the last of a person's certificates runs out, or has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateReminder<'a> {
    certificate: &'a RegisteredCertificate,
    end: CertificateEnd,
    now: UtcTime,
}

impl<'a> CertificateReminder<'a> {
    /// What there is to say of the certificates of somebody who signs: nothing, while one that counts lasts, and nothing of those whose keys were
    /// stopped, since nobody can renew them.
    pub fn of(certificates: &'a RegisteredCertificates, now: UtcTime) -> Option<Self> {
        let in_use = certificates.iter().filter(|one| one.stopped.is_none());
        let certificate = in_use.max_by_key(|one| one.identity.not_after)?;
        let end = CertificateEnd::of(certificate.identity.not_after, now);
        (end != CertificateEnd::Later).then_some(Self {
            certificate,
            end,
            now,
        })
    }

    /// How close its end is.
    pub const fn end(&self) -> CertificateEnd {
        self.end
    }

    /// When, for a list: "Ends on 3 December 2026, in 3 days".
    pub fn when_in_words(&self) -> String {
        let day = self.certificate.identity.not_after.day_in_words();
        match self.end {
            CertificateEnd::Ended => format!("Ended on {day}"),
            _ => format!("Ends on {day}, {}", self.days_left_in_words()),
        }
    }

    /// What whoever has the certificate is told.
    pub fn to_owner(&self) -> String {
        let serial = &self.certificate.identity.serial;
        let day = self.certificate.identity.not_after.in_words();
        match self.end {
            CertificateEnd::Ended => format!(
                "Your certificate {serial} ended on {day}, and you have registered none that lasts longer. Nothing counts that you sign until you \
                 register a new one."
            ),
            _ => format!(
                "Your certificate {serial} ends on {day}, {}. Get a new one and register it now: both count until the old one ends.",
                self.days_left_in_words()
            ),
        }
    }

    fn days_left_in_words(&self) -> String {
        let left = self.certificate.identity.not_after.since(self.now);
        match left.whole_days() {
            0 => "in less than a day".to_owned(),
            1 => "in 1 day".to_owned(),
            days => format!("in {days} days"),
        }
    }
}
