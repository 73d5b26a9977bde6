//! Clients of the emulator.

use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_smithy_http_client::Builder;
use aws_types::SdkConfig;
use sluice_local::s3::REGION;

/// The access key and the secret that LocalStack knows. It signs nobody in; S3 alone verifies what they sign.
pub(crate) const KEY: &str = "test";
/// The account that the emulator puts everything into.
pub(crate) const ACCOUNT: &str = "000000000000";

/// A configuration for every service of the emulator at `endpoint`.
pub(crate) fn config(endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new(KEY, KEY, None, None, "sluice-localstack");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(Builder::new().build_http())
        .endpoint_url(endpoint)
        .build()
}
