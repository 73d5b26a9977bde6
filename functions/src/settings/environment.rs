//! Settings from an environment, and the environment from settings: what the one reads, the other names.
use std::collections::BTreeMap;

use sluice_shared::profile::Profile;

use super::{
    EdgeKey, Networks, ReceiptKeySource, ReceiptSettings, Settings, SettingsError, Tables, variable,
};

impl Settings {
    /// Reads the process's environment.
    pub fn from_environment() -> Result<Self, SettingsError> {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads settings through `lookup`, so that a stack in one process needs no environment of its own.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let profile_text = text(&lookup, variable::PROFILE)?.unwrap_or_default();
        let profile = if profile_text.is_empty() {
            Profile::standard().clone()
        } else {
            Profile::parse(&profile_text).map_err(|error| SettingsError::Invalid {
                name: variable::PROFILE,
                reason: error.to_string(),
            })?
        };
        Ok(Self {
            tables: Tables::from_lookup(&lookup)?,
            inbox_bucket: need(&lookup, variable::INBOX_BUCKET)?,
            queue_url: need(&lookup, variable::QUEUE_URL)?,
            decisions_queue_url: need(&lookup, variable::DECISIONS_QUEUE_URL)?,
            requests_queue_url: need(&lookup, variable::REQUESTS_QUEUE_URL)?,
            issuer: need(&lookup, variable::OIDC_ISSUER)?
                .trim_end_matches('/')
                .to_owned(),
            audience: need(&lookup, variable::OIDC_AUDIENCE)?,
            trust_anchors: text(&lookup, variable::TRUST_ANCHORS)?
                .ok_or(SettingsError::Missing(variable::TRUST_ANCHORS))?,
            crls: text(&lookup, variable::CRLS)?.unwrap_or_default(),
            trusted_without_list: lookup(variable::TRUST_WITHOUT_LIST).unwrap_or_default(),
            receipts: ReceiptSettings::from_lookup(&lookup)?,
            tenant_role: lookup(variable::TENANT_ROLE).filter(|role| !role.is_empty()),
            page_origin: need(&lookup, variable::PAGE_ORIGIN)?,
            edge_key: lookup(variable::EDGE_KEY)
                .filter(|key| !key.is_empty())
                .map(|key| usable(variable::EDGE_KEY, EdgeKey::parse(&key)))
                .transpose()?,
            staff_networks: usable(
                variable::STAFF_NETWORKS,
                Networks::parse(&lookup(variable::STAFF_NETWORKS).unwrap_or_default()),
            )?,
            profile,
            profile_text,
        })
    }

    /// The environment that these settings are read of: every variable that there is, and no other. What is not set is empty.
    pub fn to_environment(&self) -> BTreeMap<&'static str, String> {
        let Self {
            tables,
            inbox_bucket,
            queue_url,
            decisions_queue_url,
            requests_queue_url,
            issuer,
            audience,
            trust_anchors,
            crls,
            trusted_without_list,
            receipts,
            tenant_role,
            page_origin,
            edge_key,
            staff_networks,
            // Read of its text.
            profile: _,
            profile_text,
        } = self;
        let (kms_key, key, certificate) = match receipts {
            None => Default::default(),
            Some(ReceiptSettings { key, certificate }) => match key {
                ReceiptKeySource::Kms(id) => (id.clone(), String::new(), certificate.clone()),
                ReceiptKeySource::Pem(pem) => (String::new(), pem.clone(), certificate.clone()),
            },
        };
        BTreeMap::from([
            (variable::TABLE_ANNOUNCEMENTS, tables.announcements.clone()),
            (variable::TABLE_SUBMISSIONS, tables.submissions.clone()),
            (variable::TABLE_THRESHOLDS, tables.thresholds.clone()),
            (variable::TABLE_QUARANTINE, tables.quarantine.clone()),
            (variable::TABLE_DIRECTORY, tables.directory.clone()),
            (variable::TABLE_DECISIONS, tables.decisions.clone()),
            (variable::TABLE_REQUESTS, tables.requests.clone()),
            (variable::TABLE_ACTIVITY, tables.activity.clone()),
            (variable::TABLE_REVIEWING, tables.reviewing.clone()),
            (variable::INBOX_BUCKET, inbox_bucket.clone()),
            (variable::QUEUE_URL, queue_url.clone()),
            (variable::DECISIONS_QUEUE_URL, decisions_queue_url.clone()),
            (variable::REQUESTS_QUEUE_URL, requests_queue_url.clone()),
            (variable::OIDC_ISSUER, issuer.clone()),
            (variable::OIDC_AUDIENCE, audience.clone()),
            (variable::TRUST_ANCHORS, trust_anchors.clone()),
            (variable::CRLS, crls.clone()),
            (variable::TRUST_WITHOUT_LIST, trusted_without_list.clone()),
            (variable::RECEIPT_KMS_KEY, kms_key),
            (variable::RECEIPT_KEY, key),
            (variable::RECEIPT_CERTIFICATE, certificate),
            (
                variable::TENANT_ROLE,
                tenant_role.clone().unwrap_or_default(),
            ),
            (variable::PAGE_ORIGIN, page_origin.clone()),
            (
                variable::EDGE_KEY,
                edge_key
                    .as_ref()
                    .map_or_else(String::new, EdgeKey::to_environment),
            ),
            (variable::STAFF_NETWORKS, staff_networks.to_string()),
            (variable::PROFILE, profile_text.clone()),
        ])
    }
}

impl Tables {
    /// Reads the tables' names through `lookup`.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        Ok(Self {
            announcements: need(&lookup, variable::TABLE_ANNOUNCEMENTS)?,
            submissions: need(&lookup, variable::TABLE_SUBMISSIONS)?,
            thresholds: need(&lookup, variable::TABLE_THRESHOLDS)?,
            quarantine: need(&lookup, variable::TABLE_QUARANTINE)?,
            directory: need(&lookup, variable::TABLE_DIRECTORY)?,
            decisions: need(&lookup, variable::TABLE_DECISIONS)?,
            requests: need(&lookup, variable::TABLE_REQUESTS)?,
            activity: need(&lookup, variable::TABLE_ACTIVITY)?,
            reviewing: need(&lookup, variable::TABLE_REVIEWING)?,
        })
    }
}

impl ReceiptSettings {
    fn from_lookup(
        lookup: &impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, SettingsError> {
        let kms = lookup(variable::RECEIPT_KMS_KEY).filter(|id| !id.is_empty());
        let key = match (kms, text(lookup, variable::RECEIPT_KEY)?) {
            (None, None) => return Ok(None),
            (Some(id), None) => ReceiptKeySource::Kms(id),
            (None, Some(pem)) => ReceiptKeySource::Pem(pem),
            (Some(_), Some(_)) => {
                return Err(SettingsError::Invalid {
                    name: variable::RECEIPT_KEY,
                    reason: format!(
                        "{} is set, too; leave one of them out",
                        variable::RECEIPT_KMS_KEY
                    ),
                });
            }
        };
        let certificate = text(lookup, variable::RECEIPT_CERTIFICATE)?
            .ok_or(SettingsError::Missing(variable::RECEIPT_CERTIFICATE))?;
        Ok(Some(Self { key, certificate }))
    }
}

fn usable<T, E: std::fmt::Display>(
    name: &'static str,
    parsed: Result<T, E>,
) -> Result<T, SettingsError> {
    parsed.map_err(|error| SettingsError::Invalid {
        name,
        reason: error.to_string(),
    })
}

fn need(
    lookup: &impl Fn(&str) -> Option<String>,
    name: &'static str,
) -> Result<String, SettingsError> {
    lookup(name)
        .filter(|value| !value.is_empty())
        .ok_or(SettingsError::Missing(name))
}

/// A longer text: the value itself, or the file that it names by an absolute path. A function's whole environment has
/// room for 4 KB, less than a few certificates take.
fn text(
    lookup: &impl Fn(&str) -> Option<String>,
    name: &'static str,
) -> Result<Option<String>, SettingsError> {
    let value = lookup(name).filter(|value| !value.is_empty());
    match value {
        Some(path) if path.starts_with('/') => {
            std::fs::read_to_string(&path)
                .map(Some)
                .map_err(|error| SettingsError::Invalid {
                    name,
                    reason: match error.kind() {
                        std::io::ErrorKind::InvalidData => format!(
                            "{path} is not text in UTF-8; a certificate or list in DER becomes text with openssl x509 or openssl crl"
                        ),
                        _ => format!("{path} cannot be read: {error}"),
                    },
                })
        }
        value => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::{cell::RefCell, collections::BTreeSet};

    use super::*;

    const STRICTER: &str = include_str!("../../../shared/data/default-profile.toml");

    /// Every variable with a value of its own, but for one of the two receipt keys.
    fn environment(left_out: &'static str) -> BTreeMap<&'static str, String> {
        let settings = Settings::from_lookup(|name| match name {
            variable::PROFILE | variable::RECEIPT_KEY => None,
            variable::EDGE_KEY => Some("0123456789abcdefghijABCDEFGHIJ01".to_owned()),
            variable::STAFF_NETWORKS => Some("192.0.2.0/24,2001:db8::/32".to_owned()),
            _ => Some(format!("a value of {name}")),
        });
        let mut environment = settings.unwrap().to_environment();
        environment.insert(variable::RECEIPT_KEY, "a key in PEM".to_owned());
        environment.insert(variable::PROFILE, STRICTER.replace("default", "another"));
        environment.insert(left_out, String::new());
        environment
    }

    #[test]
    fn what_is_read_is_written_again() {
        for left_out in [variable::RECEIPT_KEY, variable::RECEIPT_KMS_KEY] {
            let environment = environment(left_out);
            let settings = Settings::from_lookup(|name| environment.get(name).cloned()).unwrap();
            assert_eq!(settings.to_environment(), environment);
        }
    }

    #[test]
    fn what_is_written_is_all_that_is_read() {
        let environment = environment(variable::RECEIPT_KEY);
        let asked = RefCell::new(BTreeSet::new());
        Settings::from_lookup(|name| {
            asked.borrow_mut().insert(name.to_owned());
            environment.get(name).cloned()
        })
        .unwrap();
        let written: BTreeSet<_> = environment.into_keys().map(str::to_owned).collect();
        assert_eq!(asked.into_inner(), written);
    }
}
