//! What a deployment sets: names of tables, bucket and queue, the identity provider, trust, and where the page lives.
use std::fmt;

use sluice_shared::profile::Profile;

/// Everything that differs between deployments. Made once, at start, so that a function with a missing setting never
/// takes a request.
#[derive(Clone)]
pub struct Settings {
    /// Tables of the four aggregates.
    pub tables: Tables,
    /// Bucket that takes uploads: versioned, private.
    pub inbox_bucket: String,
    /// URL of the queue that feeds `intake`.
    pub queue_url: String,
    /// `iss` of access tokens; `<issuer>/.well-known/jwks.json` holds its keys.
    pub issuer: String,
    /// `aud` (or `client_id`) of access tokens.
    pub audience: String,
    /// PEM certificates that signers' certificates chain to.
    pub trust_anchors: String,
    /// PEM certificate revocation lists. Only whoever verifies no signature can do without.
    pub crls: String,
    /// Fingerprints (SHA-256) of authorities that are trusted although they have no revocation list; may be empty.
    pub trusted_without_list: String,
    /// What signs receipts. `api` has none: it never issues one.
    pub receipts: Option<ReceiptSettings>,
    /// Origin of the page, the only one that browsers may call the API from.
    pub page_origin: String,
    /// File formats and rules.
    pub profile: Profile,
}

/// What signs receipts.
#[derive(Clone)]
pub struct ReceiptSettings {
    /// The key.
    pub key: ReceiptKeySource,
    /// Its PEM certificate, followed by the issuers.
    pub certificate: String,
}

/// Where the key is that signs receipts (P-256).
#[derive(Clone, PartialEq, Eq)]
pub enum ReceiptKeySource {
    /// Here: PKCS #8 or SEC 1 in PEM.
    Pem(String),
    /// In KMS, which never gives it out: its id or ARN.
    Kms(String),
}

/// Names of the tables.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Submissions, their findings, evidence and receipts.
    pub submissions: String,
    /// Statements of thresholds by User ID.
    pub thresholds: String,
    /// Quarantine events, held communications and decisions.
    pub quarantine: String,
    /// Organisations, people and User IDs.
    pub directory: String,
}

/// A setting that is missing or cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The environment lacks it.
    #[error(
        "the environment variable {0} is not set; `infra/template.yaml` and README's table of settings name them all"
    )]
    Missing(&'static str),
    /// It is there and makes no sense.
    #[error("the environment variable {name} cannot be used: {reason}")]
    Invalid {
        /// Which one.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl Settings {
    /// Reads the process's environment.
    pub fn from_environment() -> Result<Self, SettingsError> {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads settings through `lookup`, so that a stack in one process needs no environment of its own.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let need = |name: &'static str| {
            lookup(name)
                .filter(|value| !value.is_empty())
                .ok_or(SettingsError::Missing(name))
        };
        let profile = match text(&lookup, "SLUICE_PROFILE")? {
            None => Profile::standard().clone(),
            Some(text) => Profile::parse(&text).map_err(|error| SettingsError::Invalid {
                name: "SLUICE_PROFILE",
                reason: error.to_string(),
            })?,
        };
        Ok(Self {
            tables: Tables {
                submissions: need("SLUICE_TABLE_SUBMISSIONS")?,
                thresholds: need("SLUICE_TABLE_THRESHOLDS")?,
                quarantine: need("SLUICE_TABLE_QUARANTINE")?,
                directory: need("SLUICE_TABLE_DIRECTORY")?,
            },
            inbox_bucket: need("SLUICE_INBOX_BUCKET")?,
            queue_url: need("SLUICE_QUEUE_URL")?,
            issuer: need("SLUICE_OIDC_ISSUER")?.trim_end_matches('/').to_owned(),
            audience: need("SLUICE_OIDC_AUDIENCE")?,
            trust_anchors: text(&lookup, "SLUICE_TRUST_ANCHORS")?
                .ok_or(SettingsError::Missing("SLUICE_TRUST_ANCHORS"))?,
            crls: text(&lookup, "SLUICE_CRLS")?.unwrap_or_default(),
            trusted_without_list: lookup("SLUICE_TRUST_WITHOUT_LIST").unwrap_or_default(),
            receipts: ReceiptSettings::from_lookup(&lookup)?,
            page_origin: need("SLUICE_PAGE_ORIGIN")?,
            profile,
        })
    }
}

impl ReceiptSettings {
    fn from_lookup(
        lookup: &impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, SettingsError> {
        let kms = lookup("SLUICE_RECEIPT_KMS_KEY").filter(|id| !id.is_empty());
        let key = match (kms, text(lookup, "SLUICE_RECEIPT_KEY")?) {
            (None, None) => return Ok(None),
            (Some(id), None) => ReceiptKeySource::Kms(id),
            (None, Some(pem)) => ReceiptKeySource::Pem(pem),
            (Some(_), Some(_)) => {
                return Err(SettingsError::Invalid {
                    name: "SLUICE_RECEIPT_KEY",
                    reason: "SLUICE_RECEIPT_KMS_KEY is set, too; leave one of them out".to_owned(),
                });
            }
        };
        let certificate = text(lookup, "SLUICE_RECEIPT_CERTIFICATE")?
            .ok_or(SettingsError::Missing("SLUICE_RECEIPT_CERTIFICATE"))?;
        Ok(Some(Self { key, certificate }))
    }
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
                    reason: format!("{path} cannot be read: {error}"),
                })
        }
        value => Ok(value),
    }
}

impl fmt::Debug for Settings {
    // A key must not reach a log through `{:?}`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Settings")
            .field("tables", &self.tables)
            .field("inbox_bucket", &self.inbox_bucket)
            .field("issuer", &self.issuer)
            .field("signs_receipts", &self.receipts.is_some())
            .finish_non_exhaustive()
    }
}
