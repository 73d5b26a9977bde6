//! What is right and wrong with an upload, and what it would do. Nothing is written here.
use super::{
    IntakeError,
    adt::{self, AdtPlan},
    content::{self, Content, Previous, Reading},
    evidence::{self, Evidence},
    exit::{self, ExitPlan},
};
use crate::{
    Backend,
    stores::{OrganisationRecord, SubmissionRecord},
};
use sluice_shared::{
    api::{Effect, PersonRef, SignerView},
    files::Sender,
    finding::{Findings, Place, RecordDefect, SignatureDefect},
    identifiers::QuarantineEventRef,
    risk::RuleFired,
    signature::VerifiedSignature,
};

/// The outcome of a check.
pub(super) struct Checked {
    /// Everything that is wrong, in order: the upload, its signature, its format, then content and authority.
    pub(super) findings: Findings,
    /// The ARO who signed.
    pub(super) signer: Option<PersonRef>,
    /// The verified signature.
    pub(super) signature: Option<VerifiedSignature>,
    /// Whether the signature is at fault, or nobody's who may sign.
    pub(super) signature_refused: bool,
    /// What the file says, in numbers.
    pub(super) effect: Option<Effect>,
    /// Rules of risk that fired.
    pub(super) rules: Vec<RuleFired>,
    /// What a reviewer is to look at.
    pub(super) evidence: Evidence,
    /// Events that are locked for the submission: whatever it comes to, the transaction that says so unlocks them.
    pub(super) locked: Vec<QuarantineEventRef>,
    /// What is to be recorded; `None` if anything is wrong.
    pub(super) plan: Option<Plan>,
}

/// What a lawful file is to change.
pub(super) enum Plan {
    /// Thresholds.
    Adt(AdtPlan),
    /// Decisions.
    Exit(Box<ExitPlan>),
}

impl Checked {
    pub(super) fn signer_view(&self) -> Option<SignerView> {
        self.signature.as_ref().map(|verified| SignerView {
            subject: verified.subject.to_string(),
            certificate_sha256: verified.certificate.sha256(),
            signing_time: verified.signing_time,
        })
    }
}

/// Reads and checks the upload of a submission that was received.
pub(super) async fn check(
    backend: &Backend,
    record: &SubmissionRecord,
) -> Result<Checked, IntakeError> {
    let at = record.state.received_at().ok_or_else(|| {
        IntakeError::Unexpected(format!(
            "{} is {}, and was never received",
            record.id,
            record.state.name()
        ))
    })?;
    let organisation = backend
        .directory
        .organisation_record(&record.organisation)
        .await?
        .ok_or_else(|| {
            IntakeError::Unexpected(format!(
                "the directory has no organisation {}",
                record.organisation
            ))
        })?;
    let sender = Sender {
        organisation: record.organisation.clone(),
        user_ids: organisation.organisation.user_ids.clone(),
    };
    let previous = previous(backend, &sender).await?;
    let content = content::read(backend, record, &sender, previous, at).await?;

    let mut checked = Checked {
        findings: Findings::with_limit(backend.settings.profile.files.max_findings),
        signer: None,
        signature: None,
        signature_refused: false,
        effect: None,
        rules: Vec::new(),
        evidence: Evidence::default(),
        locked: Vec::new(),
        plan: None,
    };
    let reading = format_and_signature(record, content, &mut checked);
    if let (Some(reading), true) = (reading, checked.findings.is_acceptable()) {
        authority(&organisation, &mut checked);
        match reading {
            Reading::Adt(reading) => adt::check(backend, &reading, at, &mut checked).await?,
            Reading::Exit(reading) => exit::check(backend, record, reading, &mut checked).await?,
        }
    }
    if let Some(verified) = &checked.signature {
        checked.evidence.signature = Some(evidence::signature(verified, backend.now()));
    }
    Ok(checked)
}

/// The first half: is it what was announced, is it signed, can it be read.
fn format_and_signature(
    record: &SubmissionRecord,
    content: Content,
    checked: &mut Checked,
) -> Option<Reading> {
    let (arrived, sha256) = content.object;
    if arrived != record.length || sha256 != record.sha256 {
        let differs = RecordDefect::UploadDiffers {
            announced: record.length,
            arrived,
        };
        checked.findings.add(Place::file(), differs);
    }
    match content.signature {
        Ok(verified) => checked.signature = Some(verified),
        Err(defect) => {
            checked.signature_refused = true;
            checked.findings.add(Place::file(), defect);
        }
    }
    if let Some(reading) = &content.reading {
        checked.findings.append(reading.findings().clone());
    }
    content.reading
}

/// Whether the signer may sign for the organisation.
fn authority(organisation: &OrganisationRecord, checked: &mut Checked) {
    let Some(verified) = &checked.signature else {
        return;
    };
    if let Some(person) = organisation.signer(verified.subject.as_str()) {
        checked.signer = Some(person.into());
    } else {
        let subject = verified.subject.to_string();
        checked.signature_refused = true;
        checked
            .findings
            .add(Place::file(), SignatureDefect::NotRegistered { subject });
    }
}

async fn previous(backend: &Backend, sender: &Sender) -> Result<Previous, IntakeError> {
    let mut previous = Previous::new();
    for user_id in &sender.user_ids {
        if let Some(current) = backend.thresholds.current(user_id.id).await? {
            let standing = current.thresholds.standing.into_iter();
            previous.extend(standing.map(|row| (user_id.id, row.key.srv, row.key.period)));
        }
    }
    Ok(previous)
}
