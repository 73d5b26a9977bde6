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
    /// PEM certificate revocation lists; may be empty.
    pub crls: String,
    /// PKCS #8 PEM key (P-256) that signs receipts. `api` has none: it never issues one.
    pub receipt_key: Option<String>,
    /// PEM certificate of `receipt_key`, followed by its issuers.
    pub receipt_certificate: Option<String>,
    /// Origin of the page, the only one that browsers may call the API from.
    pub page_origin: String,
    /// File formats and rules.
    pub profile: Profile,
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
        let profile = match lookup("SLUICE_PROFILE") {
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
            trust_anchors: need("SLUICE_TRUST_ANCHORS")?,
            crls: lookup("SLUICE_CRLS").unwrap_or_default(),
            receipt_key: lookup("SLUICE_RECEIPT_KEY"),
            receipt_certificate: lookup("SLUICE_RECEIPT_CERTIFICATE"),
            page_origin: need("SLUICE_PAGE_ORIGIN")?,
            profile,
        })
    }
}

impl fmt::Debug for Settings {
    // A key must not reach a log through `{:?}`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Settings")
            .field("tables", &self.tables)
            .field("inbox_bucket", &self.inbox_bucket)
            .field("issuer", &self.issuer)
            .field("signs_receipts", &self.receipt_key.is_some())
            .finish_non_exhaustive()
    }
}
