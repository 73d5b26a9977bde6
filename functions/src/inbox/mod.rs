//! The bucket that takes uploads: `api` signs addresses to put them to, it and `review` to fetch them from, `intake` reads them.
mod key;
mod longest;
mod presigner;
mod sender;

use aws_sdk_s3::{Client, operation::get_object::GetObjectError, primitives::ByteStream};
use sluice_shared::identifiers::PersonId;

pub(crate) use self::longest::longest;
pub use self::{
    key::ObjectKey,
    presigner::{PresignedUpload, Presigner},
};
use crate::{
    call_failure::CallFailure,
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
    // `api` and `review` presign, and the template allows them to read by addresses of the last minute alone.
    Need {
        by: &[Function::Api, Function::Review, Function::Intake],
        actions: &["s3:GetObjectVersion"],
        on: Resource::Uploads,
    },
    Need {
        by: &[Function::Api, Function::Review, Function::Intake],
        actions: &["kms:Decrypt"],
        on: Resource::DataKey,
    },
];

/// The inbox bucket, for whoever reads it.
#[derive(Debug, Clone)]
pub struct Inbox {
    client: Client,
    bucket: String,
}

/// The inbox failed. For the log, never for a caller.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// S3 has no such version of the object.
    #[error("the inbox has no such version of {0}")]
    Missing(String),
    /// This function was started without the means to read uploads.
    #[error("uploads are not read here")]
    NotReadHere,
    /// S3 refused or could not be reached.
    #[error("could not {what}: {cause}")]
    Unavailable {
        /// What was tried.
        what: &'static str,
        /// What may be said of the call; never the answer.
        cause: String,
    },
}

/// A version of an object.
#[derive(Debug)]
pub struct Opened {
    /// Its bytes.
    pub body: ByteStream,
    /// Whose address it came by; unknown of what was put there in another way.
    pub sent_by: Option<PersonId>,
}

impl Inbox {
    /// The bucket `bucket`.
    pub fn new(client: Client, bucket: &str) -> Self {
        Self {
            client,
            bucket: bucket.to_owned(),
        }
    }

    /// Opens one version of an object. `version` is `None` only where the bucket keeps none.
    pub async fn open(&self, key: &ObjectKey, version: Option<&str>) -> Result<Opened, InboxError> {
        self.client
            .get_object()
            .bucket(&self.bucket)
            .key(key.to_string())
            .set_version_id(version.map(str::to_owned))
            .send()
            .await
            .map(|answer| Opened {
                sent_by: answer
                    .metadata
                    .and_then(|kept| sender::decode(kept.get(sender::NAME)?)),
                body: answer.body,
            })
            .map_err(|error| match error.as_service_error() {
                Some(GetObjectError::NoSuchKey(_)) => InboxError::Missing(key.to_string()),
                _ => InboxError::Unavailable {
                    what: "read an upload",
                    cause: CallFailure::from_sdk(&error).to_string(),
                },
            })
    }
}
