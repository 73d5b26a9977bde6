//! Clients of the cloud. `AWS_ENDPOINT_URL` and its kin are the only switch between AWS, `LocalStack` and the embedded stack.
use aws_sdk_s3::config::{
    BehaviorVersion, Credentials, Region, RequestChecksumCalculation, SharedCredentialsProvider,
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_types::SdkConfig;

use crate::settings::SettingsError;

/// What makes connections secure, here and where the identity provider's keys are fetched.
pub(crate) const TLS: Provider = Provider::Rustls(CryptoMode::Ring);

/// The services that the functions know.
#[derive(Debug, Clone)]
pub struct Clients {
    /// Holds uploads.
    pub s3: aws_sdk_s3::Client,
    /// Holds everything else.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// Takes word of reviewers' decisions to `intake`.
    pub sqs: aws_sdk_sqs::Client,
    /// Signs receipts.
    pub kms: aws_sdk_kms::Client,
}

impl Clients {
    /// Clients as the environment configures them: region and credentials as Lambda sets them, endpoints.
    ///
    /// No profile, no file, no metadata service is asked. A function finds there nothing that the environment does not say, and the code
    /// that asks them is a fifth of its size.
    pub fn from_environment() -> Result<Self, SettingsError> {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// The same, from what `lookup` says of a variable.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let said = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let need = |name: &'static str| said(name).ok_or(SettingsError::Missing(name));
        let credentials = Credentials::new(
            need("AWS_ACCESS_KEY_ID")?,
            need("AWS_SECRET_ACCESS_KEY")?,
            said("AWS_SESSION_TOKEN"),
            None,
            "environment",
        );
        let everywhere = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(need("AWS_REGION")?))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(Builder::new().tls_provider(TLS).build_https())
            .build();
        let endpoint = |own: &str| said(own).or_else(|| said("AWS_ENDPOINT_URL"));
        let of = |own: &str| {
            let mut config = everywhere.clone().into_builder();
            config.set_endpoint_url(endpoint(own));
            config.build()
        };
        Ok(Self {
            s3: s3(
                &of("AWS_ENDPOINT_URL_S3"),
                // Emulators answer on one host name, so the bucket has to be in the path there.
                endpoint("AWS_ENDPOINT_URL_S3").is_some(),
            ),
            dynamodb: aws_sdk_dynamodb::Client::new(&of("AWS_ENDPOINT_URL_DYNAMODB")),
            sqs: aws_sdk_sqs::Client::new(&of("AWS_ENDPOINT_URL_SQS")),
            kms: aws_sdk_kms::Client::new(&of("AWS_ENDPOINT_URL_KMS")),
        })
    }

    /// Clients from a configuration already made; `path_style` puts the bucket in the path of S3's URLs.
    pub fn from_config(config: &SdkConfig, path_style: bool) -> Self {
        Self {
            s3: s3(config, path_style),
            dynamodb: aws_sdk_dynamodb::Client::new(config),
            sqs: aws_sdk_sqs::Client::new(config),
            kms: aws_sdk_kms::Client::new(config),
        }
    }
}

fn s3(config: &SdkConfig, path_style: bool) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::config::Builder::from(config)
        .force_path_style(path_style)
        // Uploads announce SHA-256 themselves; a second checksum in the presigned request would be one more
        // header that a browser has to send.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .build();
    aws_sdk_s3::Client::from_conf(config)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LAMBDA: [(&str, &str); 3] = [
        ("AWS_REGION", "eu-west-2"),
        ("AWS_ACCESS_KEY_ID", "an-id"),
        ("AWS_SECRET_ACCESS_KEY", "a-secret"),
    ];

    fn clients_of(more: &[(&str, &str)], less: &str) -> Result<Clients, SettingsError> {
        let known: Vec<_> = LAMBDA.iter().chain(more).copied().collect();
        Clients::from_lookup(|name| {
            let found = known
                .iter()
                .find(|(known, _)| *known == name && name != less);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_lambda_sets_is_enough() {
        let clients = clients_of(&[("AWS_SESSION_TOKEN", "a-token")], "").unwrap();
        let region = clients.dynamodb.config().region().unwrap();
        assert_eq!(region.as_ref(), "eu-west-2");
    }

    #[test]
    fn what_is_missing_is_named() {
        for (name, _) in LAMBDA {
            let error = clients_of(&[], name).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
        let empty = clients_of(&[("AWS_ENDPOINT_URL", "")], "");
        assert!(empty.is_ok(), "an empty variable says nothing");
    }
}
