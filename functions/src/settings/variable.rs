//! Names of the variables that a function reads of its environment. Where it says PEM or TOML, the value may be the absolute path of a
//! file instead.

/// Name of the table of announcements.
pub const TABLE_ANNOUNCEMENTS: &str = "SLUICE_TABLE_ANNOUNCEMENTS";
/// Name of the table of submissions.
pub const TABLE_SUBMISSIONS: &str = "SLUICE_TABLE_SUBMISSIONS";
/// Name of the table of thresholds.
pub const TABLE_THRESHOLDS: &str = "SLUICE_TABLE_THRESHOLDS";
/// Name of the table of quarantine events.
pub const TABLE_QUARANTINE: &str = "SLUICE_TABLE_QUARANTINE";
/// Name of the table of organisations and people.
pub const TABLE_DIRECTORY: &str = "SLUICE_TABLE_DIRECTORY";
/// Name of the table of reviewers' signed decisions.
pub const TABLE_DECISIONS: &str = "SLUICE_TABLE_DECISIONS";
/// Name of the table of changes of the directory that are asked for.
pub const TABLE_REQUESTS: &str = "SLUICE_TABLE_REQUESTS";
/// Name of the table of who did what.
pub const TABLE_ACTIVITY: &str = "SLUICE_TABLE_ACTIVITY";
/// Name of the table of who has a submission in hand, and what was asked and answered about it.
pub const TABLE_REVIEWING: &str = "SLUICE_TABLE_REVIEWING";
/// Name of the bucket of uploads.
pub const INBOX_BUCKET: &str = "SLUICE_INBOX_BUCKET";
/// URL of the queue by which storage and `intake` itself feed `intake`.
pub const QUEUE_URL: &str = "SLUICE_QUEUE_URL";
/// URL of the queue by which `review` tells `intake` of decisions.
pub const DECISIONS_QUEUE_URL: &str = "SLUICE_DECISIONS_QUEUE_URL";
/// URL of the queue by which `api` and `review` tell `intake` of changes that are asked for.
pub const REQUESTS_QUEUE_URL: &str = "SLUICE_REQUESTS_QUEUE_URL";
/// URL, as it stands in the tokens' `iss`; a slash at its end counts for nothing.
pub const OIDC_ISSUER: &str = "SLUICE_OIDC_ISSUER";
/// As it stands in the tokens' `aud` or `client_id`.
pub const OIDC_AUDIENCE: &str = "SLUICE_OIDC_AUDIENCE";
/// PEM certificates.
pub const TRUST_ANCHORS: &str = "SLUICE_TRUST_ANCHORS";
/// PEM revocation lists.
pub const CRLS: &str = "SLUICE_CRLS";
/// SHA-256 fingerprints in hex, with commas or spaces between.
pub const TRUST_WITHOUT_LIST: &str = "SLUICE_TRUST_WITHOUT_LIST";
/// ARN of the key in KMS; not beside [`RECEIPT_KEY`].
pub const RECEIPT_KMS_KEY: &str = "SLUICE_RECEIPT_KMS_KEY";
/// PEM of the key itself; not beside [`RECEIPT_KMS_KEY`].
pub const RECEIPT_KEY: &str = "SLUICE_RECEIPT_KEY";
/// PEM of that key's certificate, then of its issuers.
pub const RECEIPT_CERTIFICATE: &str = "SLUICE_RECEIPT_CERTIFICATE";
/// ARN of the role that `api` takes on for each organisation.
pub const TENANT_ROLE: &str = "SLUICE_TENANT_ROLE";
/// Scheme, host and port, as browsers send it.
pub const PAGE_ORIGIN: &str = "SLUICE_PAGE_ORIGIN";
/// What CloudFront adds to each request as [`x-sluice-edge`](crate::api): nothing is answered without it. Empty where nothing stands before the functions.
pub const EDGE_KEY: &str = "SLUICE_EDGE_KEY";
/// Networks in CIDR, with commas or spaces between, outside which `review` answers nobody; empty: anywhere.
pub const STAFF_NETWORKS: &str = "SLUICE_STAFF_NETWORKS";
/// TOML; the profile that is compiled in, where it says nothing.
pub const PROFILE: &str = "SLUICE_PROFILE";
