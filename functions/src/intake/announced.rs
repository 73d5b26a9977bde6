//! From an announcement to a record, when the file has arrived. `api` can write any announcement, so nothing of it is believed that can be
//! looked up; whoever has taken `api` over sends files in the name of people who may send, and can do no more.
use sha2::{Digest, Sha256};
use sluice_shared::{
    api::PersonRef,
    directory::{ChangeRecord, DirectoryChange, Machine, MachineScope, Permission, Person},
    identifiers::{ClientId, FileDigest, OrganisationId, PersonId},
    submission::StateName,
};

use super::{IntakeError, arrival::receive, corrections, event::Arrival, log_under};
use crate::{
    Backend,
    inbox::longest,
    stores::{
        Announcement, OrganisationRecord, SignedForm, StoreError, SubmissionRecord, Transaction,
    },
};

/// Who sends it, by the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    MaySend,
    /// A system that was stopped since. That is for good, so no person has to look at it: every file under way ends like this, as many as
    /// there may be, and whoever needs one sends it anew.
    Stopped,
}

/// Makes the record of a submission whose file has arrived; `None` if it came after the time to upload it, or after the system that sends it was
/// stopped. From here on what is announced counts for nothing.
pub(super) async fn take_in(
    backend: &Backend,
    arrival: &Arrival,
) -> Result<Option<SubmissionRecord>, IntakeError> {
    let (organisation, id) = (&arrival.key.organisation, &arrival.key.submission);
    let announcement = backend.announcements.get(organisation, id).await?;
    let announcement = announcement
        .filter(|announcement| announcement.object_key() == arrival.key)
        .ok_or_else(|| {
            IntakeError::Unexpected(format!(
                "an object arrived for {id}, which was never started"
            ))
        })?;
    log_under(id, announcement.correlation_id);
    let signature = backend.announcements.signature(organisation, id).await?;
    holds_by_itself(backend, &announcement, signature.as_deref())?;
    let Some(mut record) = receive(announcement.record(), arrival) else {
        return Ok(None);
    };
    record.version += 1;
    if named_by_the_directory(backend, &mut record).await? == Sender::Stopped {
        tracing::warn!(system = %record.uploader.id, "not taken in: the system that sends it was stopped");
        return Ok(None);
    }

    let mut transaction = Transaction::new("take in a submission");
    corrections::settle(backend, &mut transaction, &mut record).await?;
    if announcement.record().state_at(backend.now()).name() == StateName::Expired {
        corrections::of_one_that_came_late(backend, &mut transaction, &mut record).await?;
    }
    // What somebody says of it until here counts, and `api` writes nothing down once there is a record.
    backend
        .announcements
        .unchanged(&mut transaction, &announcement);
    backend
        .submissions
        .create(&mut transaction, &record, signature.as_deref())?;
    transaction.commit().await?;
    Ok(Some(record))
}

/// What an announcement says is possible, and its signature is the one that it names.
fn holds_by_itself(
    backend: &Backend,
    announcement: &Announcement,
    signature: Option<&[u8]>,
) -> Result<(), IntakeError> {
    let does_not_hold = |why: &str| {
        let id = announcement.id;
        IntakeError::Announcement(format!("what was announced of {id} does not hold: {why}"))
    };
    // By the functions' clock, which announced it: that of storage may be another.
    if announcement.started_at > backend.now() {
        return Err(does_not_hold("it was started later than now"));
    }
    let (in_signature, named) = match announcement.form {
        SignedForm::Detached { signature } => (false, Some(signature)),
        SignedForm::Enveloping => (true, None),
    };
    let most = longest(&backend.settings.profile, in_signature);
    if !(1..=most).contains(&announcement.length) {
        return Err(does_not_hold("no file has this length"));
    }
    let came = signature.map(|bytes| FileDigest::new(Sha256::digest(bytes).into()));
    if came != named {
        return Err(does_not_hold("its signature is not the one that it names"));
    }
    Ok(())
}

/// The record with the organisation and everybody in it as the directory knows them: who sends it may send now, and who else had an address may, or
/// could before something was taken from them. They stay on record, since they decide nothing about it, wherever they are by then.
async fn named_by_the_directory(
    backend: &Backend,
    record: &mut SubmissionRecord,
) -> Result<Sender, IntakeError> {
    let directory = &backend.directory;
    let known = directory.organisation_record(&record.organisation).await?;
    let known = known.ok_or_else(|| {
        let organisation = &record.organisation;
        IntakeError::Sender(format!(
            "{} was announced for {organisation}, which the directory does not have",
            record.id
        ))
    })?;
    let id = record.id;
    let nobody = |person: &PersonRef| {
        IntakeError::Sender(format!(
            "{id} names {} as who sends it, who is nobody of {} who may send files",
            person.id, known.organisation.id
        ))
    };
    record.uploader = if let Some(person) = sender(&known, &record.uploader) {
        person
    } else {
        let (organisation, id) = (&record.organisation, &record.uploader.id);
        let machine = sending_machine(backend, organisation, id).await?;
        let machine = machine.ok_or_else(|| nobody(&record.uploader))?;
        if machine.stopped.is_some() {
            return Ok(Sender::Stopped);
        }
        (&machine).into()
    };
    let others = record.started_by.iter_mut().chain(&mut record.also_asked);
    let mut changes = None;
    for person in others {
        if let Some(sender) = sender(&known, person) {
            *person = sender;
            continue;
        }
        let (organisation, id) = (&record.organisation, &person.id);
        if let Some(machine) = sending_machine(backend, organisation, id).await? {
            *person = (&machine).into();
            continue;
        }
        let changes = match &mut changes {
            Some(changes) => changes,
            none => none.insert(directory.changes(&known.organisation.id).await?),
        };
        *person = former_sender(changes, person).ok_or_else(|| nobody(person))?;
    }
    record.organisation_name = known.organisation.name;
    Ok(Sender::MaySend)
}

/// A system of the organisation that may send files, or might until it was stopped.
pub(super) async fn sending_machine(
    backend: &Backend,
    organisation: &OrganisationId,
    named: &PersonId,
) -> Result<Option<Machine>, StoreError> {
    let Ok(id) = ClientId::parse(named.as_str()) else {
        return Ok(None);
    };
    let scope = MachineScope::SendFiles;
    let machine = backend.directory.machine_of(organisation, &id).await?;
    let may_send = |machine: &Machine| machine.scopes.has(scope) && scope.is_for(organisation);
    Ok(machine.filter(may_send))
}

/// Somebody from whom a change that was made has taken something, as they were called then.
fn former_sender(changes: &[ChangeRecord], named: &PersonRef) -> Option<PersonRef> {
    let took_from = |change: &&ChangeRecord| {
        let takes = matches!(
            change.change,
            DirectoryChange::Remove { .. }
                | DirectoryChange::Move { .. }
                | DirectoryChange::ChangeRoles { .. }
        );
        takes && change.made_at().is_some() && change.change.person() == Some(&named.id)
    };
    changes.iter().find(took_from)?.about.clone()
}

fn sender(known: &OrganisationRecord, named: &PersonRef) -> Option<PersonRef> {
    let may_send = |person: &&Person| person.id == named.id && person.may(Permission::SendFiles);
    known.people.iter().find(may_send).map(PersonRef::from)
}
