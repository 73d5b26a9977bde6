//! The bucket that takes uploads: presigning them and their downloads for `api`, reading them for `intake`.
use std::{collections::BTreeMap, time::Duration};

use aws_sdk_s3::{
    Client, operation::get_object::GetObjectError, presigning::PresigningConfig,
    primitives::ByteStream,
};
use base64ct::{Base64, Encoding};
use sluice_shared::identifiers::{FileDigest, FileName, OrganisationId, SubmissionId};

use crate::{
    call_failure::CallFailure,
    content_disposition::attachment,
    function::Function,
    need::{Need, Resource},
};

/// What the functions do with uploads. A presigned upload or download is made with the rights of whoever signed it.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Api],
        actions: &["s3:PutObject"],
        on: Resource::Uploads,
    },
    Need {
        by: &[Function::Api],
        actions: &["kms:GenerateDataKey"],
        on: Resource::DataKey,
    },
    // `api` reads nothing itself: it presigns, and the template lets it do no more.
    Need {
        by: &[Function::Api, Function::Intake],
        actions: &["s3:GetObjectVersion"],
        on: Resource::Uploads,
    },
    Need {
        by: &[Function::Api, Function::Intake],
        actions: &["kms:Decrypt"],
        on: Resource::DataKey,
    },
];

/// What an upload's address binds beside its key and its length (which browsers say by themselves). The SDK adds headers of its
/// own (in Lambda one for tracing), which are neither signed nor in the bucket's CORS rule: a browser that was told of one could
/// not upload.
const BOUND: [&str; 3] = ["content-type", "if-none-match", "x-amz-checksum-sha256"];

/// The inbox bucket.
#[derive(Debug, Clone)]
pub struct Inbox {
    client: Client,
    bucket: String,
}

/// Where uploads are that are to be checked only: the bucket drops them after 30 days.
const CHECK: &str = "check/";

/// A key of the inbox: `<organisation>/<submission>`, behind `check/` for what is to be checked only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKey {
    /// Who sends.
    pub organisation: OrganisationId,
    /// What for.
    pub submission: SubmissionId,
    /// Whether it is to be checked only.
    pub check_only: bool,
}

/// An upload as a browser has to make it: nothing but exactly this is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresignedUpload {
    /// Where to `PUT`.
    pub url: String,
    /// Headers that are signed with it. `content-length` is left out: browsers set it themselves, and it is signed too.
    pub headers: BTreeMap<String, String>,
}

/// The inbox failed. For the log, never for a caller.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// S3 has no such version of the object.
    #[error("the inbox has no such version of {0}")]
    Missing(String),
    /// S3 refused or could not be reached.
    #[error("could not {what}: {cause}")]
    Unavailable {
        /// What was tried.
        what: &'static str,
        /// What may be said of the call; never the answer.
        cause: String,
    },
}

impl ObjectKey {
    /// Reads a key; `None` if it is not one that we presign.
    pub fn parse(key: &str) -> Option<Self> {
        let named = key.strip_prefix(CHECK).filter(|named| named.contains('/'));
        let (organisation, submission) = named.unwrap_or(key).split_once('/')?;
        let parsed = Self {
            organisation: OrganisationId::parse(organisation).ok()?,
            submission: SubmissionId::parse(submission).ok()?,
            check_only: named.is_some(),
        };
        // Identifiers forgive case and hyphens; keys do not, or two keys would mean one submission.
        (parsed.to_string() == key).then_some(parsed)
    }
}

impl std::fmt::Display for ObjectKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let folder = if self.check_only { CHECK } else { "" };
        write!(out, "{folder}{}/{}", self.organisation, self.submission)
    }
}

impl Inbox {
    /// The bucket `bucket`.
    pub fn new(client: Client, bucket: &str) -> Self {
        Self {
            client,
            bucket: bucket.to_owned(),
        }
    }

    /// Signs one upload of exactly this key, length and content, that replaces nothing, good for `valid`.
    pub async fn presign(
        &self,
        key: &ObjectKey,
        length: u64,
        digest: &FileDigest,
        content_type: &str,
        valid: Duration,
    ) -> Result<PresignedUpload, InboxError> {
        let unavailable = |cause: String| InboxError::Unavailable {
            what: "presign an upload",
            cause,
        };
        let config =
            PresigningConfig::expires_in(valid).map_err(|error| unavailable(error.to_string()))?;
        let request = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(key.to_string())
            .content_length(i64::try_from(length).map_err(|error| unavailable(error.to_string()))?)
            .content_type(content_type)
            .checksum_sha256(Base64::encode_string(digest.as_bytes()))
            .if_none_match("*")
            .presigned(config)
            .await
            .map_err(|error| unavailable(CallFailure::from_sdk(&error).to_string()))?;
        let headers = request
            .headers()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .filter(|(name, _)| BOUND.contains(&name.as_str()))
            .collect();
        Ok(PresignedUpload {
            url: request.uri().to_owned(),
            headers,
        })
    }

    /// Signs the download of one version of an object under this name, good for `valid`.
    pub async fn presign_download(
        &self,
        key: &ObjectKey,
        version: &str,
        name: &FileName,
        valid: Duration,
    ) -> Result<String, InboxError> {
        let unavailable = |cause: String| InboxError::Unavailable {
            what: "presign a download",
            cause,
        };
        let config =
            PresigningConfig::expires_in(valid).map_err(|error| unavailable(error.to_string()))?;
        let request = self
            .client
            .get_object()
            .bucket(&self.bucket)
            .key(key.to_string())
            .version_id(version)
            .response_content_disposition(attachment(name))
            .response_cache_control("no-store")
            .presigned(config)
            .await
            .map_err(|error| unavailable(CallFailure::from_sdk(&error).to_string()))?;
        Ok(request.uri().to_owned())
    }

    /// Opens one version of an object. `version` is `None` only where the bucket keeps none.
    pub async fn open(
        &self,
        key: &ObjectKey,
        version: Option<&str>,
    ) -> Result<ByteStream, InboxError> {
        self.client
            .get_object()
            .bucket(&self.bucket)
            .key(key.to_string())
            .set_version_id(version.map(str::to_owned))
            .send()
            .await
            .map(|answer| answer.body)
            .map_err(|error| match error.as_service_error() {
                Some(GetObjectError::NoSuchKey(_)) => InboxError::Missing(key.to_string()),
                _ => InboxError::Unavailable {
                    what: "read an upload",
                    cause: CallFailure::from_sdk(&error).to_string(),
                },
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_checked_only_lies_apart_even_for_an_organisation_of_that_name() {
        for (key, organisation, check_only) in [
            (
                "large-supplier/4F7K-2M9Q-XW3T-8HBD",
                "large-supplier",
                false,
            ),
            (
                "check/large-supplier/4F7K-2M9Q-XW3T-8HBD",
                "large-supplier",
                true,
            ),
            ("check/4F7K-2M9Q-XW3T-8HBD", "check", false),
            ("check/check/4F7K-2M9Q-XW3T-8HBD", "check", true),
        ] {
            let parsed = ObjectKey::parse(key);
            let parsed = parsed.map(|key| (key.organisation.to_string(), key.check_only));
            assert_eq!(parsed, Some((organisation.to_owned(), check_only)), "{key}");
        }
        assert_eq!(
            ObjectKey::parse("check/check/check/4F7K-2M9Q-XW3T-8HBD"),
            None
        );
    }
}
