//! Clients of the emulator.

use aws_types::SdkConfig;
use sluice_local::aws::config_of;

/// The access key and the secret that LocalStack knows. It signs nobody in; S3 alone verifies what they sign.
pub(crate) const KEY: &str = "test";
/// The account that the emulator puts everything into.
pub(crate) const ACCOUNT: &str = "000000000000";

/// A configuration for every service of the emulator at `endpoint`.
pub(crate) fn config(endpoint: &str) -> SdkConfig {
    config_of(endpoint, KEY, KEY)
}
