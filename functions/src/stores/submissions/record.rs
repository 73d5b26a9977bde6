use serde::{Deserialize, Serialize};
use time::Duration;

use crate::inbox::ObjectKey;
use sluice_shared::{
    api::{
        DecisionSignature, FileEffect, FindingsSummary, PersonRef, SignerView, Stopped,
        SubmissionDetail, SubmissionSummary,
    },
    files::FileKind,
    identifiers::{
        CorrelationId, FileDigest, FileName, OrganisationId, PersonId, ServiceRequestRef,
        SubmissionId,
    },
    instant::UtcTime,
    submission::{Decision, StateName, SubmissionState},
    verdict::Basis,
};

/// How long what was sent to be checked only is kept.
const CHECK_KEPT: Duration = Duration::days(30);

/// A submission as the table keeps it. Names of people and organisations are those of the time: a record of what happened
/// does not change when somebody marries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionRecord {
    /// Its reference.
    pub id: SubmissionId,
    /// Who sends.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// Which file it is.
    pub kind: FileKind,
    /// The file's name on the sender's machine.
    pub file_name: FileName,
    /// Announced length of the object in bytes.
    pub length: u64,
    /// Announced SHA-256 of the object.
    pub sha256: FileDigest,
    /// How it is signed.
    pub form: SignedForm,
    /// Reference of the service-management request, if one was named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_request: Option<ServiceRequestRef>,
    /// The earlier submission that this one corrects.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<SubmissionId>,
    /// The later submission that corrects this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaced_by: Option<SubmissionId>,
    /// Who sent it: whoever asked last for an address to upload its file to, before the file arrived.
    pub uploader: PersonRef,
    /// Who started it, if somebody else sent it; absent in records from before this was kept apart.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started_by: Option<PersonRef>,
    /// Who else asked for an address. Storage does not tell whose was used: any of them could have sent it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also_asked: Vec<PersonRef>,
    /// When it was started.
    pub started_at: UtcTime,
    /// Where it stands; read through [`SubmissionRecord::state_at`].
    pub state: SubmissionState,
    /// Counts changes, from 1.
    pub version: u64,
    /// The version of the object that was received.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object_version: Option<String>,
    /// When it was checked for the first time; absent in records from before this was kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked_at: Option<UtcTime>,
    /// The ARO who signed, once verified.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer: Option<PersonRef>,
    /// With which certificate, when.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signature: Option<SignerView>,
    /// What the last check found.
    #[serde(default)]
    pub findings: FindingsSummary,
    /// What the file says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effect: Option<FileEffect>,
    /// The reviewer who decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewer: Option<PersonRef>,
    /// How that decision was signed; absent in records from before decisions were.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decision_signature: Option<DecisionSignature>,
    /// How many decisions counted for nothing, since whoever made them may not decide, or did not make them.
    #[serde(default)]
    pub decisions_dropped: u32,
    /// Whether there is a receipt.
    #[serde(default)]
    pub receipt: bool,
    /// Set before the first page of an exit file's decisions is written: from here on the file is accepted, whatever
    /// happens in between, and this is when.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recording_since: Option<UtcTime>,
    /// The request that started it, in the logs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub correlation_id: Option<CorrelationId>,
    /// Whether it was sent to be checked only: nothing of it ever takes effect.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub check_only: bool,
    /// What it was judged to be last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub judged: Option<Judged>,
    /// Why the service cannot judge it, by a fault of its own, until that is mended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<Stopped>,
}

/// What names the last verdict on a submission and what it was about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// SHA-256 of the file itself, also where that is inside its signature.
    pub file: FileDigest,
    /// SHA-256 of the signed attributes, where the signature held.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signed_attributes: Option<FileDigest>,
    /// The verdict's digest.
    pub verdict: FileDigest,
    /// What the verdict rested on.
    #[serde(default)]
    pub basis: Basis,
}

/// How a file is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum SignedForm {
    /// Beside the file; the signature's SHA-256 tells the same submission from one that was signed anew.
    Detached {
        /// SHA-256 of the signature.
        signature: FileDigest,
    },
    /// The object is the signature with the file inside (`.p7m`).
    Enveloping,
}

impl SubmissionRecord {
    /// Where it stands at `now`: waiting for an upload ends by the clock alone.
    pub fn state_at(&self, now: UtcTime) -> SubmissionState {
        self.state.clone().at(now)
    }

    /// Where its upload is.
    pub fn object_key(&self) -> ObjectKey {
        ObjectKey {
            organisation: self.organisation.clone(),
            submission: self.id,
            check_only: self.check_only,
        }
    }

    /// When it may be dropped, in seconds since 1970: what was sent to be checked only is gone after 30 days.
    pub fn expires(&self) -> Option<u64> {
        let expires = self.started_at.plus(CHECK_KEPT).unix_seconds();
        self.check_only.then(|| u64::try_from(expires).unwrap_or(0))
    }

    /// Whether it has been kept for as long as it should be. The table drops it some time after that, up to days later.
    pub fn is_gone(&self, now: UtcTime) -> bool {
        let now = u64::try_from(now.unix_seconds()).unwrap_or(0);
        self.expires().is_some_and(|expires| expires <= now)
    }

    /// Whether a reviewer has to look at it, and none has decided.
    pub fn awaits_decision(&self) -> bool {
        self.state.name() == StateName::AwaitingReview && self.state.review().is_none()
    }

    /// The number of the decision that it waits for, or that was made on it: how many before came to nothing.
    pub fn next_decision(&self) -> u32 {
        let void = u32::try_from(self.state.void().len()).unwrap_or(u32::MAX);
        void.saturating_add(self.decisions_dropped)
    }

    /// Whether a reviewer decided, and to accept it.
    pub fn is_accepted_by_reviewer(&self) -> bool {
        let review = self.state.review();
        review.is_some_and(|review| review.decision == Decision::Accept)
    }

    /// Everybody who could have uploaded its file: who started it, and who asked for an address.
    pub fn senders(&self) -> Vec<&PersonId> {
        let others = self.started_by.iter().chain(&self.also_asked);
        std::iter::once(&self.uploader)
            .chain(others)
            .map(|person| &person.id)
            .collect()
    }

    /// Who started it, if somebody else sent it.
    pub fn starter(&self) -> Option<&PersonRef> {
        let starter = self.started_by.as_ref();
        starter.filter(|starter| starter.id != self.uploader.id)
    }

    /// Somebody asks for an address, and is who sends it from now on.
    pub fn asked_by(&mut self, person: PersonRef) {
        if self.uploader.id == person.id {
            return;
        }
        let before = std::mem::replace(&mut self.uploader, person);
        self.also_asked.retain(|other| other.id != self.uploader.id);
        match &self.started_by {
            None => self.started_by = Some(before),
            Some(starter) if starter.id == before.id => {}
            Some(_) => self.also_asked.push(before),
        }
    }

    /// The same, sent by this person; `None` for somebody who never asked for an address.
    pub fn sent_by(mut self, person: &PersonId) -> Option<Self> {
        if self.uploader.id != *person {
            let mut others = self.started_by.iter().chain(&self.also_asked);
            let sender = others.find(|other| other.id == *person)?.clone();
            self.asked_by(sender);
        }
        Some(self)
    }

    /// What lists show, as of `now`.
    pub fn summary(&self, now: UtcTime) -> SubmissionSummary {
        let state = self.state_at(now);
        SubmissionSummary {
            reference: self.id,
            kind: self.kind,
            file_name: self.file_name.clone(),
            length: self.length,
            organisation: self.organisation.clone(),
            organisation_name: self.organisation_name.clone(),
            uploader: self.uploader.clone(),
            signer: self.signer.clone(),
            state: state.name(),
            started_at: self.started_at,
            received_at: state.received_at(),
            settled_at: state.settled_at(),
            errors: self.findings.errors,
            warnings: self.findings.warnings,
            rules: state.rules().iter().map(|fired| fired.rule).collect(),
            replaces: self.replaces,
            replaced_by: self.replaced_by,
            check_only: self.check_only,
            stopped: self.stopped.clone(),
            questions: None,
        }
    }

    /// Everything that the sender and DCC staff see of it, as of `now`.
    pub fn detail(&self, now: UtcTime) -> SubmissionDetail {
        SubmissionDetail {
            summary: self.summary(now),
            progress: self.state_at(now),
            sha256: self.sha256,
            service_request: self.service_request.clone(),
            started_by: self.starter().cloned(),
            also_asked: self.also_asked.clone(),
            checked_at: self.checked_at,
            signature: self.signature.clone(),
            findings: self.findings.clone(),
            effect: self.effect.clone(),
            reviewer: self.reviewer.clone(),
            decision_signature: self.decision_signature.clone(),
            receipt: self.receipt,
            version: self.version,
            file_kept: self.object_version.is_some(),
            enveloping: self.form == SignedForm::Enveloping,
            verdict: self.judged.as_ref().map(|judged| judged.verdict),
            superseded: Vec::new(),
            asked: Vec::new(),
        }
    }
}
