//! Whom a deployment trusts: anchors, revocation lists, and who may do without one. All of it is read at start, or nothing runs.
use std::collections::BTreeSet;

use sluice_shared::{
    identifiers::FileDigest,
    instant::UtcTime,
    signature::{Crls, TrustAnchors},
};

use crate::{
    metrics::Metric,
    settings::{Settings, SettingsError, variable},
};

/// Reads every block of the settings. Whoever issues receipts verifies signatures, and is refused while an anchor has no
/// revocation list.
pub(crate) fn read_trust(settings: &Settings) -> Result<(TrustAnchors, Crls), SettingsError> {
    let invalid = |name: &'static str, reason: String| SettingsError::Invalid { name, reason };
    let anchors = TrustAnchors::parse(settings.trust_anchors.as_bytes())
        .map_err(|error| invalid(variable::TRUST_ANCHORS, error.to_string()))?;
    let without_list = fingerprints(&settings.trusted_without_list)
        .map_err(|reason| invalid(variable::TRUST_WITHOUT_LIST, reason))?;
    let crls = Crls::parse(settings.crls.as_bytes())
        .map_err(|error| invalid(variable::CRLS, error.to_string()))?
        .with_authorities_without_list(without_list);
    if settings.receipts.is_some() {
        crls.check_anchors(&anchors)
            .map_err(|error| invalid(variable::CRLS, error.to_string()))?;
    }
    Ok((anchors, crls))
}

/// How long the revocation lists last, so that an alarm comes before files have to wait for a newer one.
pub(crate) fn hours_left(crls: &Crls, now: UtcTime) -> Option<Metric> {
    let next_update = crls.nearest_next_update()?;
    let seconds = next_update.unix_seconds() - now.unix_seconds();
    Some(Metric::RevocationListHoursLeft(seconds.div_euclid(3600)))
}

/// As tools write them: 64 hex digits each, with colons or without, separated by commas or spaces.
fn fingerprints(text: &str) -> Result<BTreeSet<FileDigest>, String> {
    text.split([',', ' ', '\n'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let digits = part.replace(':', "").to_ascii_lowercase();
            FileDigest::parse(&digits).map_err(|_| {
                format!("{part} is not the SHA-256 fingerprint of a certificate (64 hex digits)")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::settings::{ReceiptKeySource, ReceiptSettings};

    const ROOT: &str = include_str!("../../shared/testkit/signatures/root.pem");
    const CRLS: &str = include_str!("../../shared/testkit/signatures/crls.pem");

    fn settings(crls: &str, without_list: &str, issues_receipts: bool) -> Settings {
        let mut settings = Settings::from_lookup(|name| match name {
            variable::TRUST_ANCHORS => Some(ROOT.to_owned()),
            variable::CRLS => Some(crls.to_owned()),
            variable::TRUST_WITHOUT_LIST => Some(without_list.to_owned()),
            variable::PROFILE
            | variable::EDGE_KEY
            | variable::STAFF_NETWORKS
            | variable::RECEIPT_KEY
            | variable::RECEIPT_KMS_KEY => None,
            _ => Some("something".to_owned()),
        })
        .unwrap();
        settings.receipts = issues_receipts.then(|| ReceiptSettings {
            key: ReceiptKeySource::Kms("something".to_owned()),
            certificate: String::new(),
        });
        settings
    }

    fn refusal(crls: &str, without_list: &str, issues_receipts: bool) -> String {
        let settings = settings(crls, without_list, issues_receipts);
        read_trust(&settings).map_or_else(|error| error.to_string(), |_| String::new())
    }

    fn root_fingerprint() -> String {
        let anchors = TrustAnchors::parse(ROOT.as_bytes()).unwrap();
        anchors.certificates()[0].sha256().to_string()
    }

    #[test]
    fn only_who_verifies_needs_a_list_of_each_anchor() {
        assert_eq!(refusal(CRLS, "", true), "");
        assert_eq!(refusal("", "", false), "");
        let refused = refusal("", "", true);
        assert!(
            refused.starts_with("the environment variable SLUICE_CRLS"),
            "{refused}"
        );
        assert!(refused.contains(&root_fingerprint()), "{refused}");
    }

    #[test]
    fn an_anchor_without_a_list_is_named_by_its_fingerprint_as_tools_write_it() {
        let plain = root_fingerprint();
        let pairs: Vec<_> = plain
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).unwrap())
            .collect();
        let colons = pairs.join(":").to_ascii_uppercase();
        for text in [
            plain.clone(),
            colons,
            format!(" {plain}, {}", "0".repeat(64)),
        ] {
            assert_eq!(refusal("", &text, true), "", "{text}");
        }
        let refused = refusal("", "4f", true);
        assert!(
            refused.contains("SLUICE_TRUST_WITHOUT_LIST") && refused.contains("4f"),
            "{refused}"
        );
    }

    #[test]
    fn a_block_that_cannot_be_read_stops_the_start_of_every_function() {
        let damaged = CRLS.replacen(
            "-----BEGIN X509 CRL-----\nMII",
            "-----BEGIN X509 CRL-----\nMIB",
            1,
        );
        for crls in [
            format!("{CRLS}{ROOT}"),
            damaged,
            CRLS.replace("X509 CRL", "X509 CRLS"),
        ] {
            let refused = refusal(&crls, "", false);
            assert!(refused.contains("block"), "{refused}");
        }
    }

    #[test]
    fn hours_are_counted_to_the_list_that_ends_first_and_below_zero_after_it() {
        let crls = Crls::parse(CRLS.as_bytes()).unwrap();
        let at = |time: &str| hours_left(&crls, UtcTime::parse(time).unwrap());
        assert_eq!(
            at("2026-02-28T21:59:00Z"),
            Some(Metric::RevocationListHoursLeft(2))
        );
        assert_eq!(
            at("2026-03-01T00:00:01Z"),
            Some(Metric::RevocationListHoursLeft(-1))
        );
        let none = Crls::parse(b"").unwrap();
        assert_eq!(
            hours_left(&none, UtcTime::parse("2026-03-01T00:00:00Z").unwrap()),
            None
        );
    }
}
