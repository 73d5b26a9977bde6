//! Whether a change of the directory may be made: `api` and `review` ask before they take a request, `intake` before anything follows from one.
use sha2::{Digest, Sha256};
use sluice_shared::{
    directory::{
        Access, AdministratorsStatement, AnswerStatement, CertificateIdentity, ChangeBar,
        ChangeRecord, ChangeStatement, DirectoryChange, KnownForChange, Machine, Permission,
        PermittedChange, Person, RegisteredBefore, SignedStatement, StatementFault,
        confirmed_on_the_day_of, permit_change,
    },
    finding::{Describe, SignatureDefect},
    identifiers::{Eui64, FileDigest, OrganisationId},
    instant::UtcTime,
    signature::{SignatureFault, TrustFault, VerificationContext, VerifiedSignature},
};
use time::Duration;

use crate::{
    Backend,
    stores::{OrganisationRecord, StoreError},
};

/// What is known of a change, as read.
#[derive(Debug)]
pub(crate) struct ReadForChange {
    pub(crate) id: OrganisationId,
    pub(crate) organisation: Option<OrganisationRecord>,
    pub(crate) destination: Option<OrganisationRecord>,
    machines: Vec<Machine>,
    had_people: bool,
    is_registered: bool,
    taken: Vec<Eui64>,
    changes_today: usize,
    is_stopped: bool,
    confirmed_today: Option<Access>,
}

/// Reads what the rule needs for a change that `asker` asks for. What goes beyond the own organisation is read for the DCC alone: nobody else has
/// the right to.
pub(crate) async fn read_for_change(
    backend: &Backend,
    asker: &Person,
    id: &OrganisationId,
    change: &DirectoryChange,
) -> Result<ReadForChange, StoreError> {
    let directory = &backend.directory;
    let organisation = directory.organisation_record(id).await?;
    let is_registered = match change {
        DirectoryChange::Invite { person, .. } => {
            backend.people.organisation_of(person).await?.is_some()
        }
        // Whoever was removed is still called by it.
        DirectoryChange::RegisterMachine { machine, .. } => {
            let named = backend.people.person_named(machine.as_person_id()).await?;
            named.is_some()
        }
        _ => false,
    };
    let mut read = ReadForChange {
        id: id.clone(),
        organisation,
        destination: None,
        machines: match change.machine() {
            Some(_) => directory.machines(id).await?,
            None => Vec::new(),
        },
        had_people: false,
        is_registered,
        taken: Vec::new(),
        changes_today: 0,
        is_stopped: false,
        confirmed_today: None,
    };
    if let DirectoryChange::ConfirmAccess { person, .. } = change {
        let changes = directory.changes(id).await?;
        let confirmed = confirmed_on_the_day_of(backend.now(), person, &changes);
        read.confirmed_today = confirmed.cloned();
        return Ok(read);
    }
    if !asker.may(Permission::KeepDirectory) {
        read.changes_today = changes_today(backend, id).await?;
        return Ok(read);
    }
    if matches!(change, DirectoryChange::Invite { .. }) && read.people().is_empty() {
        let changes = directory.changes(id).await?;
        let of_people = |change: &ChangeRecord| change.change.person().is_some();
        let mut made = changes.iter().filter(|change| change.made_at().is_some());
        read.had_people = made.any(of_people);
    }
    if let Some(to) = change.destination().filter(|to| *to != id) {
        read.destination = directory.organisation_record(to).await?;
    }
    for user_id in change.user_ids() {
        let owner = directory.owner_of(user_id.id).await?;
        if owner.is_some_and(|owner| owner != *id) {
            read.taken.push(user_id.id);
        }
    }
    Ok(read)
}

/// How many of the places for changes an organisation's administrators have used today (UTC).
async fn changes_today(backend: &Backend, id: &OrganisationId) -> Result<usize, StoreError> {
    let (changes, now) = (backend.directory.changes(id).await?, backend.now());
    let used = |change: &&ChangeRecord| change.takes_a_place_on_the_day_of(now);
    Ok(changes.iter().filter(used).count())
}

impl ReadForChange {
    /// The organisation's people; none, where there is no such organisation.
    pub(crate) fn people(&self) -> &[Person] {
        let record = self.organisation.as_ref();
        record.map_or(&[], |record| record.people.as_slice())
    }

    /// The organisation's systems, where the change is about one.
    pub(crate) fn machines(&self) -> &[Machine] {
        &self.machines
    }

    /// Reads whether the key of a certificate that is to be registered was stopped, whoever's it was. For `intake`: what belongs to no organisation is out of
    /// the public function's reach.
    pub(crate) async fn look_for_stop(
        &mut self,
        backend: &Backend,
        change: &DirectoryChange,
    ) -> Result<(), StoreError> {
        if let DirectoryChange::RegisterCertificate { certificate, .. } = change {
            self.is_stopped = backend.directory.is_stopped(certificate.key).await?;
        }
        Ok(())
    }

    /// What a change is about, as it is registered.
    pub(crate) fn before(&self, change: &DirectoryChange) -> Option<RegisteredBefore> {
        let record = self.organisation.as_ref();
        let organisation = record.map(|record| &record.organisation);
        RegisteredBefore::find(change, organisation, (self.people(), &self.machines))
    }

    /// The rule's word on it; with the certificate by which the request was signed, where the key was shown to be there.
    pub(crate) fn permit(
        &self,
        backend: &Backend,
        asker: &Person,
        (change, signed_with): (&DirectoryChange, Option<&CertificateIdentity>),
    ) -> Result<PermittedChange, ChangeBar> {
        let record = self.organisation.as_ref();
        let destination = self.destination.as_ref();
        let known = KnownForChange {
            asker,
            id: &self.id,
            organisation: record.map(|record| &record.organisation),
            people: self.people(),
            had_people: self.had_people,
            machines: &self.machines,
            is_registered: self.is_registered,
            destination: destination.map(|record| record.people.as_slice()),
            taken: &self.taken,
            changes_today: self.changes_today,
            signed_with,
            is_stopped: self.is_stopped,
            confirmed_today: self.confirmed_today.as_ref(),
            now: backend.now(),
            rules: &backend.settings.profile.people,
        };
        permit_change(change, &known)
    }
}

/// Why what a DCC administrator signed does not count, or why that cannot be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StatementNotCounted {
    /// Its signature does not hold. A sentence, and what to do.
    #[error("its signature does not hold. {} {}", .0.message(), .0.remedy())]
    Signature(SignatureDefect),
    /// It is by somebody else, or of another time.
    #[error("{0}.")]
    Fault(#[from] StatementFault),
    /// It is longer than any.
    #[error("it has {0} bytes, and at most {1} are accepted.")]
    TooLong(usize, usize),
    /// It is about something else.
    #[error("it is about another {0} than where it was sent.")]
    Other(&'static str),
    /// Its reference was used for something else.
    #[error(
        "its reference was used before, for something else. Make up another one, and sign that."
    )]
    ReferenceUsed,
    /// The service's own trust data are at fault.
    #[error(transparent)]
    Trust(TrustFault),
}

/// Reads and verifies a DCC administrator's answer to a change.
pub(crate) fn verify_answer(
    backend: &Backend,
    person: &Person,
    signed: &[u8],
) -> Result<AnswerStatement, StatementNotCounted> {
    let (parsed, verified) = verify_signed::<AnswerStatement>(backend, signed)?;
    let (times, rules) = (times(backend), &backend.settings.profile.people);
    parsed.check(&verified, person, times, rules)?;
    Ok(parsed.into_statement())
}

/// What somebody asked for, signed, in whichever way it has to be.
pub(crate) struct VerifiedChange {
    pub(crate) statement: ChangeStatement,
    /// SHA-256 of the certificate by which it was signed.
    pub(crate) certificate: FileDigest,
    /// The certificate, where it is the one that is to be registered.
    pub(crate) signed_with: Option<CertificateIdentity>,
}

/// Reads and verifies a change that `person` asks for: with the key that it registers, or as a DCC administrator.
pub(crate) fn verify_change(
    backend: &Backend,
    person: &Person,
    signed: &[u8],
) -> Result<VerifiedChange, StatementNotCounted> {
    let (parsed, verified) = verify_signed::<ChangeStatement>(backend, signed)?;
    let (times, rules) = (times(backend), &backend.settings.profile.people);
    let registers = matches!(
        parsed.statement().change,
        DirectoryChange::RegisterCertificate { .. }
    );
    let signed_with = if registers {
        parsed.check_possession(&verified, person, times, rules)?;
        let identity = CertificateIdentity::parse(&verified.certificate);
        Some(identity.map_err(StatementFault::Certificate)?)
    } else {
        parsed.check(&verified, person, times, rules)?;
        None
    };
    Ok(VerifiedChange {
        statement: parsed.into_statement(),
        certificate: verified.certificate.sha256(),
        signed_with,
    })
}

fn verify_signed<T: AdministratorsStatement>(
    backend: &Backend,
    signed: &[u8],
) -> Result<(SignedStatement<T>, VerifiedSignature), StatementNotCounted> {
    let rules = &backend.settings.profile.signing;
    if signed.len() > rules.max_signature_bytes {
        return Err(StatementNotCounted::TooLong(
            signed.len(),
            rules.max_signature_bytes,
        ));
    }
    let parsed = SignedStatement::<T>::parse(signed).map_err(StatementNotCounted::Signature)?;
    let context = VerificationContext {
        anchors: &backend.anchors,
        crls: &backend.crls,
        purposes: &rules.accepted_key_purposes,
        at: parsed.statement().said_at(),
        now: backend.now(),
    };
    let verified = parsed.verify(&context).map_err(|fault| match fault {
        SignatureFault::Sender(defect) => StatementNotCounted::Signature(defect),
        SignatureFault::Service(fault) => StatementNotCounted::Trust(fault),
    })?;
    Ok((parsed, verified))
}

/// The time, and by how much clocks may differ.
fn times(backend: &Backend) -> (UtcTime, Duration) {
    let ahead = backend.settings.profile.signing.max_ahead_minutes;
    (backend.now(), Duration::minutes(i64::from(ahead)))
}

/// By which a second administrator names what was asked for.
pub(crate) fn digest_of(signed: &[u8]) -> FileDigest {
    FileDigest::new(Sha256::digest(signed).into())
}
