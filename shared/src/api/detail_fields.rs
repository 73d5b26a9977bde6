use serde::Deserialize;

use super::{
    DecisionSignature, FindingsSummary, PersonRef, SignerView, Stopped, SubmissionDetail,
    SubmissionSummary, Superseded,
};
use crate::files::FileKind;
use crate::identifiers::{FileDigest, FileName, OrganisationId, ServiceRequestRef, SubmissionId};
use crate::instant::UtcTime;
use crate::review::{QuestionCount, ReviewQuestion};
use crate::risk::RiskRule;
use crate::submission::{StateName, SubmissionState};
use crate::verdict::FileEffect;

/// A submission as it stands in JSON: the fields of its summary beside its own.
///
/// Read as what is spread in another, the summary would have to be kept until all of it has come and then be read anew, for which the page
/// would carry the readers of its fields twice.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are facts of two structs, each with a name in JSON"
)]
pub(super) struct DetailFields {
    reference: SubmissionId,
    kind: FileKind,
    file_name: FileName,
    length: u64,
    organisation: OrganisationId,
    organisation_name: String,
    uploader: PersonRef,
    signer: Option<PersonRef>,
    state: StateName,
    started_at: UtcTime,
    received_at: Option<UtcTime>,
    settled_at: Option<UtcTime>,
    errors: u64,
    warnings: u64,
    #[serde(default)]
    rules: Vec<RiskRule>,
    replaces: Option<SubmissionId>,
    replaced_by: Option<SubmissionId>,
    #[serde(default)]
    check_only: bool,
    stopped: Option<Stopped>,
    questions: Option<QuestionCount>,
    progress: SubmissionState,
    sha256: FileDigest,
    service_request: Option<ServiceRequestRef>,
    started_by: Option<PersonRef>,
    #[serde(default)]
    also_asked: Vec<PersonRef>,
    checked_at: Option<UtcTime>,
    signature: Option<SignerView>,
    findings: FindingsSummary,
    effect: Option<FileEffect>,
    reviewer: Option<PersonRef>,
    decision_signature: Option<DecisionSignature>,
    receipt: bool,
    version: u64,
    #[serde(default)]
    file_kept: bool,
    #[serde(default)]
    enveloping: bool,
    verdict: Option<FileDigest>,
    #[serde(default)]
    superseded: Vec<Superseded>,
    #[serde(default)]
    asked: Vec<ReviewQuestion>,
}

impl From<DetailFields> for SubmissionDetail {
    fn from(fields: DetailFields) -> Self {
        let DetailFields {
            reference,
            kind,
            file_name,
            length,
            organisation,
            organisation_name,
            uploader,
            signer,
            state,
            started_at,
            received_at,
            settled_at,
            errors,
            warnings,
            rules,
            replaces,
            replaced_by,
            check_only,
            stopped,
            questions,
            progress,
            sha256,
            service_request,
            started_by,
            also_asked,
            checked_at,
            signature,
            findings,
            effect,
            reviewer,
            decision_signature,
            receipt,
            version,
            file_kept,
            enveloping,
            verdict,
            superseded,
            asked,
        } = fields;
        Self {
            summary: SubmissionSummary {
                reference,
                kind,
                file_name,
                length,
                organisation,
                organisation_name,
                uploader,
                signer,
                state,
                started_at,
                received_at,
                settled_at,
                errors,
                warnings,
                rules,
                replaces,
                replaced_by,
                check_only,
                stopped,
                questions,
            },
            progress,
            sha256,
            service_request,
            started_by,
            also_asked,
            checked_at,
            signature,
            findings,
            effect,
            reviewer,
            decision_signature,
            receipt,
            version,
            file_kept,
            enveloping,
            verdict,
            superseded,
            asked,
        }
    }
}
