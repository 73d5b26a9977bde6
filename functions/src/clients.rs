//! Clients of the cloud. `AWS_ENDPOINT_URL` and its kin are the only switch between AWS, `LocalStack` and the embedded stack.
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_sdk_s3::config::RequestChecksumCalculation;
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
    pub s3: S3Access,
    /// Holds everything else.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// Takes word of reviewers' decisions to `intake`.
    pub sqs: aws_sdk_sqs::Client,
    /// Signs receipts.
    pub kms: aws_sdk_kms::Client,
    /// Gives credentials for one organisation.
    pub sts: aws_sdk_sts::Client,
}

/// How S3 is reached. Whoever only signs addresses makes no client of it.
#[derive(Debug, Clone)]
pub struct S3Access {
    config: SdkConfig,
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
            s3: S3Access::new(&of("AWS_ENDPOINT_URL_S3")),
            dynamodb: aws_sdk_dynamodb::Client::new(&of("AWS_ENDPOINT_URL_DYNAMODB")),
            sqs: aws_sdk_sqs::Client::new(&of("AWS_ENDPOINT_URL_SQS")),
            kms: aws_sdk_kms::Client::new(&of("AWS_ENDPOINT_URL_KMS")),
            sts: aws_sdk_sts::Client::new(&of("AWS_ENDPOINT_URL_STS")),
        })
    }

    /// Clients from a configuration already made.
    pub fn from_config(config: &SdkConfig) -> Self {
        Self {
            s3: S3Access::new(config),
            dynamodb: aws_sdk_dynamodb::Client::new(config),
            sqs: aws_sdk_sqs::Client::new(config),
            kms: aws_sdk_kms::Client::new(config),
            sts: aws_sdk_sts::Client::new(config),
        }
    }
}

impl S3Access {
    /// As configured.
    pub fn new(config: &SdkConfig) -> Self {
        Self {
            config: config.clone(),
        }
    }

    /// A client of it.
    pub fn client(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::config::Builder::from(&self.config)
            // Emulators answer on one host name, so the bucket has to be in the path there.
            .force_path_style(self.config.endpoint_url().is_some())
            // What is uploaded announces SHA-256 itself.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .build();
        aws_sdk_s3::Client::from_conf(config)
    }

    /// The address of an object, as the client has it. Its key is made of letters, digits, hyphens and slashes.
    pub(crate) fn address(&self, bucket: &str, key: &str) -> String {
        let service = format!("s3.{}.amazonaws.com", self.region());
        match self.config.endpoint_url() {
            Some(endpoint) => format!("{}/{bucket}/{key}", endpoint.trim_end_matches('/')),
            // A certificate for any name below the service's covers no name with a dot.
            None if bucket.contains('.') => format!("https://{service}/{bucket}/{key}"),
            None => format!("https://{bucket}.{service}/{key}"),
        }
    }

    pub(crate) fn region(&self) -> &str {
        self.config.region().map_or("", Region::as_ref)
    }

    pub(crate) fn credentials(&self) -> Option<SharedCredentialsProvider> {
        self.config.credentials_provider()
    }
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

    #[test]
    fn the_bucket_is_in_the_host_name_wherever_a_certificate_can_cover_that() {
        let aws = clients_of(&[], "").unwrap().s3;
        let local = ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:8602/");
        let local = clients_of(&[local], "").unwrap().s3;
        for (access, bucket, address) in [
            (
                &aws,
                "inbox",
                "https://inbox.s3.eu-west-2.amazonaws.com/a/b",
            ),
            (
                &aws,
                "in.box",
                "https://s3.eu-west-2.amazonaws.com/in.box/a/b",
            ),
            (&local, "inbox", "http://127.0.0.1:8602/inbox/a/b"),
        ] {
            assert_eq!(access.address(bucket, "a/b"), address);
        }
    }
}
