//! Addresses at which one file may be put or fetched, signed with the rights of `api`.
//!
//! By the signer of the AWS SDK alone (`aws-sigv4`): `api` calls S3 for nothing, and a client of S3 is a quarter of its size.
use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::{
    http_request::{
        PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
        SigningSettings, UriPathNormalizationMode, sign,
    },
    sign::v4::SigningParams,
};
use base64ct::{Base64, Encoding};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sluice_shared::identifiers::{FileDigest, FileName, PersonId};

use super::{InboxError, ObjectKey, sender};
use crate::{
    clients::S3Access,
    content_disposition::{attachment, plain_attachment},
};

/// What stands for itself in a query that is signed (RFC 3986, 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Bytes of a name's header in an address. Storage takes addresses of 8 KB, with a session's token of 1 or 2 KB in them.
const LONGEST_NAME: usize = 2_048;

/// An upload as a browser has to make it: nothing but exactly this is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresignedUpload {
    /// Where to `PUT`.
    pub url: String,
    /// Headers that are signed with it. `content-length` is left out: browsers set it themselves, and it is signed too.
    pub headers: BTreeMap<String, String>,
}

/// Signs addresses of the inbox bucket.
#[derive(Debug, Clone)]
pub struct Presigner {
    access: S3Access,
    bucket: String,
}

impl Presigner {
    /// For the bucket `bucket`.
    pub fn new(access: &S3Access, bucket: &str) -> Self {
        Self {
            access: access.clone(),
            bucket: bucket.to_owned(),
        }
    }

    /// Signs one upload of exactly this key, length and content, that replaces nothing, good for `valid`. Storage keeps with the object
    /// whose address it came by.
    ///
    /// By the machine's own clock, as S3 judges by its own.
    pub async fn presign(
        &self,
        key: &ObjectKey,
        length: u64,
        digest: &FileDigest,
        content_type: &str,
        sent_by: &PersonId,
        valid: Duration,
    ) -> Result<PresignedUpload, InboxError> {
        let headers = [
            ("content-type", content_type.to_owned()),
            ("if-none-match", "*".to_owned()),
            (
                "x-amz-checksum-sha256",
                Base64::encode_string(digest.as_bytes()),
            ),
            (sender::HEADER, sender::encode(sent_by)),
        ];
        let length = ("content-length", length.to_string());
        let signed: Vec<_> = headers.iter().chain([&length]).collect();
        let url = self.access.address(&self.bucket, &key.to_string());
        let url = self
            .sign(http::Method::PUT, &url, &signed, valid)
            .await
            .map_err(|cause| InboxError::Unavailable {
                what: "presign an upload",
                cause,
            })?;
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        Ok(PresignedUpload {
            url,
            headers: headers.into(),
        })
    }

    /// Signs the download of one version of an object under this name, good for `valid`. Of a name that would make the address too
    /// long, its plain form is in it: whoever asks for the address is told the name beside.
    pub async fn presign_download(
        &self,
        key: &ObjectKey,
        version: &str,
        name: &FileName,
        valid: Duration,
    ) -> Result<String, InboxError> {
        let encoded = |value: &str| utf8_percent_encode(value, UNRESERVED).to_string();
        let whole = encoded(&attachment(name));
        let disposition = if whole.len() > LONGEST_NAME {
            encoded(&plain_attachment(name))
        } else {
            whole
        };
        let url = format!(
            "{}?response-cache-control=no-store&response-content-disposition={}&versionId={}",
            self.access.address(&self.bucket, &key.to_string()),
            disposition,
            encoded(version),
        );
        self.sign(http::Method::GET, &url, &[], valid)
            .await
            .map_err(|cause| InboxError::Unavailable {
                what: "presign a download",
                cause,
            })
    }

    /// The address of a request for `url` that binds `headers`; why not, if it cannot be made.
    async fn sign(
        &self,
        method: http::Method,
        url: &str,
        headers: &[&(&str, String)],
        valid: Duration,
    ) -> Result<String, String> {
        let said = |error: &dyn std::error::Error| error.to_string();
        let credentials = self.access.credentials().ok_or("no credentials")?;
        let credentials = credentials.provide_credentials().await;
        let identity = credentials.map_err(|error| said(&error))?.into();
        // As S3 has it: keys are encoded once, and "//" and ".." are names like any other.
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        settings.payload_checksum_kind = PayloadChecksumKind::NoHeader;
        settings.expires_in = Some(valid);
        let params = SigningParams::builder()
            .identity(&identity)
            .region(self.access.region())
            .name("s3")
            .time(SystemTime::now())
            .settings(settings)
            .build()
            .map_err(|error| said(&error))?
            .into();
        let mut request = http::Request::builder()
            .method(method)
            .uri(url)
            .body(())
            .map_err(|error| said(&error))?;
        let signable = SignableRequest::new(
            request.method().as_str(),
            url,
            headers.iter().map(|(name, value)| (*name, value.as_str())),
            // What is put is bound by its checksum's header.
            SignableBody::UnsignedPayload,
        )
        .map_err(|error| said(&error))?;
        let (instructions, _) = sign(signable, &params)
            .map_err(|error| said(&error))?
            .into_parts();
        instructions.apply_to_request_http1x(&mut request);
        Ok(request.uri().to_string())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::clients::Clients;

    /// As in Lambda, whose credentials are of a session.
    fn presigner() -> Presigner {
        let clients = Clients::from_lookup(|name| {
            let value = match name {
                "AWS_REGION" => "eu-west-2",
                "AWS_ACCESS_KEY_ID" => "an-id",
                "AWS_SECRET_ACCESS_KEY" => "a-secret",
                "AWS_SESSION_TOKEN" => "a+token/with=signs",
                _ => return None,
            };
            Some(value.to_owned())
        });
        Presigner::new(&clients.unwrap().s3, "inbox")
    }

    fn key() -> ObjectKey {
        ObjectKey::parse("large-supplier/4F7K-2M9Q-XW3T-8HBD").unwrap()
    }

    fn person() -> PersonId {
        PersonId::parse("auth0|5f7c").unwrap()
    }

    #[tokio::test]
    async fn an_upload_has_the_sessions_token_and_never_the_secret() {
        let digest = FileDigest::new([7; 32]);
        let valid = Duration::from_mins(5);
        let upload = presigner()
            .presign(&key(), 9, &digest, "text/csv", &person(), valid)
            .await
            .unwrap();
        let start = "https://inbox.s3.eu-west-2.amazonaws.com/large-supplier/4F7K-2M9Q-XW3T-8HBD?";
        assert!(upload.url.starts_with(start), "{}", upload.url);
        for wanted in [
            "X-Amz-Security-Token=a%2Btoken%2Fwith%3Dsigns",
            "X-Amz-Expires=300",
            "%2Feu-west-2%2Fs3%2Faws4_request",
        ] {
            assert!(upload.url.contains(wanted), "{wanted} in {}", upload.url);
        }
        assert!(!upload.url.contains("a-secret"));
    }

    #[tokio::test]
    async fn a_download_binds_version_and_name_whatever_the_name_is() {
        let name = FileName::parse("100 % é; x=1&versionId=0.csv").unwrap();
        let valid = Duration::from_mins(1);
        let url = presigner()
            .presign_download(&key(), "v/1", &name, valid)
            .await
            .unwrap();
        assert_eq!(url.matches("versionId=").count(), 1, "{url}");
        assert!(url.contains("&versionId=v%2F1&"), "{url}");
        assert!(url.contains("response-cache-control=no-store&"), "{url}");
        assert!(url.contains("100%2520%2525%2520%25C3%25A9"), "{url}");
    }

    #[tokio::test]
    async fn the_longest_name_leaves_the_address_short_enough() {
        let name = FileName::parse(&"😀".repeat(255)).unwrap();
        let valid = Duration::from_mins(1);
        let url = presigner()
            .presign_download(&key(), "1", &name, valid)
            .await
            .unwrap();
        assert!(url.len() < 2 * LONGEST_NAME, "{}", url.len());
        assert!(url.contains("filename%3D") && !url.contains("filename%2A"));
    }
}
