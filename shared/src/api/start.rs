use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Base64Bytes, SubmissionSummary, Superseded};
use crate::directory::RequestedFor;
use crate::files::FileKind;
use crate::identifiers::{FileDigest, FileName, ServiceRequestRef, SubmissionId};
use crate::instant::UtcTime;

/// Body of `POST /submissions`, with the header `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartSubmission {
    /// Which file it is.
    pub kind: FileKind,
    /// Its name on the sender's machine.
    pub file_name: FileName,
    /// Bytes of what is uploaded.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub length: u64,
    /// SHA-256 of what is uploaded.
    pub sha256: FileDigest,
    /// Where the signature is.
    pub signature: SignatureForm,
    /// The service-management request that the thresholds belong to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_request: Option<ServiceRequestRef>,
    /// The earlier submission that this one corrects.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<SubmissionId>,
    /// Whether it is to be checked only: the same way through upload and checks, and nothing takes effect.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub check_only: bool,
}

impl From<&StartSubmission> for RequestedFor {
    fn from(request: &StartSubmission) -> Self {
        if request.check_only {
            Self::CheckOnly
        } else {
            Self::Effect
        }
    }
}

/// How a file and its signature travel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "form", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SignatureForm {
    /// What is uploaded is the CSV; its detached CMS signature is here (`.p7s`).
    Detached {
        /// The signature, DER; 64 KiB at most.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = String, min_length = 4, max_length = 87_384, pattern = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$")
        )]
        der: Base64Bytes,
    },
    /// What is uploaded is a CMS signature with the CSV inside (`.p7m`).
    // With braces, since serde lets a variant without any have unknown fields beside its name.
    Enveloping {},
}

/// Answer of `POST /submissions` (201, or 200 when the same request came before) and of
/// `POST /submissions/{id}/upload`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SubmissionStarted {
    /// The submission.
    pub submission: SubmissionSummary,
    /// Where to put the file; absent when it has arrived already.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub upload: Option<Upload>,
    /// Of an ADT File that was accepted before: for each of its User IDs, the file that was accepted since. Then the thresholds
    /// of this one are not in force.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub superseded: Vec<Superseded>,
}

/// A presigned upload, good for this one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// Where to `PUT` it.
    pub url: String,
    /// The headers to send with it, exactly these: they are signed.
    pub headers: BTreeMap<String, String>,
    /// Until when storage takes it.
    pub expires_at: UtcTime,
}
