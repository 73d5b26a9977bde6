//! That a certificate runs out is said 60, 30, 7 and 1 days before it does, and not where another lasts longer.

use super::directory_world::*;
use super::make::certificate;
use sluice_shared::directory::{
    CertificateEnd, CertificateReminder, RegisteredCertificate, StoppedKey,
};
use sluice_shared::identifiers::FileDigest;
use time::Duration;

const END: &str = "2026-12-31T12:00:00Z";

fn end() -> UtcTime {
    UtcTime::parse(END).unwrap()
}

fn registered(number: u8, not_after: UtcTime, stopped: bool) -> RegisteredCertificate {
    let at = UtcTime::parse("2026-01-01T00:00:00Z").unwrap();
    RegisteredCertificate {
        identity: CertificateIdentity {
            not_after,
            ..certificate(FileDigest::new([number; 32]))
        },
        registered_at: at,
        stopped: stopped.then(|| StoppedKey {
            at,
            by: sluice_shared::api::PersonRef::from(&person("a", LARGE, &[R::Aro])),
        }),
    }
}

fn all(certificates: &[RegisteredCertificate]) -> RegisteredCertificates {
    let json = serde_json::to_string(certificates).unwrap();
    serde_json::from_str(&json).unwrap()
}

#[test]
fn each_band_begins_to_the_millisecond() {
    use CertificateEnd as E;
    let bands = [
        (60, E::Later, E::Within60Days),
        (30, E::Within60Days, E::Within30Days),
        (7, E::Within30Days, E::Within7Days),
        (1, E::Within7Days, E::WithinOneDay),
    ];
    for (days, before, from) in bands {
        let begins = end().plus(-Duration::days(days));
        assert_eq!(E::of(end(), begins), from, "{days}");
        let earlier = begins.plus(-Duration::MILLISECOND);
        assert_eq!(E::of(end(), earlier), before, "{days}");
    }
    assert_eq!(E::of(end(), end()), E::WithinOneDay);
    assert_eq!(E::of(end(), end().plus(Duration::MILLISECOND)), E::Ended);
}

#[test]
fn a_certificate_that_lasts_longer_ends_the_reminder_and_a_stopped_one_does_not() {
    let now = end().plus(-Duration::days(3));
    let later = end().plus(Duration::days(365));
    let is_said = |certificates: &[RegisteredCertificate]| {
        CertificateReminder::of(&all(certificates), now).map(|reminder| reminder.end())
    };
    let (old, new) = (registered(1, end(), false), registered(2, later, false));
    assert_eq!(
        is_said(std::slice::from_ref(&old)),
        Some(CertificateEnd::Within7Days)
    );
    assert_eq!(is_said(&[old.clone(), new.clone()]), None);
    assert_eq!(is_said(&[new, old.clone()]), None);
    let stopped = registered(2, later, true);
    assert_eq!(
        is_said(&[old, stopped.clone()]),
        Some(CertificateEnd::Within7Days)
    );
    // Nothing to renew: another page says what to do first.
    assert_eq!(is_said(&[stopped]), None);
    assert_eq!(is_said(&[]), None);
}

#[test]
fn it_says_when_and_what_to_do() {
    let certificates = all(&[registered(1, end(), false)]);
    let told = |before: Duration| {
        let reminder = CertificateReminder::of(&certificates, end().plus(-before)).unwrap();
        (reminder.when_in_words(), reminder.to_owner())
    };
    let (when, what) = told(Duration::hours(70));
    assert_eq!(when, "Ends on 31 December 2026, in 2 days");
    assert_eq!(
        what,
        "Your certificate 01 ends on 31 December 2026, 12:00 UTC, in 2 days. Get a new one and register it now: both count until the old one ends."
    );
    assert_eq!(
        told(Duration::hours(30)).0,
        "Ends on 31 December 2026, in 1 day"
    );
    assert_eq!(
        told(Duration::hours(3)).0,
        "Ends on 31 December 2026, in less than a day"
    );
    let (when, what) = told(Duration::hours(-3));
    assert_eq!(when, "Ended on 31 December 2026");
    assert!(
        what.contains("Nothing counts that you sign until you register a new one."),
        "{what}"
    );
}
