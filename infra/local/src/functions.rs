//! The functions in this process: the same code as in the cloud, told where everything is.

use std::sync::Arc;

use sluice_functions::{Backend, Clients, Ports, Settings, SettingsError};
use sluice_shared::instant::UtcTime;

use crate::aws;
use crate::clock::Clock;
use crate::identity::CLIENT;
use crate::pki::Authority;
use crate::queue::ACCOUNT;
use crate::stack::{BUCKET, QUEUE, Urls};

/// What both functions need. The receipt key is given to both: they share one process here.
pub(crate) fn backend(
    urls: &Urls,
    authority: &Authority,
    clock: Clock,
) -> Result<Arc<Backend>, SettingsError> {
    let ports = Ports {
        clock: Arc::new(move || UtcTime::from_unix_millis(clock.millis())),
        ..Ports::system()
    };
    backend_with(urls, authority, ports)
}

/// A backend of this stack's engines with other ports: tests stop the functions at a step of their choice.
pub fn backend_with(
    urls: &Urls,
    authority: &Authority,
    ports: Ports,
) -> Result<Arc<Backend>, SettingsError> {
    Backend::new(&clients(urls), settings(urls, authority)?, ports)
}

/// What the functions would read from their environment in the cloud.
pub fn settings(urls: &Urls, authority: &Authority) -> Result<Settings, SettingsError> {
    Settings::from_lookup(|name| setting(name, urls, authority))
}

/// Clients of this stack's engines.
pub fn clients(urls: &Urls) -> Clients {
    let of = |service| Clients::from_config(&aws::config(service), true);
    Clients {
        s3: of(&urls.s3).s3,
        dynamodb: of(&urls.dynamodb).dynamodb,
        sqs: of(&urls.sqs).sqs,
        // Receipts are signed with a key file here, so nobody asks it.
        kms: of(&urls.sqs).kms,
    }
}

/// The environment that the functions would have in the cloud.
fn setting(name: &str, urls: &Urls, authority: &Authority) -> Option<String> {
    let value = match name {
        "SLUICE_TABLE_SUBMISSIONS" => "sluice-submissions".to_owned(),
        "SLUICE_TABLE_THRESHOLDS" => "sluice-thresholds".to_owned(),
        "SLUICE_TABLE_QUARANTINE" => "sluice-quarantine".to_owned(),
        "SLUICE_TABLE_DIRECTORY" => "sluice-directory".to_owned(),
        "SLUICE_INBOX_BUCKET" => BUCKET.to_owned(),
        "SLUICE_QUEUE_URL" => format!("{}/{ACCOUNT}/{QUEUE}", urls.sqs),
        "SLUICE_OIDC_ISSUER" => urls.identity.to_string(),
        "SLUICE_OIDC_AUDIENCE" => CLIENT.to_owned(),
        "SLUICE_TRUST_ANCHORS" => authority.root.clone(),
        "SLUICE_CRLS" => authority.crls.clone(),
        "SLUICE_RECEIPT_KEY" => authority.receipt_key.clone(),
        "SLUICE_RECEIPT_CERTIFICATE" => authority.receipt_certificate.clone(),
        "SLUICE_PAGE_ORIGIN" => urls.page.to_string(),
        _ => return None,
    };
    Some(value)
}
