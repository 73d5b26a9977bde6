//! How a client of this stack is configured: the same SDKs as in the cloud, another endpoint.

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_smithy_http_client::Builder;
use aws_types::SdkConfig;

use crate::account::{ACCESS_KEY, REGION, SECRET_KEY};
use crate::origin::Origin;

/// A configuration for one service of the stack.
pub fn config(service: &Origin) -> SdkConfig {
    config_of(service.as_str(), ACCESS_KEY, SECRET_KEY)
}

/// A configuration for one service of the stack by its address, which may have a path.
pub fn config_at(address: &str) -> SdkConfig {
    config_of(address, ACCESS_KEY, SECRET_KEY)
}

/// A configuration for what answers at `endpoint`. Nothing of the environment or of the person's own AWS profile is read.
pub fn config_of(endpoint: &str, access_key: &str, secret_key: &str) -> SdkConfig {
    let credentials = Credentials::new(access_key, secret_key, None, None, "sluice-local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(Builder::new().build_http())
        .endpoint_url(endpoint)
        .build()
}
