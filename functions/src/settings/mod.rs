//! What a deployment sets: names of tables, bucket and queue, the identity provider, trust, and where the page lives.
mod edge_key;
mod environment;
mod networks;
pub mod variable;

use std::fmt;

use sluice_shared::profile::Profile;

pub use edge_key::EdgeKey;
pub use networks::Networks;

use crate::function::Function;

/// Everything that differs between deployments. Made once, at start, so that a function with a missing setting never
/// takes a request.
#[derive(Clone)]
pub struct Settings {
    /// Tables, one for each aggregate.
    pub tables: Tables,
    /// Bucket that takes uploads: versioned, private.
    pub inbox_bucket: String,
    /// URL of the queue by which storage and `intake` itself feed `intake`.
    pub queue_url: String,
    /// URL of the queue by which `review` does.
    pub decisions_queue_url: String,
    /// URL of the queue by which `api` and `review` tell of changes of the directory.
    pub requests_queue_url: String,
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
    /// ARN of the role that `api` takes on for each organisation; nobody else has one.
    pub tenant_role: Option<String>,
    /// Origin of the page, the only one that browsers may call the API from.
    pub page_origin: String,
    /// What proves that a request came by the page's address; none where nothing stands before the functions.
    pub edge_key: Option<EdgeKey>,
    /// Where the entrance of DCC staff answers.
    pub staff_networks: Networks,
    /// File formats and rules.
    pub profile: Profile,
    /// The profile as it was given, in TOML; empty: it is the one that is compiled in.
    pub profile_text: String,
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
    /// What is announced of submissions.
    pub announcements: String,
    /// Submissions, their findings, evidence and receipts.
    pub submissions: String,
    /// Statements of thresholds by User ID.
    pub thresholds: String,
    /// Quarantine events, held communications and decisions.
    pub quarantine: String,
    /// Organisations, people and User IDs.
    pub directory: String,
    /// Reviewers' signed decisions, before they take effect.
    pub decisions: String,
    /// Changes of the directory that are asked for, before they take effect.
    pub requests: String,
    /// Who did what.
    pub activity: String,
    /// Who has a submission in hand, what was asked about it, and answered.
    pub reviewing: String,
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
    /// What of these settings `function` gets: the key of receipts is for nobody who signs none, the tenants' role for `api` alone.
    #[must_use]
    pub fn for_function(&self, function: Function) -> Self {
        Self {
            receipts: self.receipts.clone().filter(|_| function.signs_receipts()),
            tenant_role: self
                .tenant_role
                .clone()
                .filter(|_| function == Function::Api),
            ..self.clone()
        }
    }
}

impl Settings {
    /// Whether they name the tenants' role, without which `api` does not start.
    ///
    /// # Errors
    /// They do not.
    pub fn has_tenant_role(&self) -> Result<(), SettingsError> {
        match self.tenant_role {
            Some(_) => Ok(()),
            None => Err(SettingsError::Missing(variable::TENANT_ROLE)),
        }
    }
}

impl Settings {
    /// Whether they name the key of what stands before the functions, without which neither `api` nor `review` starts.
    ///
    /// # Errors
    /// They do not.
    pub fn has_edge_key(&self) -> Result<(), SettingsError> {
        match self.edge_key {
            Some(_) => Ok(()),
            None => Err(SettingsError::Missing(variable::EDGE_KEY)),
        }
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
