//! Clients of the cloud. `AWS_ENDPOINT_URL` and its kin are the only switch between AWS, `LocalStack` and the embedded stack.
use aws_config::BehaviorVersion;
use aws_sdk_s3::config::RequestChecksumCalculation;
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};

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
    /// Clients as the environment configures them (region, credentials, endpoints).
    pub async fn from_environment() -> Self {
        let http = Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        let config = aws_config::defaults(BehaviorVersion::latest())
            .http_client(http)
            .load()
            .await;
        // Emulators answer on one host name, so the bucket has to be in the path there.
        let emulated = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        Self::from_config(&config, emulated)
    }

    /// Clients from a configuration already loaded; `path_style` puts the bucket in the path of S3's URLs.
    pub fn from_config(config: &aws_config::SdkConfig, path_style: bool) -> Self {
        let s3 = aws_sdk_s3::config::Builder::from(config)
            .force_path_style(path_style)
            // Uploads announce SHA-256 themselves; a second checksum in the presigned request would be one more
            // header that a browser has to send.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .build();
        Self {
            s3: aws_sdk_s3::Client::from_conf(s3),
            dynamodb: aws_sdk_dynamodb::Client::new(config),
            sqs: aws_sdk_sqs::Client::new(config),
            kms: aws_sdk_kms::Client::new(config),
        }
    }
}
