//! The functions in this process: the same code as in the cloud, told where everything is.

use std::sync::Arc;

use sluice_functions::{
    Backend, Clients, Networks, Ports, ReceiptKeySource, ReceiptSettings, Settings, SettingsError,
    Tables,
};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;

use crate::access::TENANT_ROLE;
use crate::account::{ACCOUNT, BUCKET, DECISIONS_QUEUE, QUEUE, REQUESTS_QUEUE};
use crate::aws;
use crate::clock::Clock;
use crate::identity::CLIENT;
use crate::pki::Authority;
use crate::urls::Urls;

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
    Backend::reading_uploads(&clients(urls), settings(urls, authority), ports)
}

/// What the functions would read from their environment in the cloud.
pub fn settings(urls: &Urls, authority: &Authority) -> Settings {
    Settings {
        tables: Tables {
            announcements: "sluice-announcements".to_owned(),
            submissions: "sluice-submissions".to_owned(),
            thresholds: "sluice-thresholds".to_owned(),
            quarantine: "sluice-quarantine".to_owned(),
            directory: "sluice-directory".to_owned(),
            decisions: "sluice-decisions".to_owned(),
            requests: "sluice-requests".to_owned(),
            activity: "sluice-activity".to_owned(),
            reviewing: "sluice-reviewing".to_owned(),
        },
        inbox_bucket: BUCKET.to_owned(),
        queue_url: format!("{}/{ACCOUNT}/{QUEUE}", urls.sqs),
        decisions_queue_url: format!("{}/{ACCOUNT}/{DECISIONS_QUEUE}", urls.sqs),
        requests_queue_url: format!("{}/{ACCOUNT}/{REQUESTS_QUEUE}", urls.sqs),
        issuer: urls.issuer().to_owned(),
        audience: CLIENT.to_owned(),
        trust_anchors: authority.root.clone(),
        crls: authority.crls.clone(),
        trusted_without_list: String::new(),
        receipts: Some(ReceiptSettings {
            key: ReceiptKeySource::Pem(authority.receipt_key.clone()),
            certificate: authority.receipt_certificate.clone(),
        }),
        tenant_role: Some(TENANT_ROLE.to_owned()),
        page_origin: urls.page.to_string(),
        edge_key: None,
        staff_networks: Networks::default(),
        profile: Profile::standard().clone(),
        profile_text: String::new(),
    }
}

/// Clients of this stack's engines.
pub fn clients(urls: &Urls) -> Clients {
    let of = |service| Clients::from_config(&aws::config(service));
    Clients {
        s3: of(&urls.s3).s3,
        dynamodb: of(&urls.dynamodb).dynamodb,
        sqs: of(&urls.sqs).sqs,
        // Receipts are signed with a key file here, so nobody asks it.
        kms: of(&urls.sqs).kms,
        sts: Clients::from_config(&aws::config_at(&urls.sts())).sts,
    }
}
