//! The functions' settings and environment: what the template sets, read off the deployment, and where the emulators are.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use sluice_functions::{EdgeKey, ReceiptKeySource, ReceiptSettings, Settings, Tables};
use sluice_local::account::REGION;
use sluice_local::functions;
use sluice_local::local_services::LocalServices;

use crate::aws::KEY;
use crate::deploy::{DeployError, Deployed};
use crate::gateway::EDGE_KEY;

/// Settings of functions that run on `services` with the resources of `deployed`; `certificate` is that of the receipt key.
pub(crate) fn settings(
    services: &LocalServices,
    deployed: &Deployed,
    certificate: String,
) -> Result<Settings, DeployError> {
    let output = |name: &str| deployed.output(name).map(str::to_owned);
    Ok(Settings {
        tables: Tables {
            announcements: output("AnnouncementsTableName")?,
            submissions: output("SubmissionsTableName")?,
            thresholds: output("ThresholdsTableName")?,
            quarantine: output("QuarantineTableName")?,
            directory: output("DirectoryTableName")?,
            decisions: output("DecisionsTableName")?,
            requests: output("RequestsTableName")?,
            activity: output("ActivityTableName")?,
            reviewing: output("ReviewingTableName")?,
        },
        inbox_bucket: output("InboxBucketName")?,
        queue_url: output("IntakeQueueUrl")?,
        decisions_queue_url: output("DecisionsQueueUrl")?,
        requests_queue_url: output("RequestsQueueUrl")?,
        receipts: Some(ReceiptSettings {
            key: ReceiptKeySource::Kms(output("ReceiptKeyId")?),
            certificate,
        }),
        edge_key: EdgeKey::parse(EDGE_KEY).ok(),
        ..functions::settings(&services.urls, &services.authority)
    })
}

/// The environment of a function with these settings. What has several lines is in a file of `folder`, as in a deployment.
pub(crate) fn environment(
    settings: &Settings,
    services: &LocalServices,
    emulator: &str,
    folder: &Path,
) -> io::Result<BTreeMap<String, String>> {
    let mut environment = settings.to_environment();
    for (name, value) in &mut environment {
        if value.contains('\n') {
            let file = folder.join(name);
            fs::write(&file, &value)?;
            *value = file.display().to_string();
        }
    }
    environment.extend([
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_ACCESS_KEY_ID", KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", KEY.to_owned()),
        ("AWS_ENDPOINT_URL", emulator.to_owned()),
        // Addresses of uploads name the server that browsers reach.
        ("AWS_ENDPOINT_URL_S3", services.urls.s3.to_string()),
    ]);
    let owned = environment
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Ok(owned.collect())
}
