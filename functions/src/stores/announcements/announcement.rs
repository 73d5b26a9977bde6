use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::{FindingsSummary, PersonRef},
    files::FileKind,
    identifiers::{
        CorrelationId, FileDigest, FileName, OrganisationId, ServiceRequestRef, SubmissionId,
    },
    instant::UtcTime,
    submission::SubmissionState,
};
use time::Duration;

use crate::{
    inbox::ObjectKey,
    stores::{SignedForm, SubmissionRecord},
};

/// How long an announcement is kept. Its file arrives within a day; then the queue holds its message for two weeks, the dead letters for
/// two more, and an operator moves it back: this is three times as long.
const KEPT: Duration = Duration::days(90);

/// What somebody says that they will send. It has room for nothing that comes after: no state, no finding, no decision, no receipt.
///
/// `intake` believes none of it before it has held it to the directory; see `intake/announced.rs`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// The submission's reference.
    pub id: SubmissionId,
    /// Who sends.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// Which file it is.
    pub kind: FileKind,
    /// The file's name on the sender's machine.
    pub file_name: FileName,
    /// Length of the object in bytes.
    pub length: u64,
    /// SHA-256 of the object.
    pub sha256: FileDigest,
    /// How it is signed.
    pub form: SignedForm,
    /// Reference of the service-management request, if one was named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_request: Option<ServiceRequestRef>,
    /// The earlier submission that it corrects.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<SubmissionId>,
    /// Whoever asked last for an address to upload its file to.
    pub uploader: PersonRef,
    /// Who started it, if somebody else.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started_by: Option<PersonRef>,
    /// Who else asked for an address.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also_asked: Vec<PersonRef>,
    /// When it was started.
    pub started_at: UtcTime,
    /// Counts changes, from 1. Its record counts on.
    pub version: u32,
    /// The request that started it, in the logs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub correlation_id: Option<CorrelationId>,
    /// Whether it is sent to be checked only.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub check_only: bool,
}

impl Announcement {
    /// The submission as it is announced: it waits for its file, and nothing is known of it but this.
    pub fn record(&self) -> SubmissionRecord {
        let said = self.clone();
        SubmissionRecord {
            id: said.id,
            organisation: said.organisation,
            organisation_name: said.organisation_name,
            kind: said.kind,
            file_name: said.file_name,
            length: said.length,
            sha256: said.sha256,
            form: said.form,
            service_request: said.service_request,
            replaces: said.replaces,
            replaced_by: None,
            uploader: said.uploader,
            started_by: said.started_by,
            also_asked: said.also_asked,
            started_at: said.started_at,
            state: SubmissionState::started(said.started_at),
            version: said.version.into(),
            object_version: None,
            checked_at: None,
            signer: None,
            signature: None,
            findings: FindingsSummary::default(),
            effect: None,
            reviewer: None,
            decision_signature: None,
            decisions_dropped: 0,
            receipt: false,
            recording_since: None,
            correlation_id: said.correlation_id,
            check_only: said.check_only,
            judged: None,
            stopped: None,
        }
    }

    /// What was announced of a submission that waits for its file.
    pub fn of_record(record: &SubmissionRecord) -> Self {
        let record = record.clone();
        Self {
            id: record.id,
            organisation: record.organisation,
            organisation_name: record.organisation_name,
            kind: record.kind,
            file_name: record.file_name,
            length: record.length,
            sha256: record.sha256,
            form: record.form,
            service_request: record.service_request,
            replaces: record.replaces,
            uploader: record.uploader,
            started_by: record.started_by,
            also_asked: record.also_asked,
            started_at: record.started_at,
            version: u32::try_from(record.version).unwrap_or(u32::MAX),
            correlation_id: record.correlation_id,
            check_only: record.check_only,
        }
    }

    /// Where its upload is to be.
    pub fn object_key(&self) -> ObjectKey {
        ObjectKey {
            organisation: self.organisation.clone(),
            submission: self.id,
            check_only: self.check_only,
        }
    }

    /// When it may be dropped, in seconds since 1970: as soon as its record, where that expires.
    pub fn expires(&self) -> u64 {
        let kept = self.started_at.plus(KEPT).unix_seconds();
        let kept = u64::try_from(kept).unwrap_or(0);
        self.record()
            .expires()
            .map_or(kept, |expires| expires.min(kept))
    }

    /// Whether it has been kept for long enough. The table drops it some time after that, up to days later.
    pub fn is_gone(&self, now: UtcTime) -> bool {
        self.expires() <= u64::try_from(now.unix_seconds()).unwrap_or(0)
    }
}
