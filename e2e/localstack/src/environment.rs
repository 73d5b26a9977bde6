//! The functions' environment: what the template sets, read off the deployment, and where the emulators are.

use std::collections::BTreeMap;
use std::path::Path;

use sluice_local::ground::Ground;
use sluice_local::identity::CLIENT;
use sluice_local::s3::REGION;

use crate::aws::KEY;
use crate::deploy::{DeployError, Deployed};

/// The variables that both functions get, and those of `intake` alone.
#[derive(Debug)]
pub(crate) struct Environment {
    /// Of both.
    pub(crate) both: BTreeMap<String, String>,
    /// Of `intake`.
    pub(crate) intake: BTreeMap<String, String>,
}

impl Environment {
    /// Of functions that run on `ground` with the resources of `deployed`. `receipts` is the PEM file of the receipt certificate.
    pub(crate) fn of(
        ground: &Ground,
        emulator: &str,
        deployed: &Deployed,
        receipts: &Path,
    ) -> Result<Self, DeployError> {
        let pki = ground.state.join("pki");
        let file = |path: &Path| path.display().to_string();
        let output = |name: &str| deployed.output(name).map(str::to_owned);
        let both = [
            ("SLUICE_TABLE_SUBMISSIONS", output("SubmissionsTableName")?),
            ("SLUICE_TABLE_THRESHOLDS", output("ThresholdsTableName")?),
            ("SLUICE_TABLE_QUARANTINE", output("QuarantineTableName")?),
            ("SLUICE_TABLE_DIRECTORY", output("DirectoryTableName")?),
            ("SLUICE_INBOX_BUCKET", output("InboxBucketName")?),
            ("SLUICE_QUEUE_URL", output("IntakeQueueUrl")?),
            ("SLUICE_OIDC_ISSUER", ground.urls.identity.to_string()),
            ("SLUICE_OIDC_AUDIENCE", CLIENT.to_owned()),
            ("SLUICE_PAGE_ORIGIN", ground.urls.page.to_string()),
            ("SLUICE_TRUST_ANCHORS", file(&pki.join("root.pem"))),
            ("SLUICE_CRLS", file(&pki.join("crls.pem"))),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", KEY.to_owned()),
            ("AWS_ENDPOINT_URL", emulator.to_owned()),
            // Addresses of uploads name the server that browsers reach.
            ("AWS_ENDPOINT_URL_S3", ground.urls.s3.to_string()),
        ];
        let intake = [
            ("SLUICE_RECEIPT_KMS_KEY", output("ReceiptKeyId")?),
            ("SLUICE_RECEIPT_CERTIFICATE", file(receipts)),
        ];
        let owned = |(name, value): (&str, String)| (name.to_owned(), value);
        Ok(Self {
            both: both.into_iter().map(owned).collect(),
            intake: intake.into_iter().map(owned).collect(),
        })
    }
}
